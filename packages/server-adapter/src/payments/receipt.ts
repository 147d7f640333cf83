import type { Locale, Payment } from '@callweave/sdk/protocol';
import { documentWords, renderDocument } from '../documents/index.ts';

const WORDS = {
  en: {
    title: 'Receipt',
    number: 'Receipt number',
    for: 'For',
    paidAt: 'Paid',
    gateway: 'Gateway',
    reference: 'Reference',
    card: 'Card',
    total: 'Amount paid',
    refunded: 'This amount was given back on',
  },
  fa: {
    title: 'رسید پرداخت',
    number: 'شمارهٔ رسید',
    for: 'بابت',
    paidAt: 'زمان پرداخت',
    gateway: 'درگاه',
    reference: 'شمارهٔ پیگیری',
    card: 'کارت',
    total: 'مبلغ پرداخت‌شده',
    refunded: 'این مبلغ بازگردانده شد در',
  },
  cs: {
    title: 'Doklad o zaplacení',
    number: 'Číslo dokladu',
    for: 'Za',
    paidAt: 'Zaplaceno',
    gateway: 'Brána',
    reference: 'Číslo transakce',
    card: 'Karta',
    total: 'Zaplacená částka',
    refunded: 'Tato částka byla vrácena',
  },
} as const satisfies Record<Locale, unknown>;

/** What the buyer keeps of a payment. A card stands on it masked, as it is kept. */
export function printReceipt(
  payment: Payment & { readonly paidAt: string },
  locale: Locale,
  timeZone: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const words = WORDS[locale];
  const say = documentWords(locale);
  const fact = (name: string, value: string | null, ltr = false) => (value === null ? [] : [{ name, value, ltr }]);
  return renderDocument({
    locale,
    title: words.title,
    issuedAt: new Date(payment.paidAt),
    blocks: [
      {
        kind: 'facts',
        facts: [
          ...fact(words.number, payment.receiptNumber === null ? null : say.digits(String(payment.receiptNumber))),
          ...fact(words.for, payment.description),
          ...fact(words.paidAt, say.dateTime(payment.paidAt, timeZone)),
          ...fact(words.gateway, payment.gateway, true),
          ...fact(words.reference, payment.reference, true),
          ...fact(words.card, payment.card, true),
        ],
      },
      { kind: 'totals', lines: [{ name: words.total, value: say.money(payment.amount), strong: true }] },
      ...(payment.refundedAt === null
        ? []
        : [{ kind: 'paragraph' as const, text: `${words.refunded} ${say.dateTime(payment.refundedAt, timeZone)}` }]),
    ],
  });
}
