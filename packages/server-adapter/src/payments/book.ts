import {
  type AttemptState,
  canPayment,
  holdsMoney,
  nextPaymentState,
  type Payment,
  type PaymentPurpose,
  type PaymentState,
} from '@callweave/sdk/protocol';
import type { Verdict } from '../connectors/payments/payment-gateway.ts';
import type { Tx } from '../store/store.ts';
import {
  type AttemptRow,
  findAttempt,
  findPaymentRow,
  type PaymentRow,
  tellPayment,
  toPayment,
} from './payment-rows.ts';

export type PaymentHandler = (tx: Tx, payment: Payment) => Promise<void>;
export type PaymentHandlers = Map<PaymentPurpose, PaymentHandler>;

/** When an attempt that was not paid is looked at again: its buyer may still be at the bank, or the bank slow. */
const MINUTE = 60_000;
const CHECKS = [1, 1, 2, 3, 5, 5, 10, 10, 15, 15, 30, 60, 180, 360, 720, 1440, 1440].map((minutes) => minutes * MINUTE);
/** An authority cannot be paid for longer than this; we look on, and call it over. */
const OPEN_MS = 60 * MINUTE;

/**
 * Writes what the gateway said of an attempt. The first one that was paid pays the payment, and what it was for is written
 * in the same write; any further one is a surplus that has to go back. Saying it twice changes nothing.
 */
export async function bookVerdict(
  tx: Tx,
  attemptId: string,
  verdict: Verdict,
  { onPaid, cameBack }: { readonly onPaid: PaymentHandlers; readonly cameBack: boolean },
): Promise<Payment> {
  const attempt = await findAttempt(tx.db, attemptId);
  const payment = attempt && (await findPaymentRow(tx.db, attempt.payment_id));
  if (attempt === undefined || payment === undefined) throw new Error(`There is no attempt ${attemptId}.`);
  if (!holdsMoney(attempt.state as AttemptState)) {
    if (verdict.state === 'verified') await bookMoney(tx, payment, attempt, verdict, onPaid);
    else await bookNothing(tx, payment, attempt, verdict, cameBack);
  }
  return tellPayment(tx, payment.id);
}

async function bookMoney(
  tx: Tx,
  payment: PaymentRow,
  attempt: AttemptRow,
  { reference, card, amount }: Verdict & { readonly state: 'verified' },
  onPaid: PaymentHandlers,
): Promise<void> {
  const other = amount !== null && (amount.amount !== attempt.amount || amount.currency !== attempt.currency);
  const pays = !other && canPayment(payment.state as PaymentState, 'pay');
  const state: AttemptState = other ? 'disputed' : pays ? 'verified' : 'surplus';
  await tx.db
    .updateTable('payment_attempts')
    .set({
      state,
      reference,
      card,
      confirmed_amount: amount?.amount ?? null,
      reason: null,
      booking_failed: 0,
      next_check_at: null,
      checked_at: tx.now.toISOString(),
      verified_at: tx.now.toISOString(),
    })
    .where('id', '=', attempt.id)
    .execute();
  await tx.record({
    actor: 'system',
    action: pays ? 'payment.paid' : `payment.${state}`,
    subject: `payment:${payment.id}`,
    data: { attempt: attempt.id, gateway: attempt.gateway, amount: amount?.amount ?? attempt.amount },
  });
  if (!pays) return;
  const receipt = await tx.next('payment-receipt');
  const paid = await tx.db
    .updateTable('payments')
    .set({ state: 'paid', paid_attempt_id: attempt.id, receipt_number: receipt, paid_at: tx.now.toISOString() })
    .where('id', '=', payment.id)
    .returningAll()
    .executeTakeFirstOrThrow();
  await onPaid.get(payment.purpose as PaymentPurpose)?.(tx, toPayment(paid, [{ ...attempt, state, reference, card }]));
}

async function bookNothing(
  tx: Tx,
  payment: PaymentRow,
  attempt: AttemptRow,
  verdict: Exclude<Verdict, { readonly state: 'verified' }>,
  cameBack: boolean,
): Promise<void> {
  const age = tx.now.getTime() - Date.parse(attempt.created_at);
  const wasOpen = attempt.state === 'open' || attempt.state === 'requested';
  const state = ((): AttemptState => {
    if (!wasOpen) return attempt.state as AttemptState;
    if (verdict.state !== 'not-paid') return 'failed';
    if (cameBack) return 'cancelled';
    return verdict.final || age >= OPEN_MS ? 'expired' : 'open';
  })();
  const pause = CHECKS[attempt.checks];
  const last = verdict.state !== 'not-paid' || pause === undefined;
  await tx.db
    .updateTable('payment_attempts')
    .set({
      state,
      reason: verdict.state === 'reversed' ? 'reversed' : verdict.reason,
      checks: attempt.checks + 1,
      checked_at: tx.now.toISOString(),
      // Also one that was given up: the gateway may have heard of the bank's answer after its buyer had come back.
      next_check_at: last ? null : new Date(tx.now.getTime() + pause).toISOString(),
    })
    .where('id', '=', attempt.id)
    .execute();
  if (state === 'open' || !wasOpen) return;
  const others = await tx.db
    .selectFrom('payment_attempts')
    .select('id')
    .where('payment_id', '=', payment.id)
    .where('state', '=', 'open')
    .executeTakeFirst();
  // An attempt whose time is over leaves the payment to be tried again, for as long as the payment itself is valid.
  const over = Date.parse(payment.expires_at) <= tx.now.getTime();
  const action = over ? 'expire' : state === 'cancelled' ? 'cancel' : 'fail';
  const next = nextPaymentState(payment.state as PaymentState, action);
  // While another window is at the gateway the payment is, too.
  if (next !== undefined && others === undefined)
    await tx.db.updateTable('payments').set({ state: next }).where('id', '=', payment.id).execute();
}
