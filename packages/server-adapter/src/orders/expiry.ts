import type { OrderTerms } from '@callweave/sdk/protocol';
import { canOrder, ORDER_STATES, type OrderState } from '@callweave/sdk/protocol';
import { dayIn } from './market-day.ts';
import { loadOrder, type OrderRow } from './order-records.ts';
import { sealStep, stateAfter, updateOrder } from './order-steps.ts';
import type { OrdersOptions } from './orders-context.ts';

const BATCH = 200;

function isOver(row: OrderRow, today: string, timeZone: string): boolean {
  const { validity } = JSON.parse(row.terms) as OrderTerms;
  if (validity.kind === 'gtc') return false;
  if (validity.kind === 'until') return validity.day < today;
  return row.submitted_at !== null && dayIn(timeZone, new Date(row.submitted_at)) < today;
}

/** Ends orders whose validity is over: for a day, until a date, or to be filled at once. Gives how many. */
export async function expireOrders(
  options: Pick<OrdersOptions, 'store' | 'accountNames' | 'timeZone'>,
  at: Date,
): Promise<number> {
  const { store, timeZone } = options;
  const today = dayIn(timeZone, at);
  const expirable = ORDER_STATES.filter((state: OrderState) => canOrder(state, 'expire'));
  const open = await store.db.selectFrom('orders').selectAll().where('state', 'in', expirable).execute();
  const over = open.filter((row) => isOver(row, today, timeZone));
  for (let from = 0; from < over.length; from += BATCH) {
    await store.write(async (tx) => {
      for (const { id } of over.slice(from, from + BATCH)) {
        const record = await loadOrder(tx.db, id);
        if (!canOrder(record.order.state as OrderState, 'expire')) continue;
        const expired = await updateOrder(tx, record, { state: stateAfter(record, 'expire') });
        await sealStep(options, tx, expired, { actor: 'system', action: 'expired', data: { day: today } });
      }
    });
  }
  return over.length;
}
