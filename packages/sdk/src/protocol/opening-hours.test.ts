import { describe, expect, it } from 'vitest';
import { civilDayAt, dayAfter, instantsOf, jalaliOf } from './civil-time.ts';
import { checkOpeningHours, isHoliday, type OpeningHours, openStateAt } from './opening-hours.ts';

const workdays = [{ from: '09:00', to: '17:00' }];
const TEHRAN: OpeningHours = {
  timeZone: 'Asia/Tehran',
  weekly: { saturday: workdays, sunday: workdays, monday: workdays, tuesday: workdays, wednesday: workdays },
  holidays: [
    { calendar: 'jalali', month: 1, day: 1 },
    { calendar: 'jalali', month: 12, day: 30 },
  ],
};
const PRAGUE: OpeningHours = {
  timeZone: 'Europe/Prague',
  weekly: { monday: workdays, friday: [{ from: '09:00', to: '12:00' }], sunday: [{ from: '01:00', to: '03:00' }] },
  holidays: ['2026-12-25'],
};
const state = (hours: OpeningHours | undefined, at: string) => {
  const { open, until } = openStateAt(hours, new Date(at));
  return [open, until?.toISOString()];
};

describe('opening hours', () => {
  it('go by the wall clock there, and tell when they change', () => {
    expect(state(TEHRAN, '2026-11-22T05:29:59.999Z')).toEqual([false, '2026-11-22T05:30:00.000Z']);
    expect(state(TEHRAN, '2026-11-22T05:30:00.000Z')).toEqual([true, '2026-11-22T13:30:00.000Z']);
    expect(state(TEHRAN, '2026-11-22T13:30:00.000Z')).toEqual([false, '2026-11-23T05:30:00.000Z']);
    // Wednesday evening: Thursday and Friday are free.
    expect(state(TEHRAN, '2026-11-25T15:00:00.000Z')).toEqual([false, '2026-11-28T05:30:00.000Z']);
  });

  it('pass over a Gregorian holiday', () => {
    expect(state(PRAGUE, '2026-12-25T09:00:00.000Z')).toEqual([false, '2026-12-27T00:00:00.000Z']);
  });

  it('follow summer time', () => {
    expect(state(PRAGUE, '2026-03-23T08:00:00.000Z')).toEqual([true, '2026-03-23T16:00:00.000Z']);
    expect(state(PRAGUE, '2026-03-30T07:00:00.000Z')).toEqual([true, '2026-03-30T15:00:00.000Z']);
    // The hour from two to three is missing on 29 March and there twice on 25 October.
    expect(state(PRAGUE, '2026-03-29T00:30:00.000Z')).toEqual([true, '2026-03-29T01:00:00.000Z']);
    expect(state(PRAGUE, '2026-10-25T00:30:00.000Z')).toEqual([true, '2026-10-25T02:00:00.000Z']);
  });

  it('join stretches over midnight, and know those that never close or never open', () => {
    const night: OpeningHours = {
      timeZone: 'Europe/Prague',
      weekly: { monday: [{ from: '20:00', to: '24:00' }], tuesday: [{ from: '00:00', to: '06:00' }] },
    };
    expect(state(night, '2026-11-23T22:00:00.000Z')).toEqual([true, '2026-11-24T05:00:00.000Z']);
    const day = [{ from: '00:00', to: '24:00' }];
    const always: OpeningHours = {
      timeZone: 'Europe/Prague',
      weekly: {
        monday: day,
        tuesday: day,
        wednesday: day,
        thursday: day,
        friday: day,
        saturday: day,
        sunday: day,
      },
    };
    expect(state(always, '2026-11-23T22:00:00.000Z')).toEqual([true, undefined]);
    expect(state({ timeZone: 'UTC', weekly: {} }, '2026-11-23T22:00:00.000Z')).toEqual([false, undefined]);
    expect(state(undefined, '2026-11-23T22:00:00.000Z')).toEqual([true, undefined]);
  });

  it('close on the first day of every Jalali year, and on its thirtieth of Esfand where there is one', () => {
    // First day of Farvardin in Gregorian days, 1400 to 1412, as the calendar centre of Tehran published or computed them.
    const newYears: Record<number, string> = {
      1400: '2021-03-21',
      1401: '2022-03-21',
      1402: '2023-03-21',
      1403: '2024-03-20',
      1404: '2025-03-21',
      1405: '2026-03-21',
      1406: '2027-03-21',
      1407: '2028-03-20',
      1408: '2029-03-20',
      1409: '2030-03-21',
      1410: '2031-03-21',
      1411: '2032-03-20',
      1412: '2033-03-20',
    };
    for (const [year, text] of Object.entries(newYears)) {
      const first = civilDayAt('UTC', new Date(`${text}T12:00:00.000Z`));
      expect(jalaliOf(first)).toEqual({ year: Number(year), month: 1, day: 1 });
      expect(isHoliday(TEHRAN.holidays ?? [], first)).toBe(true);
      expect(isHoliday(TEHRAN.holidays ?? [], dayAfter(first))).toBe(false);
      const eve = civilDayAt('UTC', new Date(Date.parse(`${text}T12:00:00.000Z`) - 86_400_000));
      const leap = [1399, 1403, 1408, 1412].includes(Number(year) - 1);
      expect([text, jalaliOf(eve).day, isHoliday(TEHRAN.holidays ?? [], eve)]).toEqual([text, leap ? 30 : 29, leap]);
    }
  });

  it('cover every minute of a year once: what is closed until an instant is open at it', () => {
    for (const hours of [TEHRAN, PRAGUE]) {
      let at = new Date('2026-01-01T00:00:00.000Z');
      let changes = 0;
      for (; at.getTime() < Date.parse('2027-01-01T00:00:00.000Z'); changes += 1) {
        const now = openStateAt(hours, at);
        const until = now.until as Date;
        expect(openStateAt(hours, new Date(until.getTime() - 1)).open).toBe(now.open);
        expect(openStateAt(hours, until).open).toBe(!now.open);
        at = until;
      }
      expect(changes).toBeGreaterThan(200);
    }
  });

  it('say at once what is wrong with them', () => {
    const wrong: [OpeningHours, RegExp][] = [
      [{ timeZone: 'Europe/Nowhere', weekly: {} }, /time zone/i],
      [{ timeZone: 'UTC', weekly: { monday: [{ from: '8:00', to: '10:00' }] } }, /no time of day/],
      [{ timeZone: 'UTC', weekly: { monday: [{ from: '22:00', to: '06:00' }] } }, /two stretches/],
      [{ timeZone: 'UTC', weekly: { montag: workdays } as never }, /day of the week/],
      [{ timeZone: 'UTC', weekly: {}, holidays: ['25.12.2026'] }, /no holiday/],
      [{ timeZone: 'UTC', weekly: {}, holidays: [{ calendar: 'jalali', month: 13, day: 1 }] }, /no holiday/],
    ];
    for (const [hours, message] of wrong) expect(() => checkOpeningHours(hours)).toThrow(message);
    for (const hours of [TEHRAN, PRAGUE]) expect(() => checkOpeningHours(hours)).not.toThrow();
  });

  it('read a wall clock that jumps as the moment of the jump', () => {
    const day = { year: 2026, month: 3, day: 29 };
    const jump = Date.parse('2026-03-29T01:00:00.000Z');
    expect(instantsOf('Europe/Prague', day, 150)).toEqual({ first: jump, last: jump });
  });
});
