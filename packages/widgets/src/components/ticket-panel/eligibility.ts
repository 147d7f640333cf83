import { type Desk, tickets } from '@callweave/sdk';
import type { TicketEligibility } from '@callweave/sdk/protocol';
import type { ReactiveController, ReactiveControllerHost } from 'lit';

export interface EligibilityOptions {
  readonly desk: () => Desk | undefined;
  /** Empty: none is chosen. */
  readonly deviceId: () => string;
  readonly callId: () => string;
}

/** Whether tickets may be made for the chosen device: asked again when it changes, or when something about it may have. */
export class Eligibility implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #options: EligibilityOptions;
  #asked = '';
  #value: TicketEligibility | undefined;

  constructor(host: ReactiveControllerHost, options: EligibilityOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  /** Undefined while it is not known: then nothing is forbidden, the server decides. */
  get value(): TicketEligibility | undefined {
    return this.#value;
  }

  hostUpdate(): void {
    const deviceId = this.#options.deviceId();
    const key = this.#options.desk() && deviceId !== '' ? `${deviceId} ${this.#options.callId()}` : '';
    if (key === this.#asked) return;
    this.#asked = key;
    this.#value = undefined;
    if (key !== '') void this.reload();
  }

  async reload(): Promise<void> {
    const key = this.#asked;
    if (key === '') return;
    const value = await this.#options
      .desk()
      ?.use(tickets)
      .eligibility(this.#options.deviceId(), this.#options.callId() || undefined)
      .catch(() => undefined);
    if (key !== this.#asked) return;
    this.#value = value;
    this.#host.requestUpdate();
  }
}
