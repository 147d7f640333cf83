import type { VerificationPolicy } from '@callweave/sdk/protocol';
import type { Kysely } from 'kysely';
import type { Caller } from '../http/operation.ts';
import type { Database } from '../store/schema.ts';
import type { Store, Tx } from '../store/store.ts';

/** What verification asks of the calls domain; tied together where the call centre is made. */
export interface VerifiedCalls {
  /** Throws `call-not-live` or `call-not-yours`. */
  ownLiveCall(
    db: Kysely<Database>,
    callId: string,
    caller: Pick<Caller, 'accountId'>,
  ): Promise<{ readonly customerId: string | null; readonly declared: boolean }>;
  /** Publishes the call, of which the verification is a part. */
  publish(tx: Tx, callId: string): Promise<void>;
}

/** What verification asks of the telephone flow. */
export interface PinControl {
  /** Throws `pin-not-possible` or `exchange-unavailable`. */
  requirePinPossible(callId: string): void;
  collectPin(callId: string): void;
  changePin(callId: string): void;
}

export interface VerificationOptions {
  readonly store: Store;
  readonly policy: VerificationPolicy;
  readonly calls: VerifiedCalls;
  readonly pins: PinControl;
  readonly hashSecret: (text: string) => Promise<string>;
  readonly verifySecret: (text: string, hash: string) => Promise<boolean>;
  /** Runs after a verification has passed, so that its end can be told when the time comes. */
  readonly passed: (callId: string, until: Date) => void;
  /** An unpredictable integer in `[0, below)`. */
  readonly random: (below: number) => number;
}
