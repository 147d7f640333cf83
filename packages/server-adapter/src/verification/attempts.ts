import type { VerificationPolicy } from '@callweave/sdk/protocol';
import { noteFailure, takeBackFailure, type VerificationSecrets, verificationSecrets } from '../customers/index.ts';
import { Problem } from '../problem.ts';
import type { Tx } from '../store/store.ts';
import type { VerificationOptions } from './options.ts';
import { effective, findVerification, saveVerification, type VerificationRecord } from './record.ts';

/** One attempt that was taken from the call and from the customer before anything is compared. */
export interface Attempt {
  readonly record: VerificationRecord;
  readonly secrets: VerificationSecrets;
  /** This attempt is the one that locks, should it be wrong. */
  readonly locks: boolean;
}

/**
 * Takes an attempt, durably, before the slow comparison: however many guesses arrive at once, over however many
 * processes and restarts, no more are compared than the limits allow. A right one is given back.
 */
export async function takeAttempt(tx: Tx, options: VerificationOptions, callId: string): Promise<Attempt> {
  const record = await findVerification(tx.db, callId);
  if (record === undefined) throw new Problem('verification-not-open', 'No verification was started in this call.');
  const secrets = await verificationSecrets(tx.db, record.customerId);
  requireAttempts(record, secrets);
  await requireCalm(tx, options.policy);
  if (effective(record, tx.now).state !== 'asking')
    throw new Problem('verification-not-open', 'Nothing is being asked now.');
  const taken = { ...record, attemptsLeft: record.attemptsLeft - 1 };
  await saveVerification(tx, taken);
  const { locked } = await noteFailure(tx, record.customerId, options.policy.failuresBeforeLock);
  return { record: taken, secrets, locks: locked };
}

/** The attempt was right: it counts neither in this call nor among the failures in a row. */
export async function giveBackAttempt(
  tx: Tx,
  record: VerificationRecord,
  attempt: Attempt,
): Promise<VerificationRecord> {
  await takeBackFailure(tx, record.customerId, { unlock: attempt.locks });
  return { ...record, attemptsLeft: record.attemptsLeft + 1 };
}

export function requireAttempts(record: VerificationRecord, secrets: VerificationSecrets): void {
  if (secrets.locked || record.state === 'locked')
    throw new Problem('verification-locked', 'The customer is locked after too many wrong attempts.');
  if (record.attemptsLeft <= 0 || record.state === 'failed')
    throw new Problem('verification-locked', 'This call has no attempts left; the customer may call again.');
}

/**
 * Guesses spread over many customers stay below every single limit: the wrong attempts of all of them are capped too.
 * Counted from the rows that take attempts, so that a restart or another process does not begin anew.
 */
async function requireCalm(tx: Tx, { attemptsPerCall, failuresPerHour }: VerificationPolicy): Promise<void> {
  const since = new Date(tx.now.getTime() - 3_600_000).toISOString();
  const { taken } = await tx.db
    .selectFrom('verifications')
    .where('updated_at', '>', since)
    .select((eb) =>
      eb.fn.sum<number | string | null>(eb(eb.lit(attemptsPerCall), '-', eb.ref('attempts_left'))).as('taken'),
    )
    .executeTakeFirstOrThrow();
  if (Number(taken ?? 0) >= failuresPerHour)
    throw new Problem('too-many-requests', 'Too many verifications fail at the moment, over all customers.', {
      retryAfterSeconds: 600,
    });
}
