import { type Currency, canPayment, nextPaymentState, type Payment, type PaymentState } from '@callweave/sdk/protocol';
import { GatewayError, type PaymentGateway } from '../connectors/payments/payment-gateway.ts';
import { newId } from '../id.ts';
import { Problem } from '../problem.ts';
import type { Store, Tx } from '../store/store.ts';
import { findPaymentRow, type PaymentRow, tellPayment } from './payment-rows.ts';

export interface StartedAttempt {
  readonly attemptId: string;
  readonly authority: string;
  readonly redirectTo: string;
}

const FIRST_CHECK_MS = 120_000;

/** The gateway that was asked for, or the first that takes this amount. */
export function gatewayFor(
  gateways: readonly PaymentGateway[],
  row: PaymentRow,
  name: string | undefined,
): PaymentGateway {
  const found = gateways.find(
    ({ name: own, currencies, limits }) =>
      (name === undefined || own === name) &&
      currencies.includes(row.currency as Currency) &&
      limits.min <= row.amount &&
      row.amount <= limits.max,
  );
  if (found === undefined) throw new Problem('no-gateway', 'No gateway takes this payment.');
  return found;
}

export function checkStartable(row: PaymentRow, now: Date): void {
  if (!canPayment(row.state as PaymentState, 'start') || Date.parse(row.expires_at) <= now.getTime())
    throw new Problem('payment-closed', `The payment is ${row.state}, or its time is over.`);
}

/** Asks a gateway for a way to pay. The attempt is written first and no transaction is open while the gateway is asked. */
export async function requestAttempt(
  store: Store,
  row: PaymentRow,
  gateway: PaymentGateway,
  returnTo: string,
  callbackUrl: (attemptId: string) => string,
): Promise<StartedAttempt> {
  const attemptId = await store.write(async (tx) => {
    const id = newId('attempt', tx.now);
    await tx.db
      .insertInto('payment_attempts')
      .values({
        id,
        payment_id: row.id,
        gateway: gateway.name,
        authority: null,
        state: 'requested',
        amount: row.amount,
        currency: row.currency,
        confirmed_amount: null,
        reference: null,
        card: null,
        reason: null,
        booking_failed: 0,
        return_to: returnTo,
        checks: 0,
        next_check_at: null,
        created_at: tx.now.toISOString(),
        checked_at: null,
        verified_at: null,
      })
      .execute();
    return id;
  });
  try {
    const { authority, redirectTo } = await gateway.request({
      attemptId,
      amount: { amount: row.amount, currency: row.currency as Currency },
      description: row.description,
      callbackUrl: callbackUrl(attemptId),
    });
    return { attemptId, authority, redirectTo };
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    await store.write(async (tx) => {
      await tx.db
        .updateTable('payment_attempts')
        .set({ state: 'failed', reason: error.reason })
        .where('id', '=', attemptId)
        .execute();
      await tellPayment(tx, row.id);
    });
    throw error.done === 'no'
      ? new Problem('gateway-refused', `The gateway has refused (${error.reason}).`, { cause: error })
      : new Problem('gateway-unavailable', 'The gateway does not answer.', { cause: error, retryAfterSeconds: 30 });
  }
}

/** Only now can anybody pay by it: the browser learns the address from this write alone. */
export async function openAttempt(tx: Tx, paymentId: string, started: StartedAttempt): Promise<Payment> {
  const row = await findPaymentRow(tx.db, paymentId);
  if (row === undefined) throw new Problem('not-found', 'There is no such payment.');
  checkStartable(row, tx.now);
  await tx.db
    .updateTable('payment_attempts')
    .set({
      state: 'open',
      authority: started.authority,
      next_check_at: new Date(tx.now.getTime() + FIRST_CHECK_MS).toISOString(),
    })
    .where('id', '=', started.attemptId)
    .execute();
  const state = nextPaymentState(row.state as PaymentState, 'start') ?? row.state;
  await tx.db.updateTable('payments').set({ state }).where('id', '=', row.id).execute();
  return tellPayment(tx, row.id);
}
