import { dayIn } from '../orders/index.ts';

const HOUR = 3_600_000;
/** No zone is further from UTC, and no day longer than 25 hours. */
const FURTHEST_HOURS = 15;

/** The first instant of a calendar day where the market is. */
export function dayStart(day: string, timeZone: string): string {
  const noon = Date.parse(`${day}T12:00:00.000Z`);
  // The day begins between these two; by halving one comes to the millisecond, whatever the zone does with its clocks.
  let before = noon - (12 + FURTHEST_HOURS) * HOUR;
  let inside = noon + FURTHEST_HOURS * HOUR;
  while (inside - before > 1) {
    const middle = Math.floor((before + inside) / 2);
    if (dayIn(timeZone, new Date(middle)) < day) before = middle;
    else inside = middle;
  }
  return new Date(inside).toISOString();
}

/** The first instant after it. */
export function dayEnd(day: string, timeZone: string): string {
  const next = new Date(Date.parse(`${day}T12:00:00.000Z`) + 24 * HOUR).toISOString().slice(0, 10);
  return dayStart(next, timeZone);
}
