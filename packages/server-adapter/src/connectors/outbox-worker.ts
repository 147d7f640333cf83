import { type Clock, systemClock } from '../clock.ts';
import type { Database } from '../store/schema.ts';
import type { Store, Tx } from '../store/store.ts';
import { DeliveryError } from './delivery-error.ts';

export type OutboxMessage = Database['outbox'];

/** What is done with messages of one kind. */
export interface OutboxHandler {
  /** Hands it over; may happen more than once, always with the same id. */
  deliver(message: OutboxMessage, signal: AbortSignal): Promise<void>;
  /** Runs in the write that marks the message as delivered. */
  delivered?(tx: Tx, message: OutboxMessage): Promise<void>;
}

export interface OutboxWorkerOptions {
  readonly store: Store;
  readonly handlers: Readonly<Record<string, OutboxHandler>>;
  readonly clock?: Clock;
  /** Looks for due messages this often, besides when it is woken. @default 1000 */
  readonly pollMs?: number;
  /** Waits before the second, third, … attempt; the last one repeats. */
  readonly backoffMs?: readonly number[];
  readonly onError?: (error: unknown) => void;
}

export interface OutboxWorker {
  start(): void;
  /** Ends deliveries in progress; what was not confirmed is delivered again after the next start. */
  stop(): Promise<void>;
  /** There is something new. */
  wake(): void;
  /** Delivers all that is due now; for tests and for a clean shut-down. */
  drain(): Promise<void>;
}

const BATCH = 100;
/** Longer than any handler takes. After a crash, messages that were in work are free again when it ends. */
const LEASE_MS = 60_000;
const REFUSED_MS = 3_600_000;
/** Whatever is configured, a failing system is never asked in a tight loop. */
const MIN_PAUSE_MS = 100;
const DEFAULT_BACKOFF_MS = [1_000, 5_000, 15_000, 60_000, 300_000, 900_000];

/**
 * Delivers what writes have left in the outbox: at least once, in order per subject, with growing pauses after failures.
 * Several processes may work on one outbox: a message is leased before it is delivered.
 */
export function createOutboxWorker(options: OutboxWorkerOptions): OutboxWorker {
  const {
    store,
    handlers,
    clock = systemClock,
    pollMs = 1000,
    backoffMs = DEFAULT_BACKOFF_MS,
    onError = () => {},
  } = options;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let again = false;
  let abort = new AbortController();

  const later = (ms: number) => new Date(clock.now().getTime() + ms).toISOString();

  /** Due messages that no earlier one of their subject holds back. */
  async function due(): Promise<OutboxMessage[]> {
    return store.db
      .selectFrom('outbox as message')
      .selectAll('message')
      .where('delivered_at', 'is', null)
      .where('next_at', '<=', clock.now().toISOString())
      .where('kind', 'in', Object.keys(handlers))
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('outbox as earlier')
              .select('earlier.id')
              .whereRef('earlier.subject', '=', 'message.subject')
              .where('earlier.delivered_at', 'is', null)
              .whereRef('earlier.id', '<', 'message.id'),
          ),
        ),
      )
      .orderBy('id')
      .limit(BATCH)
      .execute();
  }

  async function lease(messages: readonly OutboxMessage[]): Promise<OutboxMessage[]> {
    const until = later(LEASE_MS);
    return store.write(async (tx) => {
      const leased: OutboxMessage[] = [];
      for (const message of messages) {
        const { numUpdatedRows } = await tx.db
          .updateTable('outbox')
          .set({ next_at: until, attempts: message.attempts + 1 })
          .where('id', '=', message.id)
          .where('next_at', '=', message.next_at)
          .where('delivered_at', 'is', null)
          .executeTakeFirst();
        if (numUpdatedRows === 1n) leased.push({ ...message, next_at: until, attempts: message.attempts + 1 });
      }
      return leased;
    });
  }

  async function deliver(message: OutboxMessage): Promise<void> {
    const handler = handlers[message.kind];
    if (!handler) return;
    try {
      await handler.deliver(message, abort.signal);
      await store.write(async (tx) => {
        await tx.db
          .updateTable('outbox')
          .set({ delivered_at: tx.now.toISOString(), last_error: null })
          .where('id', '=', message.id)
          .execute();
        await handler.delivered?.(tx, message);
      });
    } catch (error) {
      if (!abort.signal.aborted) onError(error);
      const pause = abort.signal.aborted ? 0 : pauseAfter(error, message.attempts);
      const last_error = (error instanceof Error ? error.message : String(error)).slice(0, 500);
      await store.write((tx) =>
        tx.db
          .updateTable('outbox')
          .set({ next_at: later(pause), last_error })
          .where('id', '=', message.id)
          .where('delivered_at', 'is', null)
          .execute(),
      );
    }
  }

  function pauseAfter(error: unknown, attempts: number): number {
    if (error instanceof DeliveryError && !error.retryable) return REFUSED_MS;
    const asked = error instanceof DeliveryError ? (error.retryAfterSeconds ?? 0) * 1000 : 0;
    const pause = backoffMs[Math.min(attempts, backoffMs.length) - 1] ?? 0;
    // Up to a tenth apart, so that a system that comes back is not met by everything at once.
    return Math.max(asked, pause, MIN_PAUSE_MS) + Math.random() * (pause / 10);
  }

  async function round(): Promise<void> {
    while (!abort.signal.aborted) {
      const messages = await due();
      // Not after the end: a lease that nobody works on would only make the next worker wait.
      const leased = messages.length === 0 || abort.signal.aborted ? [] : await lease(messages);
      if (leased.length === 0) return;
      await Promise.all(leased.map(deliver));
    }
  }

  function run(): Promise<void> {
    if (running) {
      again = true;
      return running;
    }
    running = (async () => {
      try {
        do {
          again = false;
          await round();
        } while (again && !abort.signal.aborted);
      } catch (error) {
        onError(error);
      } finally {
        running = undefined;
      }
    })();
    return running;
  }

  return {
    start() {
      abort = new AbortController();
      timer ??= setInterval(() => void run(), pollMs);
      timer.unref();
      void run();
    },
    async stop() {
      clearInterval(timer);
      timer = undefined;
      abort.abort();
      await running;
    },
    wake() {
      if (timer !== undefined) void run();
    },
    drain: run,
  };
}

/** Drops messages that were delivered long ago; those that wait stay, however old. */
export async function forgetDelivered(store: Store, before: Date): Promise<void> {
  await store.write((tx) => tx.db.deleteFrom('outbox').where('delivered_at', '<', before.toISOString()).execute());
}
