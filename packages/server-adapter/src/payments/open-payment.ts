import {
  type Amount,
  nextPaymentState,
  type Payment,
  type PaymentPurpose,
  type PaymentState,
} from '@callweave/sdk/protocol';
import { newId } from '../id.ts';
import { Problem } from '../problem.ts';
import type { Tx } from '../store/store.ts';
import { tellPayment } from './payment-rows.ts';

export interface PaymentRequest {
  readonly purpose: PaymentPurpose;
  /** The id of what is paid for: `renewal:…`. */
  readonly subject: string;
  readonly amount: Amount;
  readonly customerId: string;
  /** Who opens it. */
  readonly accountId: string;
  /** One line, as the gateway and the receipt show it. */
  readonly description: string;
  /** Names what is owed, for ever: whoever asks again with the same key gets the same payment, so it is paid once. */
  readonly dedupeKey: string;
}

/** Opens a payment in the caller's write. One that has expired is opened again: its older attempts still count. */
export async function openPayment(tx: Tx, request: PaymentRequest, validMs: number): Promise<Payment> {
  const { amount, currency } = request.amount;
  if (!Number.isSafeInteger(amount) || amount <= 0) throw new Error('A payment is of a whole amount above zero.');
  const expiresAt = new Date(tx.now.getTime() + validMs).toISOString();
  const known = await tx.db
    .selectFrom('payments')
    .selectAll()
    .where('dedupe_key', '=', request.dedupeKey)
    .executeTakeFirst();
  if (known !== undefined) {
    if (known.amount !== amount || known.currency !== currency || known.customer_id !== request.customerId)
      throw new Problem('conflict', 'A payment of this was opened with another amount.');
    const state = nextPaymentState(known.state as PaymentState, 'open-again');
    if (state !== undefined)
      await tx.db.updateTable('payments').set({ state, expires_at: expiresAt }).where('id', '=', known.id).execute();
    return tellPayment(tx, known.id);
  }
  const id = newId('payment', tx.now);
  await tx.db
    .insertInto('payments')
    .values({
      id,
      dedupe_key: request.dedupeKey,
      purpose: request.purpose,
      subject: request.subject,
      customer_id: request.customerId,
      account_id: request.accountId,
      description: request.description,
      amount,
      currency,
      state: 'created',
      paid_attempt_id: null,
      receipt_number: null,
      unsettled: null,
      created_at: tx.now.toISOString(),
      expires_at: expiresAt,
      paid_at: null,
      refunded_at: null,
    })
    .execute();
  await tx.record({
    actor: request.accountId,
    action: 'payment.opened',
    subject: `payment:${id}`,
    data: { purpose: request.purpose, of: request.subject, amount, currency },
  });
  return tellPayment(tx, id);
}
