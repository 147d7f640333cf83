import { type CivilDay, civilDayAt, dayAfter, instantsOf, jalaliOf, weekdayOf } from './civil-time.ts';

export const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** Wall-clock times of one day, `08:30` to `24:00`. A night is two of these: to 24:00, and from 00:00 of the next day. */
export interface OpenTime {
  readonly from: string;
  readonly to: string;
}

/**
 * A day on which the weekly hours do not count: one Gregorian day (`2026-12-24`), or a month and day that come again every
 * year of their calendar. The thirtieth of Esfand (Jalali 12/30) is there in leap years alone.
 */
export type Holiday =
  | string
  | { readonly calendar: 'jalali' | 'gregorian'; readonly month: number; readonly day: number };

export interface OpeningHours {
  /** IANA name: `Asia/Tehran`, `Europe/Prague`. */
  readonly timeZone: string;
  /** A day that is not named is closed. */
  readonly weekly: Readonly<Partial<Record<Weekday, readonly OpenTime[]>>>;
  readonly holidays?: readonly Holiday[];
}

export interface OpenState {
  readonly open: boolean;
  /** When that changes; undefined: not within a year. */
  readonly until: Date | undefined;
}

const DAYS_AHEAD = 370;

/** Whether it is open at this instant, and until when it stays so. Without hours it is always open. */
export function openStateAt(hours: OpeningHours | undefined, at: Date): OpenState {
  if (hours === undefined) return { open: true, until: undefined };
  const now = at.getTime();
  // What lies before the first stretch that ends later is past.
  let end: number | undefined;
  let day = civilDayAt(hours.timeZone, at);
  for (let ahead = 0; ahead <= DAYS_AHEAD; ahead += 1, day = dayAfter(day)) {
    for (const stretch of stretchesOf(hours, day)) {
      if (end === undefined) {
        if (stretch.to <= now) continue;
        if (stretch.from > now) return { open: false, until: new Date(stretch.from) };
        end = stretch.to;
      } else if (stretch.from <= end) {
        end = Math.max(end, stretch.to);
      } else {
        return { open: true, until: new Date(end) };
      }
    }
  }
  // Still in one stretch after a year: it never closes.
  if (end === undefined) return { open: false, until: undefined };
  return { open: true, until: end - now > (DAYS_AHEAD - 3) * 86_400_000 ? undefined : new Date(end) };
}

export function isHoliday(holidays: readonly Holiday[], day: CivilDay): boolean {
  const text = `${String(day.year).padStart(4, '0')}-${String(day.month).padStart(2, '0')}-${String(day.day).padStart(2, '0')}`;
  const jalali = jalaliOf(day);
  return holidays.some((holiday) => {
    if (typeof holiday === 'string') return holiday === text;
    const own = holiday.calendar === 'jalali' ? jalali : day;
    return holiday.month === own.month && holiday.day === own.day;
  });
}

function stretchesOf(hours: OpeningHours, day: CivilDay): { from: number; to: number }[] {
  const weekday = WEEKDAYS[weekdayOf(day)] as Weekday;
  const times = hours.weekly[weekday] ?? [];
  if (times.length === 0 || isHoliday(hours.holidays ?? [], day)) return [];
  return times
    .map(({ from, to }) => ({
      from: instantsOf(hours.timeZone, day, minutesOf(from)).first,
      // An hour that comes twice in autumn belongs to the opening hours both times.
      to: instantsOf(hours.timeZone, day, minutesOf(to)).last,
    }))
    .filter(({ from, to }) => to > from)
    .sort((a, b) => a.from - b.from);
}

/** @throws RangeError for what is no time of day */
function minutesOf(time: string): number {
  const [, hour, minute] = /^([01]\d|2[0-4]):([0-5]\d)$/.exec(time) ?? [];
  const minutes = Number(hour) * 60 + Number(minute);
  if (!(minutes <= 1440))
    throw new RangeError(`"${time}" is no time of day; write it as 08:30, the end of a day as 24:00.`);
  return minutes;
}

/** Throws what is wrong with opening hours, so that it is found when the desk starts and not when somebody calls. */
export function checkOpeningHours(hours: OpeningHours): void {
  // An unknown time zone throws in here.
  civilDayAt(hours.timeZone, new Date(0));
  for (const [weekday, times] of Object.entries(hours.weekly)) {
    if (!(WEEKDAYS as readonly string[]).includes(weekday)) throw new RangeError(`"${weekday}" is no day of the week.`);
    for (const { from, to } of times)
      if (minutesOf(from) >= minutesOf(to))
        throw new RangeError(`${weekday} ${from}–${to} is empty; a night is two stretches, to 24:00 and from 00:00.`);
  }
  for (const holiday of hours.holidays ?? []) {
    const valid =
      typeof holiday === 'string'
        ? /^\d{4}-\d{2}-\d{2}$/.test(holiday) && !Number.isNaN(Date.parse(holiday))
        : holiday.month >= 1 && holiday.month <= 12 && holiday.day >= 1 && holiday.day <= 31;
    if (!valid)
      throw new RangeError(`${JSON.stringify(holiday)} is no holiday; give a day like 2026-12-24, or month and day.`);
  }
}
