import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addDays,
  addMonths,
  daysBetween,
  lastDayOf,
  SERVICE_CHOICES,
  SERVICE_STATES,
  type ServiceFacts,
  serviceEndAfter,
  serviceOn,
} from './service-state.ts';

const TODAY = '2026-11-22';
const facts = (changes: Partial<ServiceFacts>): ServiceFacts => ({
  installedOn: '2025-01-10',
  serviceEndsOn: '2026-12-31',
  renewed: false,
  choice: 'none',
  ...changes,
});

describe('the service of a device on a day', () => {
  test.each([
    ['not installed', { installedOn: null }, 'not-activated', null],
    ['installed only tomorrow', { installedOn: '2026-11-23' }, 'not-activated', null],
    ['not installed, whatever was chosen', { installedOn: null, choice: 'per-case' }, 'not-activated', null],
    ['runs', {}, 'active', 39],
    ['on its first day', { installedOn: TODAY }, 'active', 39],
    ['on its last day', { serviceEndsOn: TODAY }, 'active', 0],
    ['runs after a renewal', { renewed: true }, 'renewed', 39],
    ['runs, though per-case was chosen for afterwards', { choice: 'per-case' }, 'active', 39],
    ['runs, though it was declined for afterwards', { choice: 'declined' }, 'active', 39],
    ['ended yesterday', { serviceEndsOn: '2026-11-21' }, 'expired', null],
    ['a renewal ended yesterday', { serviceEndsOn: '2026-11-21', renewed: true }, 'expired', null],
    ['ended, per-case', { serviceEndsOn: '2026-11-21', choice: 'per-case' }, 'per-case', null],
    ['ended, declined', { serviceEndsOn: '2026-11-21', choice: 'declined' }, 'declined', null],
    ['never bought', { serviceEndsOn: null }, 'expired', null],
    ['never bought, per-case', { serviceEndsOn: null, choice: 'per-case' }, 'per-case', null],
  ] as const)('%s', (_, changes, state, daysLeft) => {
    expect(serviceOn(TODAY, facts(changes))).toEqual({ state, daysLeft });
  });

  test.each([
    ['what runs goes on', '2026-12-31', 1, '2027-12-31'],
    ['what ends today goes on tomorrow', TODAY, 2, '2028-11-22'],
    ['what has ended begins today', '2026-01-01', 1, '2027-11-21'],
    ['what never was begins today', null, 3, '2029-11-21'],
    ['from a leap day', '2028-02-29', 1, '2029-02-28'],
  ] as const)('a renewal: %s', (_, endsOn, years, expected) => {
    expect(serviceEndAfter(TODAY, endsOn, years)).toBe(expected);
  });

  test('months end where a shorter month ends', () => {
    expect(addMonths('2026-01-31', 1)).toBe('2026-02-28');
    expect(addMonths('2026-11-30', 3)).toBe('2027-02-28');
    expect(lastDayOf('2026-11-22', 12)).toBe('2027-11-21');
    expect(lastDayOf('2026-03-01', 12)).toBe('2027-02-28');
  });
});

describe('for any day', () => {
  const day = fc
    .integer({ min: Date.UTC(1990, 0, 1) / 86_400_000, max: Date.UTC(2090, 0, 1) / 86_400_000 })
    .map((count) => new Date(count * 86_400_000).toISOString().slice(0, 10));
  const anyFacts = fc.record({
    installedOn: fc.option(day),
    serviceEndsOn: fc.option(day),
    renewed: fc.boolean(),
    choice: fc.constantFrom(...SERVICE_CHOICES),
  });

  test('there is one state, and days are left exactly while service runs', () => {
    fc.assert(
      fc.property(day, anyFacts, (today, given) => {
        const { state, daysLeft } = serviceOn(today, given);
        expect(SERVICE_STATES).toContain(state);
        expect(daysLeft === null).toBe(state !== 'active' && state !== 'renewed');
        if (daysLeft !== null) expect(addDays(today, daysLeft)).toBe(given.serviceEndsOn);
      }),
    );
  });

  test('a renewal adds its years to what still runs, or to yesterday, and leaves no gap', () => {
    fc.assert(
      fc.property(day, anyFacts, fc.integer({ min: 1, max: 3 }), (today, given, years) => {
        const serviceEndsOn = serviceEndAfter(today, given.serviceEndsOn, years);
        const runs = given.serviceEndsOn !== null && given.serviceEndsOn >= today;
        const from = runs ? (given.serviceEndsOn as string) : addDays(today, -1);
        const bought = daysBetween(from, serviceEndsOn);
        expect(bought).toBeGreaterThanOrEqual(years * 365);
        expect(bought).toBeLessThanOrEqual(years * 365 + 1);
        const after = serviceOn(today, { ...given, installedOn: today, serviceEndsOn, renewed: true });
        expect(after.state).toBe('renewed');
      }),
    );
  });

  test('days between and days added agree', () => {
    fc.assert(fc.property(day, day, (a, b) => addDays(a, daysBetween(a, b)) === b));
  });
});
