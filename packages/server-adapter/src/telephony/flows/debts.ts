import { ExchangeError } from '../exchange.ts';
import type { FlowLogger } from './logger.ts';
import { TimerGroup, type Timers } from './timers.ts';

const AGAIN_MS = 2_000;

/**
 * What must still be tidied up at the exchange: a leg to end, a bridge to destroy, a copy to delete. Tried again until it
 * is done, so that a command which failed once leaves nothing behind.
 */
export class Debts {
  readonly #timers: TimerGroup;
  readonly #logger: FlowLogger;
  readonly #owed = new Map<string, () => Promise<void>>();
  readonly #paying = new Set<Promise<void>>();
  #stopped = false;

  constructor(options: { timers: Timers; logger: FlowLogger }) {
    this.#timers = new TimerGroup(options.timers);
    this.#logger = options.logger;
  }

  /** Payments under way. */
  get size(): number {
    return this.#paying.size;
  }

  /** Does it now; what fails is tried again in the background. */
  async pay(what: string, command: () => Promise<void>): Promise<void> {
    try {
      await command();
      this.#owed.delete(what);
    } catch (error) {
      // It is gone: nothing is owed.
      if (error instanceof ExchangeError && error.code.startsWith('unknown-')) return void this.#owed.delete(what);
      if (!this.#owed.has(what))
        this.#logger.warn(`The exchange could not be tidied up (${what}); it is tried again.`, error);
      if (this.#stopped) return;
      this.#owed.set(what, command);
      this.#timers.after(AGAIN_MS, () => this.#again(what));
    }
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#timers.cancelAll();
    await Promise.all(this.#paying);
  }

  #again(what: string): void {
    const command = this.#owed.get(what);
    if (command === undefined) return;
    const payment: Promise<void> = this.pay(what, command).finally(() => this.#paying.delete(payment));
    this.#paying.add(payment);
  }
}
