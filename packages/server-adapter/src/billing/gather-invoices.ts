import type { BillingContext } from './billing-context.ts';
import { issueInvoice, uninvoiced } from './invoices.ts';
import { monthOf } from './month-of.ts';

/** One invoice for each customer and month that is over. Each in its own write: one that fails holds back no other. */
export async function gatherInvoices(context: BillingContext): Promise<void> {
  const { store, policy, clock } = context;
  if (policy.invoices !== 'monthly') return;
  const thisMonth = monthOf(clock.now(), policy);
  const waiting = await uninvoiced(store.db, policy.currency).execute();
  const customers = new Set(
    waiting.filter(({ at }) => monthOf(new Date(at), policy) < thisMonth).map(({ customer_id }) => customer_id),
  );
  for (const customerId of customers)
    await store.write(async (tx) => {
      // Read again: another process may have been here.
      const lines = await uninvoiced(tx.db, policy.currency).where('customer_id', '=', customerId).execute();
      const months = Map.groupBy(lines, ({ at }) => monthOf(new Date(at), policy));
      for (const [month, ofMonth] of months)
        if (month < thisMonth) await issueInvoice(tx, context, customerId, ofMonth, 'system');
    });
}
