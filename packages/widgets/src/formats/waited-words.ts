import type { Locale } from '@callweave/sdk/protocol';

const STEPS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

const known = new Map<string, Intl.NumberFormat>();

/** How long somebody has waited, as one says it: `5 min`, `3 hr`, `2 days`. Changes once a minute. */
export function waitedWords(ms: number, locale: Locale): string {
  const [unit, length] = STEPS.find(([, step]) => ms >= step) ?? STEPS[2];
  const key = `${locale} ${unit}`;
  let format = known.get(key);
  if (format === undefined) {
    format = new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' });
    known.set(key, format);
  }
  return format.format(Math.floor(ms / length));
}
