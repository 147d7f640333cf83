import { type Currency, MINOR_UNITS, toAsciiDigits } from '@callweave/sdk/protocol';

/** Prices in rial are typed in toman, as they are said. */
const RIALS_IN_TOMAN = 10;

const unitOf = (currency: Currency): number => (currency === 'IRR' ? RIALS_IN_TOMAN : MINOR_UNITS[currency]);

/** What a person typed, in the smallest unit; digits of any script, with or without separators. Undefined: no price. */
export function readPrice(typed: string, currency: Currency): number | undefined {
  const spaceless = toAsciiDigits(typed)
    .replaceAll(/[\s\u066c\u200c']/g, '')
    .replace('\u066b', '.');
  // In toman a comma parts thousands; where there are cents it may part them, as in Czech.
  const plain = currency === 'IRR' ? spaceless.replaceAll(',', '') : spaceless.replace(',', '.');
  if (!/^\d{1,15}(\.\d{1,2})?$/.test(plain)) return undefined;
  const [whole = '', part = ''] = plain.split('.');
  const unit = unitOf(currency);
  // In parts: a decimal fraction times a hundred is not exact.
  const fraction = unit === RIALS_IN_TOMAN ? Number(part.padEnd(1, '0')) : Number(part.padEnd(2, '0'));
  if (unit === RIALS_IN_TOMAN && part.length > 1) return undefined;
  const amount = Number(whole) * unit + fraction;
  return Number.isSafeInteger(amount) ? amount : undefined;
}

/** The same the other way, for a field. */
export function writePrice(amount: number, currency: Currency): string {
  const unit = unitOf(currency);
  const rest = amount % unit;
  const whole = Math.floor(amount / unit);
  return rest === 0 ? `${whole}` : `${whole}.${String(rest).padStart(unit === RIALS_IN_TOMAN ? 1 : 2, '0')}`;
}
