import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jalaliOf } from './civil-time.ts';
import { dayOfJalali } from './jalali-day.ts';

test.each([
  [1405, 9, 1, '2026-11-22'],
  [1403, 12, 30, '2025-03-20'],
  [1404, 1, 1, '2025-03-21'],
  [1404, 12, 30, undefined],
  [1404, 13, 1, undefined],
  [1404, 7, 31, undefined],
] as const)('%d/%d/%d is %s', (year, month, day, expected) => {
  expect(dayOfJalali(year, month, day)).toBe(expected);
});

test('every day is found again', () => {
  fc.assert(
    fc.property(fc.integer({ min: -3000, max: 40_000 }), (count) => {
      const at = new Date(count * 86_400_000);
      const { year, month, day } = jalaliOf({
        year: at.getUTCFullYear(),
        month: at.getUTCMonth() + 1,
        day: at.getUTCDate(),
      });
      return dayOfJalali(year, month, day) === at.toISOString().slice(0, 10);
    }),
  );
});
