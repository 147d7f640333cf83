/** Kept by zone: making one costs more than the rest of the checks of an order together. */
const formats = new Map<string, Intl.DateTimeFormat>();

/** The calendar day (Gregorian, `2026-11-22`) of an instant where the market is. */
export function dayIn(timeZone: string, at: Date): string {
  let format = formats.get(timeZone);
  if (format === undefined) {
    // Swedish writes days as ISO 8601 does.
    format = new Intl.DateTimeFormat('sv-SE', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
    formats.set(timeZone, format);
  }
  return format.format(at);
}
