import type { Payment, PaymentPurpose } from '@callweave/sdk/protocol';
import { GatewayError, type PaymentGateway } from '../connectors/payments/payment-gateway.ts';
import { newId } from '../id.ts';
import { Problem } from '../problem.ts';
import type { Store, Tx } from '../store/store.ts';
import type { PaymentHandlers } from './book.ts';
import { type AttemptRow, findAttempt, findPaymentRow, tellPayment, toPayment } from './payment-rows.ts';

export interface RefundParts {
  readonly store: Store;
  readonly gateways: readonly PaymentGateway[];
  readonly onRefunded: PaymentHandlers;
  readonly onError: (message: string, error: unknown) => void;
}

export interface RefundRequest {
  readonly attempt: AttemptRow;
  readonly how: 'gateway' | 'outside';
  readonly reason: string;
  readonly reference?: string | undefined;
  readonly actor: string;
}

/** Writes that a refund was begun, before anything is done: so a crash on the way is found, and never done twice. */
export async function beginRefund(tx: Tx, { attempt, how, reason, reference, actor }: RefundRequest): Promise<string> {
  const fresh = await findAttempt(tx.db, attempt.id);
  const begun = await tx.db
    .selectFrom('payment_refunds')
    .select('id')
    .where('attempt_id', '=', attempt.id)
    .where('state', '<>', 'refused')
    .executeTakeFirst();
  if (begun !== undefined || fresh === undefined || !['verified', 'surplus', 'disputed'].includes(fresh.state))
    throw new Problem('refund-not-possible', 'There is nothing to give back.');
  const id = newId('refund', tx.now);
  await tx.db
    .insertInto('payment_refunds')
    .values({
      id,
      payment_id: fresh.payment_id,
      attempt_id: fresh.id,
      amount: fresh.confirmed_amount ?? fresh.amount,
      currency: fresh.currency,
      how,
      state: 'asked',
      reason,
      reference: reference ?? null,
      actor,
      problem: null,
      created_at: tx.now.toISOString(),
      done_at: null,
    })
    .execute();
  await tx.record({
    actor,
    action: 'payment.refund-begun',
    subject: `payment:${fresh.payment_id}`,
    data: { refund: id, attempt: fresh.id, how },
  });
  await tellPayment(tx, fresh.payment_id);
  return id;
}

/** The money is back: the payment it had paid is refunded, in the same write as what that undoes. */
export async function bookRefund(tx: Tx, refundId: string, onRefunded: PaymentHandlers): Promise<Payment> {
  const refund = await tx.db
    .updateTable('payment_refunds')
    .set({ state: 'done', done_at: tx.now.toISOString(), problem: null })
    .where('id', '=', refundId)
    .where('state', '=', 'asked')
    .returningAll()
    .executeTakeFirst();
  if (refund === undefined) {
    const known = await tx.db
      .selectFrom('payment_refunds')
      .select('payment_id')
      .where('id', '=', refundId)
      .executeTakeFirstOrThrow();
    return tellPayment(tx, known.payment_id);
  }
  const attempt = await tx.db
    .updateTable('payment_attempts')
    .set({ state: 'refunded' })
    .where('id', '=', refund.attempt_id)
    .returningAll()
    .executeTakeFirstOrThrow();
  await tx.record({
    actor: refund.actor,
    action: 'payment.refunded',
    subject: `payment:${refund.payment_id}`,
    data: { refund: refund.id, attempt: attempt.id, amount: refund.amount },
  });
  const payment = await findPaymentRow(tx.db, refund.payment_id);
  if (payment?.state === 'paid' && payment.paid_attempt_id === attempt.id) {
    const row = await tx.db
      .updateTable('payments')
      .set({ state: 'refunded', refunded_at: tx.now.toISOString() })
      .where('id', '=', payment.id)
      .returningAll()
      .executeTakeFirstOrThrow();
    await onRefunded.get(payment.purpose as PaymentPurpose)?.(tx, toPayment(row, [attempt]));
  }
  return tellPayment(tx, refund.payment_id);
}

/**
 * Lets the gateway take a transaction back. Not knowing whether it did leaves the refund open: it is asked whether the
 * money went back before it is asked to give it back again.
 */
export async function finishRefund(
  { store, gateways, onRefunded, onError }: RefundParts,
  refundId: string,
): Promise<GatewayError | undefined> {
  const refund = await store.db.selectFrom('payment_refunds').selectAll().where('id', '=', refundId).executeTakeFirst();
  if (refund === undefined || refund.state !== 'asked') return undefined;
  const attempt = await findAttempt(store.db, refund.attempt_id);
  const gateway = gateways.find(({ name }) => name === attempt?.gateway);
  try {
    if (refund.how === 'gateway') {
      if (gateway?.reverse === undefined || attempt === undefined || attempt.authority === null)
        throw new GatewayError('This gateway gives nothing back by itself.', { reason: 'by-hand', done: 'no' });
      const { authority } = attempt;
      if (!(await gateway.isReversed({ authority }))) await gateway.reverse({ authority });
    }
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    onError('A refund was not confirmed by its gateway.', error);
    await store.write(async (tx) => {
      await tx.db
        .updateTable('payment_refunds')
        .set({ problem: error.reason, ...(error.done === 'no' ? { state: 'refused' } : {}) })
        .where('id', '=', refundId)
        .where('state', '=', 'asked')
        .execute();
      await tellPayment(tx, refund.payment_id);
    });
    return error;
  }
  await store.write((tx) => bookRefund(tx, refundId, onRefunded));
  return undefined;
}

/** What was paid twice goes back by itself where the gateway can; else it stands in the manager's list until it has. */
export async function refundSurplus(parts: RefundParts, attempt: AttemptRow): Promise<void> {
  const gateway = parts.gateways.find(({ name }) => name === attempt.gateway);
  if (gateway?.reverse === undefined) return;
  const id = await parts.store.write((tx) =>
    beginRefund(tx, { attempt, how: 'gateway', reason: 'Paid twice', actor: 'system' }),
  );
  await finishRefund(parts, id);
}
