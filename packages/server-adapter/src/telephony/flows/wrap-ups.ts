import { findCall, moveCall } from '../../calls/index.ts';
import type { Store } from '../../store/store.ts';
import type { BusyList } from './busy-list.ts';
import type { FlowLogger } from './logger.ts';
import { TimerGroup, type Timers } from './timers.ts';

const AGAIN_MS = 2_000;

/** The time after a call in which its agent writes and is not rung. Ends by the agent's own word or by the clock. */
export class WrapUps {
  readonly #options: {
    readonly store: Store;
    readonly busy: BusyList;
    readonly timers: TimerGroup;
    readonly logger: FlowLogger;
  };
  readonly #cancels = new Map<string, () => void>();
  readonly #writes = new Set<Promise<void>>();

  constructor(options: { store: Store; busy: BusyList; timers: Timers; logger: FlowLogger }) {
    this.#options = { ...options, timers: new TimerGroup(options.timers) };
  }

  begin(callId: string, accountId: string, ms: number): void {
    this.#options.busy.claim(accountId, callId);
    this.#cancels.get(callId)?.();
    this.#cancels.set(
      callId,
      this.#options.timers.after(Math.max(0, ms), () => this.#over(callId, accountId)),
    );
  }

  #over(callId: string, accountId: string): void {
    const { store, logger } = this.#options;
    const write = store
      .write(async (tx) => {
        const { until } = JSON.parse((await findCall(tx.db, callId))?.wrap_up ?? '{}') as { until?: string | null };
        const left = Date.parse(until ?? '') - tx.now.getTime();
        // Extended in the very moment in which it ran out.
        if (left > 0) return left;
        await moveCall(tx, callId, { type: 'wrap-up-over' });
        return 0;
      })
      .then(
        (left) => (left > 0 ? this.begin(callId, accountId, left) : this.end(callId, accountId)),
        (error: unknown) => {
          logger.warn(`The end of the wrap-up of call ${callId} could not be written; trying again.`, error);
          this.begin(callId, accountId, AGAIN_MS);
        },
      )
      .finally(() => this.#writes.delete(write));
    this.#writes.add(write);
  }

  end(callId: string, accountId: string): void {
    this.#cancels.get(callId)?.();
    this.#cancels.delete(callId);
    this.#options.busy.release(accountId, callId);
  }

  has(callId: string): boolean {
    return this.#cancels.has(callId);
  }

  /** Writes under way. */
  get size(): number {
    return this.#writes.size;
  }

  async stop(): Promise<void> {
    this.#options.timers.cancelAll();
    await Promise.all(this.#writes);
    // Those that could not be written have set a timer again.
    this.#options.timers.cancelAll();
    this.#cancels.clear();
  }
}
