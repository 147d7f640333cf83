/** The calendar day (Gregorian, `2026-11-22`) of an instant where the market is. */
export function dayIn(timeZone: string, at: Date): string {
  // Swedish writes days as ISO 8601 does.
  return new Intl.DateTimeFormat('sv-SE', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(at);
}
