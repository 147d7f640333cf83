import { type AttemptState, mayStillBePaid } from '@callweave/sdk/protocol';
import type { Clock } from '../clock.ts';
import type { Store } from '../store/store.ts';
import { tellPayment } from './payment-rows.ts';
import { finishRefund, type RefundParts, refundSurplus } from './refund.ts';
import { type SettleParts, settleAttempt } from './settle.ts';

const BATCH = 100;

/** Settles what nobody came back for, gives back what was paid twice, and lets old payments expire. */
export async function reconcilePayments(parts: SettleParts & RefundParts & { readonly clock: Clock }): Promise<void> {
  const { store, clock, gateways, onError } = parts;
  const now = clock.now().toISOString();
  const due = await store.db
    .selectFrom('payment_attempts')
    .selectAll()
    .where('next_check_at', '<=', now)
    .where('authority', 'is not', null)
    .orderBy('next_check_at')
    .limit(BATCH)
    .execute();
  for (const attempt of due) await settleAttempt(parts, attempt);
  for (const gateway of gateways) {
    try {
      const authorities = (await gateway.unverified?.()) ?? [];
      if (authorities.length === 0) continue;
      const paid = await store.db
        .selectFrom('payment_attempts')
        .selectAll()
        .where('gateway', '=', gateway.name)
        .where('authority', 'in', authorities.slice(0, 500))
        .execute();
      // Others are of another system that shares the merchant's account.
      for (const attempt of paid)
        if (mayStillBePaid(attempt.state as AttemptState)) await settleAttempt(parts, attempt);
    } catch (error) {
      onError('A payment gateway did not list what is not confirmed.', error);
    }
  }
  const open = await store.db
    .selectFrom('payment_refunds')
    .selectAll()
    .where('state', '=', 'asked')
    .limit(BATCH)
    .execute();
  for (const refund of open) await finishRefund(parts, refund.id);
  const twice = await store.db
    .selectFrom('payment_attempts as attempt')
    .selectAll('attempt')
    .where('state', '=', 'surplus')
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('payment_refunds as refund').select('refund.id').whereRef('refund.attempt_id', '=', 'attempt.id'),
        ),
      ),
    )
    .limit(BATCH)
    .execute();
  for (const attempt of twice) await refundSurplus(parts, attempt);
  await expireOld(store, now);
}

/** Lets payments go whose time is over, a portion in one write: each is told to the pages that show it. */
async function expireOld(store: Store, now: string): Promise<void> {
  for (let found = BATCH; found === BATCH; ) {
    found = await store.write(async (tx) => {
      const old = await tx.db
        .selectFrom('payments')
        .select('id')
        .where('state', 'in', ['created', 'failed', 'cancelled'])
        .where('expires_at', '<=', now)
        .orderBy('id')
        .limit(BATCH)
        .execute();
      for (const { id } of old) {
        await tx.db.updateTable('payments').set({ state: 'expired' }).where('id', '=', id).execute();
        await tellPayment(tx, id);
      }
      return old.length;
    });
  }
}
