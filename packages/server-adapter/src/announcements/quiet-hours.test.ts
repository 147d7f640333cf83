import { expect, test } from 'vitest';
import { afterQuietHours, checkQuietHours } from './quiet-hours.ts';

const NIGHT = { from: '21:00', to: '08:00' };

test.each([
  ['by day, now', '2026-11-22T10:00:00.000Z', 'Asia/Tehran', '2026-11-22T10:00:00.000Z'],
  ['in the evening, in the morning', '2026-11-22T17:30:12.345Z', 'Asia/Tehran', '2026-11-23T04:30:00.000Z'],
  ['after midnight, the same morning', '2026-11-22T22:00:00.000Z', 'Asia/Tehran', '2026-11-23T04:30:00.000Z'],
  ['at the very end', '2026-11-23T04:30:00.000Z', 'Asia/Tehran', '2026-11-23T04:30:00.000Z'],
  ['clocks go forward in the night', '2026-03-28T22:00:00.000Z', 'Europe/Prague', '2026-03-29T06:00:00.000Z'],
  ['clocks go back in the night', '2026-10-24T22:00:00.000Z', 'Europe/Prague', '2026-10-25T07:00:00.000Z'],
])('%s', (_, at, zone, expected) => {
  expect(afterQuietHours(new Date(at), NIGHT, zone).toISOString()).toBe(expected);
});

test('quiet at noon', () => {
  const noon = { from: '12:00', to: '14:30' };
  const wait = afterQuietHours(new Date('2026-11-22T12:15:00.000Z'), noon, 'Europe/Prague');
  expect(wait.toISOString()).toBe('2026-11-22T13:30:00.000Z');
});

test('times are checked at start', () => {
  expect(() => checkQuietHours({ from: '9pm', to: '08:00' })).toThrow('21:00');
  expect(() => checkQuietHours({ from: '08:00', to: '08:00' })).toThrow('never end');
});
