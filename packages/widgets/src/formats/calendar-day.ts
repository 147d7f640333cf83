import type { Locale } from '@callweave/sdk/protocol';

/** A calendar day as people of a language name it: Jalali in Persian, Gregorian otherwise. */
export interface DayParts {
  readonly year: number;
  /** 1–12. */
  readonly month: number;
  readonly day: number;
}

const DAY_MS = 86_400_000;

/** Numbers in ASCII digits, whatever the language: these are for reckoning, not for reading. */
const calendars = {
  persian: new Intl.DateTimeFormat('en-u-ca-persian', {
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    timeZone: 'UTC',
  }),
  gregorian: new Intl.DateTimeFormat('en-u-ca-gregory', {
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    timeZone: 'UTC',
  }),
};

const calendarOf = (locale: Locale) => calendars[locale === 'fa' ? 'persian' : 'gregorian'];

/** `2026-11-22` → the parts of the day in the calendar of the language. */
export function partsOfDay(day: string, locale: Locale): DayParts {
  return partsAt(Date.parse(`${day}T00:00:00Z`), locale);
}

function partsAt(ms: number, locale: Locale): DayParts {
  const found = new Map(
    calendarOf(locale)
      .formatToParts(ms)
      .map(({ type, value }) => [type, Number.parseInt(value, 10)]),
  );
  return {
    year: found.get('year') ?? Number.NaN,
    month: found.get('month') ?? Number.NaN,
    day: found.get('day') ?? Number.NaN,
  };
}

/**
 * The other way round; undefined for a day that does not exist (30 Esfand of a common year, 31 April). `Intl` knows only
 * one direction, so the day is estimated and then found near by.
 */
export function dayOfParts({ year, month, day }: DayParts, locale: Locale): string | undefined {
  if (
    ![year, month, day].every(Number.isInteger) ||
    month < 1 ||
    month > 12 ||
    day < 1 ||
    day > 31 ||
    year < 1 ||
    year > 9999
  )
    return undefined;
  const estimate =
    locale === 'fa'
      ? // 1 Farvardin falls on 20–22 March; the first six months have 31 days, the next 30.
        Date.UTC(year + 621, 2, 21) + ((month - 1) * 30 + Math.min(month - 1, 6) + day - 1) * DAY_MS
      : Date.UTC(year, month - 1, day);
  for (const offset of [0, -1, 1, -2, 2]) {
    const ms = estimate + offset * DAY_MS;
    const found = partsAt(ms, locale);
    if (found.year === year && found.month === month && found.day === day)
      return new Date(ms).toISOString().slice(0, 10);
  }
  return undefined;
}

/** Names of the twelve months, in order. */
export function monthNames(locale: Locale): string[] {
  const names = new Intl.DateTimeFormat(locale === 'fa' ? 'fa-IR-u-ca-persian' : locale, {
    month: 'long',
    timeZone: 'UTC',
  });
  const year = partsAt(Date.now(), locale).year;
  return Array.from({ length: 12 }, (_, index) => {
    const day = dayOfParts({ year, month: index + 1, day: 1 }, locale);
    return day ? names.format(new Date(`${day}T00:00:00Z`)) : String(index + 1);
  });
}

/** Today in the reader's own time zone. */
export function today(): string {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}
