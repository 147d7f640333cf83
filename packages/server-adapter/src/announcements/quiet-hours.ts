/** Times of day where the house is, `21:00` to `08:00`: no telephone buzzes between them. */
export interface QuietHours {
  readonly from: string;
  readonly to: string;
}

export const DEFAULT_QUIET_HOURS: QuietHours = { from: '21:00', to: '08:00' };

const MINUTE = 60_000;
const DAY_MINUTES = 1_440;

/** @throws when a time is none: better at start than at night */
export function checkQuietHours({ from, to }: QuietHours): void {
  for (const time of [from, to])
    if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(time)) throw new Error(`Quiet hours are given as 21:00, not as "${time}".`);
  if (from === to) throw new Error('Quiet hours that begin when they end would never end; leave them out instead.');
}

/** When a message may go out that is ready at this instant: now, or at the end of the quiet hours. */
export function afterQuietHours(at: Date, { from, to }: QuietHours, timeZone: string): Date {
  const now = minuteOfDay(at, timeZone);
  const [start, end] = [minutesOf(from), minutesOf(to)];
  const quiet = start < end ? now >= start && now < end : now >= start || now < end;
  if (!quiet) return at;
  const begun = Math.floor(at.getTime() / MINUTE) * MINUTE;
  const wait = (end - now + DAY_MINUTES) % DAY_MINUTES;
  const morning = new Date(begun + wait * MINUTE);
  // The clocks may be put forward or back in the night.
  const shift = minuteOfDay(morning, timeZone) - end;
  return shift === 0 ? morning : new Date(morning.getTime() - shift * MINUTE);
}

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

function minuteOfDay(at: Date, timeZone: string): number {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  return minutesOf(format.format(at));
}
