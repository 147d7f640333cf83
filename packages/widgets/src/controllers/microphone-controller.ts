import type { DeskPhone } from '@callweave/sdk';
import type { PhoneErrorInfo } from '@callweave/sdk/phone';
import type { ReactiveController, ReactiveControllerHost } from 'lit';

/**
 * Why the microphone does not work, as the phone last said, in whichever tab; until devices change. It listens to a
 * phone that is running already, and never starts one.
 */
export class MicrophoneController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #source: () => DeskPhone | undefined;
  #followed: DeskPhone | undefined;
  #end: (() => void) | undefined;
  #error: PhoneErrorInfo | undefined;

  constructor(host: ReactiveControllerHost, source: () => DeskPhone | undefined) {
    this.#host = host;
    this.#source = source;
    host.addController(this);
  }

  get error(): PhoneErrorInfo | undefined {
    return this.#error;
  }

  hostUpdate(): void {
    const phone = this.#source();
    this.#follow(phone?.state.get() ? phone : undefined);
  }

  hostDisconnected(): void {
    this.#follow(undefined);
  }

  clear(): void {
    this.#set(undefined);
  }

  #follow(phone: DeskPhone | undefined): void {
    if (phone === this.#followed) return;
    this.#end?.();
    this.#end = undefined;
    this.#followed = phone;
    this.#error = undefined;
    if (!phone) return;
    // Of a running phone this is the phone itself.
    void phone.start().then(
      (running) => {
        if (this.#followed !== phone) return;
        const ends = [
          running.on('microphone-failed', ({ error }) => this.#set(error)),
          running.on('devices-changed', () => this.#set(undefined)),
        ];
        this.#end = () => {
          for (const end of ends) end();
        };
      },
      // Why it cannot run is told by its state.
      () => undefined,
    );
  }

  #set(error: PhoneErrorInfo | undefined): void {
    this.#error = error;
    this.#host.requestUpdate();
  }
}
