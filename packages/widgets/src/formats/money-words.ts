import { type Locale, MINOR_UNITS, type Money } from '@callweave/sdk/protocol';

const TOMAN: Readonly<Record<Locale, string>> = { en: 'toman', fa: 'تومان', cs: 'tomanů' };
const RIAL: Readonly<Record<Locale, string>> = { en: 'rial', fa: 'ریال', cs: 'rialů' };
const TAGS: Readonly<Record<Locale, string>> = { en: 'en-GB', fa: 'fa-IR', cs: 'cs-CZ' };
const RIALS_IN_TOMAN = 10;

/** A sum as people say it: rials in toman (in rial where it does not come out even), anything else with its sign. */
export function moneyWords({ amount, currency }: Money, locale: Locale): string {
  if (currency !== 'IRR')
    return new Intl.NumberFormat(TAGS[locale], { style: 'currency', currency }).format(amount / MINOR_UNITS[currency]);
  const number = new Intl.NumberFormat(TAGS[locale], { maximumFractionDigits: 0 });
  const inToman = amount % RIALS_IN_TOMAN === 0;
  return `${number.format(inToman ? amount / RIALS_IN_TOMAN : amount)} ${(inToman ? TOMAN : RIAL)[locale]}`;
}
