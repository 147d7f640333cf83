import type { Kysely } from 'kysely';
import { Problem } from '../problem.ts';
import type { Database } from '../store/schema.ts';
import type { Tx } from '../store/store.ts';

/** What the verification domain checks against. Never leaves the server. */
export interface VerificationSecrets {
  readonly questions: readonly { readonly id: string; readonly text: string; readonly answerHash: string }[];
  readonly pinHash: string | null;
  readonly pinState: 'initial' | 'set' | 'none';
  /** Failures in a row over all calls. */
  readonly failures: number;
  readonly locked: boolean;
}

const NONE: VerificationSecrets = { questions: [], pinHash: null, pinState: 'none', failures: 0, locked: false };

/** Also for a host's customer who has no row here yet: they have no secrets. */
export async function verificationSecrets(db: Kysely<Database>, customerId: string): Promise<VerificationSecrets> {
  const row = await db
    .selectFrom('customers')
    .select(['pin_hash', 'pin_state', 'failures', 'locked'])
    .where('id', '=', customerId)
    .executeTakeFirst();
  if (!row) return NONE;
  const questions = await db
    .selectFrom('security_questions')
    .select(['id', 'text', 'answer_hash'])
    .where('customer_id', '=', customerId)
    .orderBy('position')
    .execute();
  return {
    questions: questions.map(({ id, text, answer_hash }) => ({ id, text, answerHash: answer_hash })),
    pinHash: row.pin_hash,
    pinState: row.pin_state as VerificationSecrets['pinState'],
    failures: row.failures,
    locked: row.locked === 1,
  };
}

/**
 * Counts one more failure in a row and locks at the limit, in one statement, so that parallel guesses cannot share a
 * count. The customer's row must exist (`mirrorCustomer`).
 */
export async function noteFailure(
  tx: Tx,
  customerId: string,
  failuresBeforeLock: number,
): Promise<{ readonly failures: number; readonly locked: boolean }> {
  const row = await tx.db
    .updateTable('customers')
    .set(({ eb, case: when }) => ({
      failures: eb('failures', '+', 1),
      locked: when()
        .when(eb('failures', '>=', failuresBeforeLock - 1))
        .then(1 as const)
        .else(eb.ref('locked'))
        .end(),
    }))
    .where('id', '=', customerId)
    .returning(['failures', 'locked'])
    .executeTakeFirst();
  if (!row) throw new Problem('not-found', `There is no customer ${customerId}.`);
  return { failures: row.failures, locked: Number(row.locked) === 1 };
}

/** After a passed verification. A lock stays: only a supervisor lifts it. */
export async function clearFailures(tx: Tx, customerId: string): Promise<void> {
  await tx.db
    .updateTable('customers')
    .set({ failures: 0 })
    .where('id', '=', customerId)
    .where('locked', '=', 0)
    .execute();
}

/** The customer has chosen a PIN of their own. */
export async function setPin(tx: Tx, customerId: string, pinHash: string): Promise<void> {
  await tx.db
    .updateTable('customers')
    .set({ pin_hash: pinHash, pin_state: 'set', updated_at: tx.now.toISOString() })
    .where('id', '=', customerId)
    .execute();
}

/**
 * Takes back a failure that {@link noteFailure} counted in advance, before an answer was compared, because the answer
 * turned out right. `unlock` lifts the lock which that very count had set, and no other.
 */
export async function takeBackFailure(
  tx: Tx,
  customerId: string,
  options: { readonly unlock: boolean },
): Promise<void> {
  await tx.db
    .updateTable('customers')
    .set(({ eb }) => ({ failures: eb('failures', '-', 1), ...(options.unlock && { locked: 0 as const }) }))
    .where('id', '=', customerId)
    .where('failures', '>', 0)
    .execute();
}
