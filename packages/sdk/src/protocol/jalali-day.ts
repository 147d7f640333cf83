import { jalaliOf } from './civil-time.ts';

const DAY_MS = 86_400_000;

/** The Gregorian day (`2026-11-22`) of a day of the Jalali calendar; undefined when there is no such day. */
export function dayOfJalali(year: number, month: number, day: number): string | undefined {
  if (month < 1 || month > 12 || day < 1 || day > 31) return undefined;
  const intoYear = month <= 6 ? (month - 1) * 31 : 186 + (month - 7) * 30;
  // Nowruz lies between 19 and 22 March: near enough to find the day by looking at its neighbours.
  const near = Date.UTC(year + 621, 2, 20, 12) + (intoYear + day - 1) * DAY_MS;
  for (let off = -2; off <= 3; off += 1) {
    const at = new Date(near + off * DAY_MS);
    const jalali = jalaliOf({ year: at.getUTCFullYear(), month: at.getUTCMonth() + 1, day: at.getUTCDate() });
    if (jalali.year === year && jalali.month === month && jalali.day === day) return at.toISOString().slice(0, 10);
  }
  return undefined;
}
