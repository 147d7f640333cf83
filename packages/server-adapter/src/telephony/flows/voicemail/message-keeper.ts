import { keepMessage, type VoicemailShelf } from '../../../voicemail/index.ts';
import { ExchangeError } from '../../exchange.ts';
import type { FlowServices } from '../call-session.ts';

/** A full disk, or an exchange that has to come back first: the sound waits at the exchange, and is fetched again. */
const AGAIN_MS = [1_000, 5_000, 15_000, 30_000] as const;

/** Brings home what callers have said: fetched, kept, and only then deleted at the exchange. */
export class MessageKeeper {
  readonly #services: FlowServices;
  readonly #shelf: VoicemailShelf;
  readonly #jobs = new Map<string, Promise<void>>();
  readonly #wake = new Set<() => void>();
  #stopped = false;

  constructor(services: FlowServices, shelf: VoicemailShelf) {
    this.#services = services;
    this.#shelf = shelf;
  }

  /** Jobs under way, without those that wait for the clock. */
  get active(): number {
    return this.#jobs.size - this.#wake.size;
  }

  keep(id: string): void {
    if (this.#stopped || this.#jobs.has(id)) return;
    this.#jobs.set(
      id,
      this.#run(id).finally(() => this.#jobs.delete(id)),
    );
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    for (const wake of [...this.#wake]) wake();
    await Promise.all(this.#jobs.values());
  }

  async #run(id: string): Promise<void> {
    const { exchange, debts, logger } = this.#services;
    for (let tries = 0; ; tries += 1) {
      try {
        await keepMessage(this.#shelf, id, await this.#fetch(id));
        break;
      } catch (error) {
        if (tries === 0) logger.error(`The message ${id} is not stored yet; it is tried again.`, error);
        if (!(await this.#pause(tries))) return;
      }
    }
    await debts.pay(`recording ${id}`, () => exchange.deleteRecording(id));
  }

  async #fetch(id: string): Promise<Uint8Array | undefined> {
    try {
      return await this.#services.exchange.fetchRecording(id);
    } catch (error) {
      if (error instanceof ExchangeError && error.code === 'unknown-recording') return undefined;
      throw error;
    }
  }

  /** @returns false when the keeper is stopped meanwhile */
  async #pause(tries: number): Promise<boolean> {
    if (this.#stopped) return false;
    await new Promise<void>((resolve) => {
      const wake = () => {
        cancel();
        this.#wake.delete(wake);
        resolve();
      };
      const cancel = this.#services.timers.after(AGAIN_MS[Math.min(tries, AGAIN_MS.length - 1)] ?? 0, wake);
      this.#wake.add(wake);
    });
    return !this.#stopped;
  }
}
