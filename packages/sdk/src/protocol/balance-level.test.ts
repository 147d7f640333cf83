import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BALANCE_LEVELS, balanceLevelOf, crossedUpwards, thresholdOf } from './balance-level.ts';

const rial = (amount: number) => ({ amount, currency: 'IRR' as const });
const sum = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER });
const percent = fc.integer({ min: 1, max: 100 });

test('the threshold is the first sum that is at least the share of the ceiling', () => {
  fc.assert(
    fc.property(sum, percent, (ceiling, share) => {
      const { amount } = thresholdOf(rial(ceiling), share);
      const wanted = BigInt(ceiling) * BigInt(share);
      expect(BigInt(amount) * 100n >= wanted).toBe(true);
      expect((BigInt(amount) - 1n) * 100n < wanted).toBe(true);
    }),
  );
});

test('a larger debt never stands lower, and each limit begins at its very figure', () => {
  fc.assert(
    fc.property(sum, percent, fc.maxSafeInteger(), fc.maxSafeInteger(), (ceiling, share, a, b) => {
      const limits = { ceiling: rial(ceiling), threshold: thresholdOf(rial(ceiling), share) };
      const step = (amount: number) => BALANCE_LEVELS.indexOf(balanceLevelOf(rial(amount), limits));
      expect(step(Math.min(a, b))).toBeLessThanOrEqual(step(Math.max(a, b)));
      expect(balanceLevelOf(rial(ceiling), limits)).toBe('ceiling');
      expect(balanceLevelOf(rial(ceiling - 1), limits)).not.toBe('ceiling');
      expect(balanceLevelOf(rial(limits.threshold.amount - 1), limits)).toBe('clear');
    }),
  );
});

test('every crossing upwards is told once, and again after the debt fell', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...BALANCE_LEVELS)), (path) => {
      let told = 0;
      let ups = 0;
      path.reduce<(typeof path)[number]>((before, after) => {
        if (crossedUpwards(before, after)) told += 1;
        if (BALANCE_LEVELS.indexOf(after) > BALANCE_LEVELS.indexOf(before)) ups += 1;
        expect(crossedUpwards(after, after)).toBe(false);
        return after;
      }, 'clear');
      expect(told).toBe(ups);
    }),
  );
});

test('without limits nothing is ever reached; another currency is a mistake', () => {
  expect(balanceLevelOf(rial(Number.MAX_SAFE_INTEGER), { threshold: null, ceiling: null })).toBe('clear');
  expect(() => balanceLevelOf(rial(1), { threshold: null, ceiling: { amount: 1, currency: 'CZK' } })).toThrow(
    RangeError,
  );
  for (const wrong of [0, 101, 79.5]) expect(() => thresholdOf(rial(1), wrong)).toThrow(RangeError);
});
