import type { Kysely } from 'kysely';
import type { Caller } from '../http/operation.ts';
import type { Database } from '../store/schema.ts';
import type { Tx } from '../store/store.ts';

/**
 * What ties an order to a voice (G1, A9). The calls domain answers it; orders never read the tables of calls.
 *
 * - `live`: the call goes on, belongs to this agent, and its customer is known. Enough for a draft.
 * - `sealed`: furthermore it is being recorded, its verification is passed and not expired, and the initial PIN has been
 *   changed. Needed for read-back and submission.
 *
 * Throws a `Problem`: `call-not-live`, `call-not-yours`, `call-without-customer`, `other-customer`, `recording-missing`,
 * `verification-missing`, `pin-change-missing`.
 */
export type RequireCall = (
  tx: Tx,
  wanted: {
    readonly callId: string;
    readonly caller: Caller;
    readonly level: 'live' | 'sealed';
    readonly customerId?: string;
  },
) => Promise<CallSeal>;

export interface CallSeal {
  readonly callId: string;
  readonly customerId: string;
  /** Null at level `live` when nothing is recorded. */
  readonly recordingId: string | null;
  /** Where the recording is now, in milliseconds from its start. */
  readonly recordingOffsetMs: number | null;
}

/** What else orders ask of the calls domain, for reading. */
export interface CallReader {
  /** The customer of a call, when it is known; says nothing of who may do what. */
  customerOf(db: Kysely<Database>, callId: string): Promise<string | undefined>;
  /** Whether this agent has a live call of that customer now: then they may see the customer's orders. */
  isServing(db: Kysely<Database>, accountId: string, customerId: string): Promise<boolean>;
}
