import { dayOfJalali, toAsciiDigits } from '@callweave/sdk/protocol';

/** Years before this are of the Jalali calendar. */
const FIRST_GREGORIAN_YEAR = 1700;

/** A day as people write it into tables: `2026-11-22`, `2026/11/22`, `22.11.2026`, «۱۴۰۵/۰۹/۰۱». Undefined: it is none. */
export function readImportDay(text: string): string | undefined {
  const parts = toAsciiDigits(text)
    .trim()
    .split(/[-/.]\s*/);
  if (parts.length !== 3 || !parts.every((part) => /^\d{1,4}$/.test(part))) return undefined;
  const [first = 0, month = 0, last = 0] = parts.map(Number);
  const [year, day] = (parts[0] ?? '').length === 4 ? [first, last] : [last, first];
  if (year < 1000) return undefined;
  if (year < FIRST_GREGORIAN_YEAR) return dayOfJalali(year, month, day);
  const at = new Date(Date.UTC(year, month - 1, day));
  return at.getUTCMonth() === month - 1 && at.getUTCDate() === day ? at.toISOString().slice(0, 10) : undefined;
}
