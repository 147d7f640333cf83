import type { Locale, OrderTerms } from '@callweave/sdk/protocol';

interface SpokenOrder {
  readonly terms: OrderTerms;
  readonly symbol: string;
  readonly number: number;
}

export interface SpokenInstruction {
  readonly kind: 'new' | 'change' | 'withdraw';
  readonly order: SpokenOrder;
  /** What a change replaces. */
  readonly original?: SpokenOrder;
}

interface Wording {
  readonly side: Readonly<Record<OrderTerms['side'], string>>;
  readonly atMarket: string;
  readonly atLimit: (rial: string) => string;
  readonly validity: {
    readonly day: string;
    readonly gtc: string;
    readonly until: (day: string) => string;
    readonly 'fill-and-kill': string;
  };
  readonly terms: (side: string, quantity: string, symbol: string, price: string, validity: string) => string;
  readonly fresh: (terms: string) => string;
  readonly change: (number: string, terms: string, before: string) => string;
  readonly withdraw: (number: string, terms: string) => string;
}

const WORDINGS: Readonly<Record<Locale, Wording>> = {
  en: {
    side: { buy: 'buy', sell: 'sell' },
    atMarket: 'at the market price',
    atLimit: (rial) => `at ${rial} rials each`,
    validity: {
      day: 'valid today',
      gtc: 'valid until cancelled',
      until: (day) => `valid until ${day}`,
      'fill-and-kill': 'to be filled at once or cancelled',
    },
    terms: (side, quantity, symbol, price, validity) => `${side} ${quantity} of ${symbol} ${price}, ${validity}`,
    fresh: (terms) => `Your order: ${terms}. Do you confirm?`,
    change: (number, terms, before) =>
      `You change order ${number}. From now on: ${terms}. Until now it was: ${before}. Do you confirm?`,
    withdraw: (number, terms) => `You withdraw order ${number}: ${terms}. Do you confirm?`,
  },
  fa: {
    side: { buy: 'خرید', sell: 'فروش' },
    atMarket: 'به قیمت بازار',
    atLimit: (rial) => `به قیمت هر واحد ${rial} ریال`,
    validity: {
      day: 'با اعتبار امروز',
      gtc: 'معتبر تا لغو',
      until: (day) => `معتبر تا ${day}`,
      'fill-and-kill': 'انجام و حذف',
    },
    terms: (side, quantity, symbol, price, validity) => `${side} ${quantity} واحد ${symbol}، ${price}، ${validity}`,
    fresh: (terms) => `درخواست شما: ${terms}. آیا تأیید می‌کنید؟`,
    change: (number, terms, before) =>
      `درخواست شمارهٔ ${number} را تغییر می‌دهید. از این پس: ${terms}. پیش از این: ${before}. آیا تأیید می‌کنید؟`,
    withdraw: (number, terms) => `از درخواست شمارهٔ ${number} انصراف می‌دهید: ${terms}. آیا تأیید می‌کنید؟`,
  },
  cs: {
    side: { buy: 'nákup', sell: 'prodej' },
    atMarket: 'za tržní cenu',
    atLimit: (rial) => `za ${rial} rialů za kus`,
    validity: {
      day: 's platností dnes',
      gtc: 's platností do zrušení',
      until: (day) => `s platností do ${day}`,
      'fill-and-kill': 'splnit ihned, nebo zrušit',
    },
    terms: (side, quantity, symbol, price, validity) => `${side}, ${quantity} ks ${symbol}, ${price}, ${validity}`,
    fresh: (terms) => `Váš pokyn: ${terms}. Potvrzujete?`,
    change: (number, terms, before) => `Měníte pokyn číslo ${number}. Nově: ${terms}. Dosud: ${before}. Potvrzujete?`,
    withdraw: (number, terms) => `Rušíte pokyn číslo ${number}: ${terms}. Potvrzujete?`,
  },
};

const FORMATS: Readonly<Record<Locale, { readonly number: string; readonly day: string }>> = {
  en: { number: 'en', day: 'en-GB' },
  fa: { number: 'fa-IR', day: 'fa-IR-u-ca-persian' },
  cs: { number: 'cs', day: 'cs' },
};

/** The sentence that the agent reads to the customer: digits, calendar and words of the language. */
export function readBackText(locale: Locale, { kind, order, original }: SpokenInstruction): string {
  const words = WORDINGS[locale];
  // A running number is said digit by digit in groups of nobody's choosing: no thousands separator.
  const number = new Intl.NumberFormat(FORMATS[locale].number, { useGrouping: false }).format(
    (original ?? order).number,
  );
  const terms = termsText(locale, order);
  if (kind === 'withdraw') return words.withdraw(number, terms);
  return original ? words.change(number, terms, termsText(locale, original)) : words.fresh(terms);
}

function termsText(locale: Locale, { terms, symbol }: SpokenOrder): string {
  const words = WORDINGS[locale];
  const amount = new Intl.NumberFormat(FORMATS[locale].number, { useGrouping: true });
  const price = terms.price.kind === 'market' ? words.atMarket : words.atLimit(amount.format(terms.price.rial));
  const validity =
    terms.validity.kind === 'until'
      ? words.validity.until(dayText(locale, terms.validity.day))
      : words.validity[terms.validity.kind];
  return words.terms(words.side[terms.side], amount.format(terms.quantity), symbol, price, validity);
}

/** A calendar day has no time zone: it is formatted as it is written. */
function dayText(locale: Locale, day: string): string {
  return new Intl.DateTimeFormat(FORMATS[locale].day, { dateStyle: 'long', timeZone: 'UTC' }).format(
    new Date(`${day}T12:00:00Z`),
  );
}
