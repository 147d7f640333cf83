import type { Amount } from '@callweave/sdk/protocol';
import type { Caller } from '../http/operation.ts';
import { Problem } from '../problem.ts';
import type { Tx } from '../store/store.ts';
import { addEntry, balanceOf } from './account-entries.ts';
import type { BalancePayment, BillingContext } from './billing-context.ts';

/** Opens a payment of what is owed, or of a part of it. It is credited when it is paid, not before. */
export async function openBalancePayment(
  tx: Tx,
  context: BillingContext,
  {
    customerId,
    caller,
    amount,
  }: { readonly customerId: string; readonly caller: Caller; readonly amount?: Amount | undefined },
): Promise<{ paymentId: string; amount: Amount }> {
  if (context.payments === undefined)
    throw new Problem('not-found', 'Nothing can be paid here: no payment gateway is set up.');
  const { balance } = await balanceOf(tx.db, context, customerId, tx.now);
  if (balance.amount <= 0) throw new Problem('nothing-owed', 'Nothing is owed.');
  const wanted: Amount = amount ?? balance;
  if (wanted.currency !== balance.currency)
    throw new Problem('other-currency', `What is owed is owed in ${balance.currency}.`);
  if (wanted.amount < 1 || wanted.amount > balance.amount)
    throw new Problem('more-than-owed', 'A payment is of what is owed, or of a part of it.', {
      fields: [{ path: 'amount', message: `must be between 1 and ${balance.amount}` }],
    });
  const payment = await context.payments.openPayment(tx, {
    purpose: 'balance',
    subject: `customer:${customerId}`,
    amount: wanted,
    customerId,
    accountId: caller.accountId,
    description: 'Outstanding balance',
    // As long as the account stands as it does, the same sum is the same payment: two tabs do not pay one debt twice.
    dedupeKey: `balance:${customerId}:${await lastLine(tx, customerId)}:${wanted.amount}`,
  });
  return { paymentId: payment.id, amount: payment.amount };
}

async function lastLine(tx: Tx, customerId: string): Promise<number> {
  const row = await tx.db
    .selectFrom('billing_entries')
    .select('seq')
    .where('customer_id', '=', customerId)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.seq ?? 0;
}

/** What the gateway has settled stands on the account in the very write that settles it: once, whatever comes again. */
export function followPayments(context: BillingContext): void {
  const settle =
    (kind: 'payment' | 'refund') =>
    async (tx: Tx, { id, customerId, amount }: BalancePayment) => {
      if (customerId === null) throw new Error(`The payment ${id} of a balance names no customer.`);
      if (amount.currency !== context.policy.currency)
        throw new Error(
          `The payment ${id} is in ${amount.currency}, and the house counts in ${context.policy.currency}.`,
        );
      await addEntry(tx, context, {
        customer_id: customerId,
        kind,
        amount: kind === 'payment' ? -amount.amount : amount.amount,
        dedupe_key: `${kind}:${id}`,
        note: '',
        payment_id: id,
        actor: 'system',
      });
    };
  context.payments?.onPaid('balance', settle('payment'));
  context.payments?.onRefunded('balance', settle('refund'));
}
