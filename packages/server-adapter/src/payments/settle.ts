import type { Currency } from '@callweave/sdk/protocol';
import type { Clock } from '../clock.ts';
import { GatewayError, type PaymentGateway, type Verdict } from '../connectors/payments/payment-gateway.ts';
import type { Store } from '../store/store.ts';
import { bookVerdict, type PaymentHandlers } from './book.ts';
import { type AttemptRow, tellPayment } from './payment-rows.ts';

export interface SettleParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly gateways: readonly PaymentGateway[];
  readonly onPaid: PaymentHandlers;
  readonly onError: (message: string, error: unknown) => void;
}

const RETRY_MS = 60_000;

/**
 * Asks the gateway whether an attempt was paid, and writes what it says. No transaction is held meanwhile. A gateway that
 * does not answer leaves everything as it is: the reconciliation asks again. Confirmed and not written (the machine died,
 * or what was paid for could not be written) is the same: a confirmed attempt is confirmed again.
 */
export async function settleAttempt(
  { store, clock, gateways, onPaid, onError }: SettleParts,
  attempt: AttemptRow,
  cameBack = false,
): Promise<void> {
  const gateway = gateways.find(({ name }) => name === attempt.gateway);
  if (gateway === undefined || attempt.authority === null) return;
  const later = (booking: 0 | 1, reason: string | null) =>
    store.write(async (tx) => {
      await tx.db
        .updateTable('payment_attempts')
        .set({
          next_check_at: new Date(clock.now().getTime() + RETRY_MS).toISOString(),
          checked_at: tx.now.toISOString(),
          booking_failed: booking,
          ...(reason === null ? {} : { reason }),
        })
        .where('id', '=', attempt.id)
        .where('verified_at', 'is', null)
        .execute();
      await tellPayment(tx, attempt.payment_id);
    });
  let verdict: Verdict;
  try {
    verdict = await gateway.verify({
      authority: attempt.authority,
      amount: { amount: attempt.amount, currency: attempt.currency as Currency },
    });
  } catch (error) {
    onError('A payment gateway was asked and did not say whether an attempt was paid.', error);
    await later(attempt.booking_failed, error instanceof GatewayError ? error.reason : null);
    return;
  }
  try {
    await store.write((tx) => bookVerdict(tx, attempt.id, verdict, { onPaid, cameBack }));
  } catch (error) {
    onError('A payment is confirmed, and what it was for could not be written; it is tried again.', error);
    await later(verdict.state === 'verified' ? 1 : attempt.booking_failed, null);
  }
}
