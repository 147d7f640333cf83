import type { Currency, RevenueMonth } from '@callweave/sdk/protocol';
import type { CoursesContext } from './courses-context.ts';

interface Sale {
  readonly amount: number;
  readonly currency: string;
  readonly paid_at: string | null;
  readonly refunded_at: string | null;
}

/**
 * What was sold and given back, by month and currency, the latest first. A sale counts in the month in which it was paid,
 * a refund in the month in which the money went back: a month that is over does not change any more.
 */
export function revenueByMonth(sales: readonly Sale[], monthOf: (at: Date) => string): RevenueMonth[] {
  const months = new Map<string, RevenueMonth>();
  const count = (at: string, { amount, currency }: Sale, refund: boolean) => {
    const month = monthOf(new Date(at));
    const key = `${month} ${currency}`;
    const unit = currency as Currency;
    const none = { amount: 0, currency: unit };
    const known = months.get(key) ?? { month, sold: 0, refunded: 0, paid: none, givenBack: none, revenue: none };
    const paid = known.paid.amount + (refund ? 0 : amount);
    const givenBack = known.givenBack.amount + (refund ? amount : 0);
    months.set(key, {
      month,
      sold: known.sold + (refund ? 0 : 1),
      refunded: known.refunded + (refund ? 1 : 0),
      paid: { amount: paid, currency: unit },
      givenBack: { amount: givenBack, currency: unit },
      revenue: { amount: paid - givenBack, currency: unit },
    });
  };
  for (const sale of sales) {
    if (sale.paid_at !== null) count(sale.paid_at, sale, false);
    if (sale.paid_at !== null && sale.refunded_at !== null) count(sale.refunded_at, sale, true);
  }
  return [...months.entries()].sort(([a], [b]) => (a < b ? 1 : -1)).map(([, month]) => month);
}

export async function revenueOf({ store, monthOf }: CoursesContext, partnerId: string): Promise<RevenueMonth[]> {
  const sales = await store.db
    .selectFrom('course_orders')
    .select(['amount', 'currency', 'paid_at', 'refunded_at'])
    .where('partner_id', '=', partnerId)
    .where('paid_at', 'is not', null)
    .execute();
  return revenueByMonth(sales, monthOf);
}
