/** A day of the Gregorian calendar, as a wall calendar shows it: no instant, no time zone. */
export interface CivilDay {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

const MINUTE = 60_000;
const DAY = 86_400_000;

const formats = new Map<string, Intl.DateTimeFormat>();

/** Making a format costs far more than using it. */
function wallClock(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US-u-ca-gregory-nu-latn', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(timeZone, format);
  }
  return format;
}

const persian = new Intl.DateTimeFormat('en-US-u-ca-persian-nu-latn', {
  timeZone: 'UTC',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
});

function numbersOf(format: Intl.DateTimeFormat, at: number): Record<string, number> {
  return Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number.parseInt(value, 10)]));
}

export function civilDayAt(timeZone: string, at: Date): CivilDay {
  const { year = 0, month = 1, day = 1 } = numbersOf(wallClock(timeZone), at.getTime());
  return { year, month, day };
}

const noon = ({ year, month, day }: CivilDay): number => Date.UTC(year, month - 1, day, 12);

export function dayAfter(day: CivilDay): CivilDay {
  const next = new Date(noon(day) + DAY);
  return { year: next.getUTCFullYear(), month: next.getUTCMonth() + 1, day: next.getUTCDate() };
}

/** 0: Sunday. */
export function weekdayOf(day: CivilDay): number {
  return new Date(noon(day)).getUTCDay();
}

/** The same day in the Jalali (Solar Hijri) calendar. */
export function jalaliOf(day: CivilDay): CivilDay {
  const parts = numbersOf(persian, noon(day));
  return { year: parts['year'] ?? 0, month: parts['month'] ?? 0, day: parts['day'] ?? 0 };
}

/** How far a wall clock there is ahead of UTC at this instant. */
function offsetAt(timeZone: string, at: number): number {
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = numbersOf(wallClock(timeZone), at);
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1000) * 1000;
}

/**
 * The instants at which a wall clock there shows this many minutes of this day: two when clocks go back. A time that they
 * jump over is the moment of the jump.
 */
export function instantsOf(timeZone: string, day: CivilDay, minutes: number): { first: number; last: number } {
  const wall = Date.UTC(day.year, day.month - 1, day.day) + minutes * MINUTE;
  const before = offsetAt(timeZone, wall - DAY);
  const after = offsetAt(timeZone, wall + DAY);
  const found = [...new Set([wall - before, wall - after])].filter((at) => at + offsetAt(timeZone, at) === wall);
  if (found.length > 0) return { first: Math.min(...found), last: Math.max(...found) };
  let low = Math.min(wall - before, wall - after);
  let high = Math.max(wall - before, wall - after);
  while (high - low > 1000) {
    const middle = Math.floor((low + high) / 2000) * 1000;
    if (offsetAt(timeZone, middle) === before) low = middle;
    else high = middle;
  }
  return { first: high, last: high };
}
