import type { Locale } from '@callweave/sdk/protocol';

/** Numbers, money, times and telephone numbers as people of a language write them. */
export interface Formats {
  readonly locale: Locale;
  readonly direction: 'ltr' | 'rtl';
  number(value: number): string;
  /** Whole rials, without the unit. */
  rial(value: number): string;
  percent(share: number): string;
  /** `3:12`, `1:03:12`; always at least `0:00`. */
  duration(ms: number): string;
  /** Time of day. */
  time(instant: string | number): string;
  /** Day and time. */
  dateTime(instant: string | number): string;
  /** A calendar day `2026-11-22`, in the calendar of the language. */
  day(day: string): string;
  /** ASCII digits of any text as digits of the language: usernames, national codes. */
  digits(text: string): string;
  /** An E.164 number in groups; to be isolated left-to-right by whoever draws it. */
  phone(e164: string): string;
}

/** Persian: Jalali dates and Persian digits. English with the day first and 24 hours, as a desk writes it. */
const TAGS: Readonly<Record<Locale, string>> = { en: 'en-GB', fa: 'fa-IR-u-ca-persian', cs: 'cs-CZ' };

const known = new Map<Locale, Formats>();

/** Intl objects are slow to make, so that each language has one set for the whole page. */
export function formatsOf(locale: Locale): Formats {
  const present = known.get(locale);
  if (present) return present;
  const made = createFormats(locale);
  known.set(locale, made);
  return made;
}

function createFormats(locale: Locale): Formats {
  const tag = TAGS[locale];
  const number = new Intl.NumberFormat(tag);
  const rial = new Intl.NumberFormat(tag, { maximumFractionDigits: 0 });
  const percent = new Intl.NumberFormat(tag, { style: 'percent', maximumFractionDigits: 0 });
  const time = new Intl.DateTimeFormat(tag, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const dateTime = new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeStyle: 'short' });
  // A calendar day has no time zone: it is read and shown at UTC.
  const day = new Intl.DateTimeFormat(tag, { year: 'numeric', month: 'long', day: 'numeric', timeZone: 'UTC' });
  const single = new Intl.NumberFormat(tag, { useGrouping: false });
  const numerals = Array.from({ length: 10 }, (_, digit) => single.format(digit));
  const digits = (text: string) => text.replace(/\d/g, (digit) => numerals[Number(digit)] ?? digit);
  return {
    locale,
    direction: locale === 'fa' ? 'rtl' : 'ltr',
    number: (value) => number.format(value),
    rial: (value) => rial.format(value),
    percent: (share) => percent.format(share),
    duration: (ms) => digits(clock(ms)),
    time: (instant) => time.format(toDate(instant)),
    dateTime: (instant) => dateTime.format(toDate(instant)),
    day: (text) => day.format(new Date(`${text}T00:00:00Z`)),
    digits,
    phone: (e164) => digits(groupPhone(e164)),
  };
}

const toDate = (instant: string | number): Date => new Date(instant);

function clock(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (value: number) => String(value).padStart(2, '0');
  const minutes = Math.floor(seconds / 60) % 60;
  const hours = Math.floor(seconds / 3600);
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/** National writing where people know it by heart (Iran), groups of three elsewhere. */
function groupPhone(e164: string): string {
  const mobile = /^\+98(9\d{2})(\d{3})(\d{4})$/.exec(e164);
  if (mobile) return `0${mobile[1]} ${mobile[2]} ${mobile[3]}`;
  const landline = /^\+98(\d{2})(\d{4})(\d{4})$/.exec(e164);
  if (landline) return `0${landline[1]} ${landline[2]} ${landline[3]}`;
  const czech = /^\+420(\d{3})(\d{3})(\d{3})$/.exec(e164);
  if (czech) return `+420 ${czech[1]} ${czech[2]} ${czech[3]}`;
  return e164;
}
