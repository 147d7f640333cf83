/** Tells the calendar day of an instant where the house is: what ends on a day ends when that day is over there. */
export type DayOf = (at: Date) => string;

export function isOver(lastDay: string | null, today: string): boolean {
  return lastDay !== null && lastDay < today;
}
