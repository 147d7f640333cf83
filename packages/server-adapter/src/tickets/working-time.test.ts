import type { OpeningHours } from '@callweave/sdk/protocol';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { afterWorkingTime, workingTimeBetween } from './working-time.ts';

const HOUR = 3_600_000;
const at = (text: string) => new Date(text);
const week = (days: readonly (keyof OpeningHours['weekly'])[], from: string, to: string) =>
  Object.fromEntries(days.map((day) => [day, [{ from, to }]]));
const tehran: OpeningHours = {
  timeZone: 'Asia/Tehran',
  weekly: week(['saturday', 'sunday', 'monday', 'tuesday', 'wednesday'], '08:00', '16:00'),
  // Nowruz, every year of its own calendar.
  holidays: [1, 2, 3, 4].map((day) => ({ calendar: 'jalali', month: 1, day })),
};
const prague: OpeningHours = {
  timeZone: 'Europe/Prague',
  weekly: week(['saturday', 'sunday'], '00:00', '24:00'),
};

test('without hours all time is working time', () => {
  expect(afterWorkingTime(undefined, at('2026-11-22T00:00:00.000Z'), HOUR)).toEqual(at('2026-11-22T01:00:00.000Z'));
  expect(workingTimeBetween(undefined, at('2026-11-22T00:00:00.000Z'), at('2026-11-22T02:00:00.000Z'))).toBe(2 * HOUR);
});

test('the weekend and Nowruz do not count', () => {
  // Wednesday 18 March 2026 (27 Esfand 1404), 15:00 in Tehran; 1 to 4 Farvardin are Saturday to Tuesday.
  const from = at('2026-03-18T11:30:00.000Z');
  expect(afterWorkingTime(tehran, from, 2 * HOUR)).toEqual(at('2026-03-25T05:30:00.000Z'));
  expect(workingTimeBetween(tehran, from, at('2026-03-25T05:30:00.000Z'))).toBe(2 * HOUR);
});

test('the night of the clock change has the hours that it has', () => {
  const [start, end] = [at('2026-10-23T22:00:00.000Z'), at('2026-10-25T23:00:00.000Z')];
  expect(workingTimeBetween(prague, start, end)).toBe(49 * HOUR);
});

test('hours that never open again promise nothing', () => {
  expect(
    afterWorkingTime({ timeZone: 'Asia/Tehran', weekly: {} }, at('2026-11-22T00:00:00.000Z'), HOUR),
  ).toBeUndefined();
});

test('both ways agree: so much later, so much has passed', () => {
  const days = fc
    .integer({ min: 0, max: 700 * 24 * 60 })
    .map((minutes) => new Date(Date.UTC(2026, 0, 1) + minutes * 60_000));
  fc.assert(
    fc.property(
      fc.constantFrom(tehran, prague, undefined),
      days,
      fc.integer({ min: 0, max: 60 * HOUR }),
      (hours, from, ms) => {
        const end = afterWorkingTime(hours, from, ms);
        expect(end && workingTimeBetween(hours, from, end)).toBe(ms);
      },
    ),
    { numRuns: 50 },
  );
});
