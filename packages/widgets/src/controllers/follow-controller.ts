import type { Readable } from '@callweave/sdk';
import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Something that is opened, followed and closed again, such as `desk.use(orders).follow(…)`. */
export interface Followed<T> {
  readonly state: Readable<T>;
  close(): void;
}

export interface FollowOptions<T> {
  /** Names what is followed; when it changes, the old one is closed and a new one opened. Undefined: nothing. */
  readonly key: () => unknown;
  readonly open: () => Followed<T> | undefined;
}

/**
 * Opens a followed thing while the host is in the document, and opens another when its key changes.
 *
 * @example
 * ```ts
 * readonly #orders = new FollowController(this, {
 *   key: () => this.callId,
 *   open: () => this.feature(orders)?.follow({ callId: this.callId }),
 * });
 * ```
 */
export class FollowController<T> implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #options: FollowOptions<T>;
  #key: unknown;
  #followed: Followed<T> | undefined;
  #end: (() => void) | undefined;

  constructor(host: ReactiveControllerHost, options: FollowOptions<T>) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  get value(): T | undefined {
    return this.#followed?.state.get();
  }

  /** What is followed now, for its own methods (`reload`). */
  get followed(): Followed<T> | undefined {
    return this.#followed;
  }

  hostConnected(): void {
    this.#renew();
  }

  hostUpdate(): void {
    this.#renew();
  }

  hostDisconnected(): void {
    this.#close();
  }

  #renew(): void {
    const key = this.#options.key();
    if (key === this.#key && (this.#followed || key === undefined)) return;
    this.#close();
    this.#key = key;
    if (key === undefined) return;
    this.#followed = this.#options.open();
    this.#end = this.#followed?.state.subscribe(() => this.#host.requestUpdate());
  }

  #close(): void {
    this.#end?.();
    this.#followed?.close();
    this.#end = undefined;
    this.#followed = undefined;
    this.#key = undefined;
  }
}
