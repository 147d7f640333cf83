import { type OpeningHours, openStateAt } from '@callweave/sdk/protocol';

/** The instant at which so much working time has passed; undefined when there is never enough (hours that never open again). */
export function afterWorkingTime(hours: OpeningHours | undefined, from: Date, ms: number): Date | undefined {
  let at = from;
  let left = ms;
  for (;;) {
    const { open, until } = openStateAt(hours, at);
    if (open) {
      const stretch = until === undefined ? Number.POSITIVE_INFINITY : until.getTime() - at.getTime();
      if (left <= stretch) return new Date(at.getTime() + left);
      left -= stretch;
    }
    if (until === undefined) return undefined;
    at = until;
  }
}

/** Working time between two instants; none when the second is earlier. */
export function workingTimeBetween(hours: OpeningHours | undefined, from: Date, to: Date): number {
  let at = from;
  let sum = 0;
  while (at < to) {
    const { open, until } = openStateAt(hours, at);
    const end = until === undefined || until > to ? to : until;
    if (open) sum += end.getTime() - at.getTime();
    at = end;
  }
  return sum;
}
