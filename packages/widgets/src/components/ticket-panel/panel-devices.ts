import { type Desk, ticketDevices } from '@callweave/sdk';
import type { CustomerBalance, Device } from '@callweave/sdk/protocol';
import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** The devices of whom the panel is about, and what they owe: loaded with the panel, and again when either may have changed. */
export class PanelDevices implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #desk: () => Desk | undefined;
  readonly #customer: () => string;
  #loadedFor = '';
  #ended: (() => void) | undefined;
  #devices: readonly Device[] | undefined;
  #balance: CustomerBalance | undefined;
  #error: unknown;

  /** @param customer whose; empty: of the buyer who is signed in; undefined: nobody's yet */
  constructor(host: ReactiveControllerHost, desk: () => Desk | undefined, customer: () => string | undefined) {
    this.#host = host;
    this.#desk = desk;
    this.#customer = () => {
      const id = customer();
      return id === undefined ? '' : `of ${id}`;
    };
    host.addController(this);
  }

  /** Undefined until they are known. */
  get devices(): readonly Device[] | undefined {
    return this.#devices;
  }

  /** Undefined where it is not known; the panel works without. */
  get balance(): CustomerBalance | undefined {
    return this.#balance;
  }

  get error(): unknown {
    return this.#error;
  }

  hostUpdate(): void {
    const wanted = this.#desk() ? this.#customer() : '';
    if (wanted === this.#loadedFor) return;
    this.#loadedFor = wanted;
    this.#devices = this.#balance = this.#error = undefined;
    this.#ended?.();
    this.#ended = undefined;
    if (wanted === '') return;
    const reload = () => void this.reload();
    const ends = (['device', 'devices-changed', 'reset'] as const).map((type) => this.#desk()?.events.on(type, reload));
    this.#ended = () => {
      for (const end of ends) end?.();
    };
    reload();
  }

  hostDisconnected(): void {
    this.#ended?.();
    this.#ended = undefined;
    this.#loadedFor = '';
  }

  async reload(): Promise<void> {
    const wanted = this.#loadedFor;
    const feature = this.#desk()?.use(ticketDevices);
    if (!feature || wanted === '') return;
    const customerId = wanted.slice(3) || undefined;
    const balance = feature.balance(customerId).catch(() => undefined);
    try {
      const devices = await feature.list(customerId);
      if (wanted !== this.#loadedFor) return;
      this.#devices = devices;
      this.#error = undefined;
    } catch (error) {
      if (wanted === this.#loadedFor) this.#error = error;
    }
    const owed = await balance;
    if (wanted !== this.#loadedFor) return;
    this.#balance = owed;
    this.#host.requestUpdate();
  }
}
