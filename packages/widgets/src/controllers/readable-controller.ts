import type { Readable } from '@callweave/sdk';
import type { ReactiveController, ReactiveControllerHost } from 'lit';

/**
 * Follows a value of the SDK and updates the host when it changes. The source is a function, because a widget's desk
 * can be given late or be replaced; it is asked again before every update.
 */
export class ReadableController<T> implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #source: () => Readable<T> | undefined;
  #followed: Readable<T> | undefined;
  #end: (() => void) | undefined;

  constructor(host: ReactiveControllerHost, source: () => Readable<T> | undefined) {
    this.#host = host;
    this.#source = source;
    host.addController(this);
  }

  get value(): T | undefined {
    return this.#source()?.get();
  }

  hostConnected(): void {
    this.#follow(this.#source());
  }

  hostUpdate(): void {
    this.#follow(this.#source());
  }

  hostDisconnected(): void {
    this.#follow(undefined);
  }

  #follow(readable: Readable<T> | undefined): void {
    if (readable === this.#followed) return;
    this.#end?.();
    this.#followed = readable;
    this.#end = readable?.subscribe(() => this.#host.requestUpdate());
  }
}
