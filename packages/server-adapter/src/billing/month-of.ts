import type { BillingPolicy } from './policy.ts';

/** The month of an instant where the house is, as text that sorts: `1405-09`, `2026-11`. */
export function monthOf(at: Date, { calendar, timeZone }: Pick<BillingPolicy, 'calendar' | 'timeZone'>): string {
  const format = new Intl.DateTimeFormat(`en-US-u-ca-${calendar === 'persian' ? 'persian' : 'gregory'}-nu-latn`, {
    timeZone,
    year: 'numeric',
    month: '2-digit',
  });
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  return `${parts['year']}-${parts['month']}`;
}
