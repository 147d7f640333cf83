import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DIFFICULTIES, priceListAt, priceOfWork, RENEWAL_YEARS, renewalPriceIn } from './price-list.ts';

const price = fc.integer({ min: 0, max: 1_000_000_000_000 });
const content = fc.record({
  currency: fc.constantFrom('IRR' as const, 'CZK' as const, 'EUR' as const),
  work: fc.record({ simple: price, normal: price, hard: price, expert: price }),
});
const instant = fc.integer({ min: 0, max: 100 }).map((minute) => new Date(Date.UTC(2026, 0, 1, 0, minute)));

test('a price is difficulty × quantity, exactly: two parts cost what the whole does', () => {
  fc.assert(
    fc.property(
      content,
      fc.constantFrom(...DIFFICULTIES),
      fc.integer({ min: 1, max: 500 }),
      fc.integer({ min: 1, max: 500 }),
      (list, difficulty, a, b) => {
        const sum = priceOfWork(list, difficulty, a).amount + priceOfWork(list, difficulty, b).amount;
        expect(priceOfWork(list, difficulty, a + b)).toEqual({ amount: sum, currency: list.currency });
        expect(Number.isSafeInteger(sum)).toBe(true);
        expect(BigInt(sum)).toBe(BigInt(list.work[difficulty]) * BigInt(a + b));
      },
    ),
  );
});

test.each([0, -1, 1.5, 1001, Number.NaN])('%s units are no work', (quantity) => {
  const list = { currency: 'IRR' as const, work: { simple: 1, normal: 1, hard: 1, expert: 1 } };
  expect(() => priceOfWork(list, 'simple', quantity)).toThrow(RangeError);
});

test('the version that holds has begun, and none that has begun comes after it', () => {
  const versions = fc
    .array(instant, { maxLength: 12 })
    .map((starts) => starts.map((at, index) => ({ version: index + 1, validFrom: at.toISOString() })));
  fc.assert(
    fc.property(versions, instant, (lists, at) => {
      const found = priceListAt([...lists, { version: null, validFrom: null }], at);
      const begun = lists.filter(({ validFrom }) => validFrom <= at.toISOString());
      if (found === undefined) {
        expect(begun).toEqual([]);
        return;
      }
      expect(begun).toContain(found);
      for (const other of begun) {
        if (other === found) continue;
        expect(
          other.validFrom < (found.validFrom ?? '') ||
            (other.validFrom === found.validFrom && other.version < (found.version ?? 0)),
        ).toBe(true);
      }
    }),
  );
});

test('publishing a version changes no price before it begins', () => {
  const versions = fc
    .array(instant, { minLength: 1, maxLength: 8 })
    .map((starts) => starts.map((at, index) => ({ version: index + 1, validFrom: at.toISOString() })));
  fc.assert(
    fc.property(versions, instant, instant, (lists, start, at) => {
      fc.pre(at < start);
      const more = [...lists, { version: 99, validFrom: start.toISOString() }];
      expect(priceListAt(more, at)).toBe(priceListAt(lists, at));
    }),
  );
});

test('a renewal has the price of its type and years, or is not sold', () => {
  const list = {
    currency: 'IRR' as const,
    renewals: [{ typeId: 'type_1', prices: { 1: 10, 2: 18, 3: null } }],
  };
  expect(RENEWAL_YEARS.map((years) => renewalPriceIn(list, 'type_1', years)?.amount)).toEqual([10, 18, undefined]);
  expect(renewalPriceIn(list, 'type_2', 1)).toBeUndefined();
});
