import type { PinState, Verification, VerificationState } from '@callweave/sdk/protocol';
import type { Kysely, Selectable } from 'kysely';
import { preparedList } from '../store/prepared.ts';
import type { Database } from '../store/schema.ts';
import type { Tx } from '../store/store.ts';

/** One question as it was drawn. Its text is kept, so that a change in the back office does not reword a running call. */
export interface DrawnQuestion {
  readonly id: string;
  readonly text: string;
  readonly result: 'open' | 'right' | 'wrong';
}

/** The verification of one call. It never travels to another call. */
export interface VerificationRecord {
  readonly callId: string;
  readonly customerId: string;
  readonly state: VerificationState;
  readonly questions: readonly DrawnQuestion[];
  readonly pin: PinState;
  readonly attemptsLeft: number;
  readonly passedAt: string | null;
  readonly expiresAt: string | null;
  readonly reason: Verification['reason'];
}

const verificationsOfCalls = preparedList((db, ids) =>
  db.selectFrom('verifications').selectAll().where('call_id', 'in', ids),
);

export async function findVerification(db: Kysely<Database>, callId: string): Promise<VerificationRecord | undefined> {
  const [row] = await verificationsOfCalls(db, [callId]);
  return row === undefined ? undefined : fromRow(row);
}

export async function saveVerification(tx: Tx, record: VerificationRecord): Promise<void> {
  const columns = {
    customer_id: record.customerId,
    state: record.state,
    questions: JSON.stringify(record.questions),
    pin: record.pin,
    attempts_left: record.attemptsLeft,
    passed_at: record.passedAt,
    expires_at: record.expiresAt,
    reason: record.reason,
    updated_at: tx.now.toISOString(),
  };
  await tx.db
    .insertInto('verifications')
    .values({ call_id: record.callId, ...columns })
    .onConflict((conflict) => conflict.column('call_id').doUpdateSet(columns))
    .execute();
}

/** What the agents of these calls may know, by call. */
export async function verificationsOf(
  db: Kysely<Database>,
  callIds: readonly string[],
  at: Date,
): Promise<Map<string, Verification>> {
  if (callIds.length === 0) return new Map();
  const rows = await verificationsOfCalls(db, callIds);
  return new Map(rows.map((row) => [row.call_id, toVerification(fromRow(row), at)]));
}

export function toVerification(record: VerificationRecord, at: Date): Verification {
  const { state, reason } = effective(record, at);
  const { questions, pin, attemptsLeft, passedAt, expiresAt } = record;
  return {
    state,
    questions: questions.map(({ id, text, result }) => ({ id, text, result })),
    pin,
    attemptsLeft,
    passedAt,
    expiresAt,
    reason,
  };
}

/** A passed verification ends by the clock, whether or not anybody was there to write it down. */
export function effective(record: VerificationRecord, at: Date): Pick<VerificationRecord, 'state' | 'reason'> {
  const over = record.state === 'passed' && record.expiresAt !== null && record.expiresAt <= at.toISOString();
  return over ? { state: 'expired', reason: 'time' } : record;
}

function fromRow(row: Selectable<Database['verifications']>): VerificationRecord {
  return {
    callId: row.call_id,
    customerId: row.customer_id,
    state: row.state as VerificationState,
    questions: JSON.parse(row.questions) as DrawnQuestion[],
    pin: row.pin as PinState,
    attemptsLeft: row.attempts_left,
    passedAt: row.passed_at,
    expiresAt: row.expires_at,
    reason: row.reason as Verification['reason'],
  };
}
