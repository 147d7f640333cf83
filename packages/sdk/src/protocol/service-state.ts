/** Plain values and no schema: widgets take this table along, and must not take zod along with it. */
export const SERVICE_STATES = ['not-activated', 'active', 'renewed', 'per-case', 'declined', 'expired'] as const;
export type ServiceStateName = (typeof SERVICE_STATES)[number];

/** What the buyer has chosen for the time after the paid service. */
export const SERVICE_CHOICES = ['none', 'per-case', 'declined'] as const;
export type ServiceChoice = (typeof SERVICE_CHOICES)[number];

/** What is written of a device's service; everything else follows from the day. Days are calendar days of the house. */
export interface ServiceFacts {
  /** Service starts with the installation. Null: it was not installed yet. */
  readonly installedOn: string | null;
  /** Its last day. Null: no service was bought. */
  readonly serviceEndsOn: string | null;
  /** The present service was bought after the first one. */
  readonly renewed: boolean;
  readonly choice: ServiceChoice;
}

export interface ServiceState {
  readonly state: ServiceStateName;
  /** Days that service still runs after today: 0 on its last day. Null when none runs. */
  readonly daysLeft: number | null;
}

/**
 * The service of a device on a day. What was paid for runs to its end, whatever was chosen for afterwards; the choice
 * tells only what comes then.
 */
export function serviceOn(today: string, { installedOn, serviceEndsOn, renewed, choice }: ServiceFacts): ServiceState {
  if (installedOn === null || installedOn > today) return { state: 'not-activated', daysLeft: null };
  if (serviceEndsOn !== null && serviceEndsOn >= today)
    return { state: renewed ? 'renewed' : 'active', daysLeft: daysBetween(today, serviceEndsOn) };
  return { state: choice === 'none' ? 'expired' : choice, daysLeft: null };
}

/** The last day of service after a renewal: it follows what still runs, or begins today. */
export function serviceEndAfter(today: string, serviceEndsOn: string | null, years: number): string {
  const before = serviceEndsOn !== null && serviceEndsOn >= today ? serviceEndsOn : addDays(today, -1);
  return addMonths(before, years * 12);
}

/** The last day of a span of months that begins on this day. */
export function lastDayOf(from: string, months: number): string {
  return addMonths(addDays(from, -1), months);
}

const DAY_MS = 86_400_000;

const atNoon = (day: string): number => Date.parse(`${day}T12:00:00.000Z`);
const dayAt = (noon: number): string => new Date(noon).toISOString().slice(0, 10);

/** How many days later `to` is; negative when it is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((atNoon(to) - atNoon(from)) / DAY_MS);
}

export function addDays(day: string, days: number): string {
  return dayAt(atNoon(day) + days * DAY_MS);
}

/** The same day of a later month, or the last day of that month where it is shorter. */
export function addMonths(day: string, months: number): string {
  const start = new Date(atNoon(day));
  const moved = Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + months, 1, 12);
  const end = new Date(moved);
  const last = new Date(Date.UTC(end.getUTCFullYear(), end.getUTCMonth() + 1, 0, 12)).getUTCDate();
  return dayAt(moved + (Math.min(start.getUTCDate(), last) - 1) * DAY_MS);
}
