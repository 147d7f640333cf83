import type {
  AttemptState,
  Currency,
  Payment,
  PaymentAttempt,
  PaymentDetail,
  PaymentPurpose,
  PaymentRefund,
  PaymentState,
  Unsettled,
} from '@callweave/sdk/protocol';
import type { Kysely } from 'kysely';
import type { Database } from '../store/schema.ts';
import type { Tx } from '../store/store.ts';

type Db = Kysely<Database>;
export type PaymentRow = Database['payments'];
export type AttemptRow = Database['payment_attempts'];
export type RefundRow = Database['payment_refunds'];

export async function findPaymentRow(db: Db, id: string): Promise<PaymentRow | undefined> {
  return db.selectFrom('payments').selectAll().where('id', '=', id).executeTakeFirst();
}

export async function findAttempt(db: Db, id: string): Promise<AttemptRow | undefined> {
  return db.selectFrom('payment_attempts').selectAll().where('id', '=', id).executeTakeFirst();
}

export async function attemptsOf(db: Db, paymentIds: readonly string[]): Promise<AttemptRow[]> {
  if (paymentIds.length === 0) return [];
  return db
    .selectFrom('payment_attempts')
    .selectAll()
    .where('payment_id', 'in', paymentIds)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
}

export async function refundsOf(db: Db, paymentId: string): Promise<RefundRow[]> {
  return db.selectFrom('payment_refunds').selectAll().where('payment_id', '=', paymentId).orderBy('id').execute();
}

/** Payments as the contract has them, with what their attempts say. */
export async function toPayments(db: Db, rows: readonly PaymentRow[]): Promise<Payment[]> {
  const attempts = await attemptsOf(
    db,
    rows.map(({ id }) => id),
  );
  return rows.map((row) =>
    toPayment(
      row,
      attempts.filter(({ payment_id }) => payment_id === row.id),
    ),
  );
}

export function toPayment(row: PaymentRow, attempts: readonly AttemptRow[]): Payment {
  const paid = attempts.find(({ id }) => id === row.paid_attempt_id);
  const shown = paid ?? attempts.at(-1);
  return {
    id: row.id,
    purpose: row.purpose as PaymentPurpose,
    subject: row.subject,
    customerId: row.customer_id,
    description: row.description,
    amount: { amount: row.amount, currency: row.currency as Currency },
    state: row.state as PaymentState,
    gateway: shown?.gateway ?? null,
    reference: paid?.reference ?? null,
    card: paid?.card ?? null,
    receiptNumber: row.receipt_number,
    reason: paid === undefined ? (shown?.reason ?? null) : null,
    unsettled: row.unsettled as Unsettled | null,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    paidAt: row.paid_at,
    refundedAt: row.refunded_at,
  };
}

export async function detailOf(db: Db, row: PaymentRow): Promise<PaymentDetail> {
  const attempts = await attemptsOf(db, [row.id]);
  const refunds = await refundsOf(db, row.id);
  return { payment: toPayment(row, attempts), attempts: attempts.map(toAttempt), refunds: refunds.map(toRefund) };
}

function toAttempt(row: AttemptRow): PaymentAttempt {
  const currency = row.currency as Currency;
  return {
    id: row.id,
    gateway: row.gateway,
    authority: row.authority,
    state: row.state as AttemptState,
    amount: { amount: row.amount, currency },
    confirmed: row.confirmed_amount === null ? null : { amount: row.confirmed_amount, currency },
    reference: row.reference,
    card: row.card,
    reason: row.reason,
    createdAt: row.created_at,
    checkedAt: row.checked_at,
    verifiedAt: row.verified_at,
  };
}

function toRefund(row: RefundRow): PaymentRefund {
  return {
    id: row.id,
    attemptId: row.attempt_id,
    amount: { amount: row.amount, currency: row.currency as Currency },
    how: row.how as PaymentRefund['how'],
    state: row.state as PaymentRefund['state'],
    reason: row.reason,
    reference: row.reference,
    by: row.actor === 'system' ? null : row.actor,
    problem: row.problem,
    at: row.created_at,
  };
}

/**
 * Writes why somebody has to look at a payment, from what stands in its attempts and refunds now, and tells the pages.
 * Called at the end of every write that changed one of them.
 */
export async function tellPayment(tx: Tx, id: string): Promise<Payment> {
  const [attempts, refunds] = [await attemptsOf(tx.db, [id]), await refundsOf(tx.db, id)];
  const is = (state: AttemptState) => attempts.some((attempt) => attempt.state === state);
  const unsettled: Unsettled | null = attempts.some(({ booking_failed }) => booking_failed === 1)
    ? 'not-booked'
    : is('disputed')
      ? 'disputed'
      : is('surplus')
        ? 'surplus'
        : refunds.some(({ state }) => state === 'asked')
          ? 'refund-open'
          : is('open')
            ? 'waiting'
            : null;
  const row = await tx.db
    .updateTable('payments')
    .set({ unsettled })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
  const payment = toPayment(row, attempts);
  await tx.publish({ type: 'payment', data: payment }, [`customer:${row.customer_id}`, 'role:manager']);
  return payment;
}
