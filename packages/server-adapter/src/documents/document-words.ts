import { type Locale, MINOR_UNITS, type Money } from '@callweave/sdk/protocol';

/** Numbers, days and sums as a document of a language writes them: in Persian with its own digits and the Jalali calendar. */
export interface DocumentWords {
  number(value: number): string;
  /** ASCII digits of any text as digits of the language. */
  digits(text: string): string;
  /** A calendar day `2026-11-22`. */
  day(day: string): string;
  /** Month and year of a calendar day. */
  month(day: string): string;
  dateTime(instant: string | Date, timeZone: string): string;
  /** Rials are said in toman (in rial where it does not come out even). */
  money(money: Money): string;
  /** `Page 2 of 3`. */
  page(page: number, of: number): string;
}

const TAGS: Readonly<Record<Locale, string>> = { en: 'en-GB', fa: 'fa-IR-u-ca-persian', cs: 'cs-CZ' };
const TOMAN: Readonly<Record<Locale, string>> = { en: 'toman', fa: 'تومان', cs: 'tomanů' };
const RIAL: Readonly<Record<Locale, string>> = { en: 'rial', fa: 'ریال', cs: 'rialů' };
const RIALS_IN_TOMAN = 10;

export function documentWords(locale: Locale): DocumentWords {
  const tag = TAGS[locale];
  const number = new Intl.NumberFormat(tag, { maximumFractionDigits: 2 });
  const single = new Intl.NumberFormat(tag, { useGrouping: false });
  const numerals = Array.from({ length: 10 }, (_, digit) => single.format(digit));
  const day = new Intl.DateTimeFormat(tag, { dateStyle: 'long', timeZone: 'UTC' });
  const month = new Intl.DateTimeFormat(tag, { month: 'long', year: 'numeric', timeZone: 'UTC' });
  const atUtc = (text: string) => new Date(`${text}T00:00:00Z`);
  return {
    number: (value) => number.format(value),
    digits: (text) => text.replace(/\d/g, (digit) => numerals[Number(digit)] ?? digit),
    day: (text) => day.format(atUtc(text)),
    month(text) {
      // Intl puts the year of the Jalali calendar first, as nobody says it.
      const parts = month.formatToParts(atUtc(text));
      const part = (type: 'month' | 'year') => parts.find((each) => each.type === type)?.value ?? '';
      return `${part('month')} ${part('year')}`;
    },
    dateTime: (instant, timeZone) =>
      new Intl.DateTimeFormat(tag, { dateStyle: 'long', timeStyle: 'short', hourCycle: 'h23', timeZone }).format(
        new Date(instant),
      ),
    money({ amount, currency }) {
      if (currency !== 'IRR')
        return new Intl.NumberFormat(tag, { style: 'currency', currency }).format(amount / MINOR_UNITS[currency]);
      const even = amount % RIALS_IN_TOMAN === 0;
      return `${number.format(even ? amount / RIALS_IN_TOMAN : amount)} ${(even ? TOMAN : RIAL)[locale]}`;
    },
    page: (page, of) =>
      locale === 'fa'
        ? `صفحهٔ ${number.format(page)} از ${number.format(of)}`
        : `${locale === 'cs' ? 'Strana' : 'Page'} ${page} ${locale === 'cs' ? 'z' : 'of'} ${of}`,
  };
}
