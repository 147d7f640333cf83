import type { DeskEvent } from '@callweave/sdk/protocol';
import type { Kysely } from 'kysely';
import type { Database } from './schema.ts';
import type { StoredEvent } from './work-tx.ts';

/** Whom an event may reach: `account:ID` or `role:ROLE`. */
export type Audience = readonly (`account:${string}` | `role:${string}` | `customer:${string}`)[];

type EventDraft = DeskEvent extends infer E
  ? E extends { type: infer T; data: infer D }
    ? { readonly type: T; readonly data: D }
    : never
  : never;

/** A write in progress. Everything done through it becomes durable at once, or not at all. */
export interface Tx {
  readonly db: Kysely<Database>;
  /** One instant for the whole write, never earlier than that of the write before. */
  readonly now: Date;
  /** Appends an event; pages get it after the commit. */
  publish(event: EventDraft, audience: Audience): Promise<void>;
  /** Appends a line to the hash chain. `data` holds ids and facts, no names, numbers or answers. */
  record(entry: {
    readonly actor: string;
    readonly action: string;
    readonly subject: string;
    readonly data?: Readonly<Record<string, unknown>>;
  }): Promise<void>;
  /** Runs when the commit is durable; never when the write failed. For effects outside: exchange commands, deliveries. */
  afterCommit(effect: () => void): void;
  /** The next value of a named counter, starting at 1, without gaps (a failed write gives its value back). */
  next(counter: string): Promise<number>;
}

export interface Store {
  readonly dialect: 'sqlite' | 'postgres';
  /** For reads. */
  readonly db: Kysely<Database>;
  /**
   * Runs `work` in the next group commit: the writes of concurrent requests share one transaction, each in its own
   * savepoint, and each promise settles after the shared commit is durable. A `work` that throws takes back only its own
   * changes. Keep slow things (hashing, network) outside: writes run one after the other.
   */
  write<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Tells of events that became durable, in order. An empty list means: another process wrote some, look into the log. */
  onCommitted(listener: (events: readonly StoredEvent[]) => void): () => void;
  close(): Promise<void>;
}
