import { expect } from 'chai';
import { dayOfParts, monthNames, partsOfDay } from './calendar-day.ts';

describe('calendar days', () => {
  it('knows the Jalali day of a Gregorian one, and back', () => {
    expect(partsOfDay('2026-11-22', 'fa')).to.deep.equal({ year: 1405, month: 9, day: 1 });
    expect(dayOfParts({ year: 1405, month: 9, day: 1 }, 'fa')).to.equal('2026-11-22');
    expect(dayOfParts({ year: 1403, month: 12, day: 30 }, 'fa')).to.equal('2025-03-20');
  });

  it('goes there and back for every day of thirty years, in both calendars', () => {
    for (let ms = Date.UTC(2010, 0, 1); ms < Date.UTC(2040, 0, 1); ms += 86_400_000) {
      const day = new Date(ms).toISOString().slice(0, 10);
      for (const locale of ['fa', 'en'] as const)
        if (dayOfParts(partsOfDay(day, locale), locale) !== day) expect.fail(`${day} in ${locale}`);
    }
  }).timeout(10_000);

  it('refuses days that do not exist', () => {
    expect(dayOfParts({ year: 1404, month: 12, day: 30 }, 'fa')).to.equal(undefined);
    expect(dayOfParts({ year: 1405, month: 7, day: 31 }, 'fa')).to.equal(undefined);
    expect(dayOfParts({ year: 2026, month: 4, day: 31 }, 'en')).to.equal(undefined);
    expect(dayOfParts({ year: 2026, month: 13, day: 1 }, 'cs')).to.equal(undefined);
    expect(dayOfParts({ year: Number.NaN, month: 1, day: 1 }, 'fa')).to.equal(undefined);
  });

  it('names the months', () => {
    expect(monthNames('fa').slice(0, 3)).to.deep.equal(['فروردین', 'اردیبهشت', 'خرداد']);
    expect(monthNames('cs')[10]).to.equal('listopad');
    expect(monthNames('en')[11]).to.equal('December');
  });
});
