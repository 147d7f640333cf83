import type { Kysely } from 'kysely';
import type { Directory } from '../customers/index.ts';
import type { Database } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import type { CallReader, RequireCall } from './seal.ts';

/** What orders and the dealing floor are made from; the adapter ties it. */
export interface OrdersOptions {
  readonly store: Store;
  readonly directory: Directory;
  readonly requireCall: RequireCall;
  readonly calls: CallReader;
  /** Names of accounts, for showing who has claimed an order. */
  readonly accountNames: (db: Kysely<Database>, accountIds: readonly string[]) => Promise<ReadonlyMap<string, string>>;
  /** Where the market is: in it a day ends, and "today" is meant. */
  readonly timeZone: string;
  /** Wakes whoever delivers the outbox; called after a submission is durable. */
  readonly announce: () => void;
}
