import fc from 'fast-check';
import { expect, it } from 'vitest';
import { revenueByMonth } from './revenue.ts';

const monthOf = (at: Date) => at.toISOString().slice(0, 7);
const instant = fc.integer({ min: Date.UTC(2026, 0), max: Date.UTC(2027, 11) }).map((ms) => new Date(ms).toISOString());
const sale = fc
  .record({
    amount: fc.integer({ min: 1, max: 10_000_000_000 }),
    currency: fc.constantFrom('IRR', 'CZK'),
    paid_at: fc.option(instant),
    after: fc.option(fc.integer({ min: 0, max: 90 * 86_400_000 })),
  })
  .map(({ amount, currency, paid_at, after }) => ({
    amount,
    currency,
    paid_at,
    refunded_at: paid_at === null || after === null ? null : new Date(Date.parse(paid_at) + after).toISOString(),
  }));

it('revenue is what was paid minus what was given back, in each currency, and each sale counts once', () => {
  fc.assert(
    fc.property(fc.array(sale, { maxLength: 60 }), (sales) => {
      const months = revenueByMonth(sales, monthOf);
      for (const currency of ['IRR', 'CZK']) {
        const own = sales.filter((one) => one.currency === currency && one.paid_at !== null);
        const kept = own.filter((one) => one.refunded_at === null);
        const of = months.filter(({ revenue }) => revenue.currency === currency);
        const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
        expect(sum(of.map(({ revenue }) => revenue.amount))).toBe(sum(kept.map(({ amount }) => amount)));
        expect(sum(of.map(({ sold }) => sold))).toBe(own.length);
        expect(sum(of.map(({ refunded }) => refunded))).toBe(own.length - kept.length);
      }
      for (const { paid, givenBack, revenue } of months) expect(revenue.amount).toBe(paid.amount - givenBack.amount);
      const order = months.map(({ month }) => month);
      expect(order).toEqual([...order].sort().reverse());
    }),
  );
});
