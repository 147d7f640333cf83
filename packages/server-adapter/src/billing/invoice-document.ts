import type { InvoiceDetail, InvoiceLine, Locale } from '@callweave/sdk/protocol';
import { documentWords, renderDocument } from '../documents/index.ts';
import { INVOICE_WORDS, type InvoiceWords } from './invoice-words.ts';
import type { InvoiceRow } from './invoices.ts';
import type { BillingPolicy } from './policy.ts';

/** The invoice on paper, in a language. What it says was fixed when it was issued. */
export async function printInvoice(
  invoice: InvoiceDetail,
  { billed_to }: InvoiceRow,
  locale: Locale,
  { timeZone, issuer }: Pick<BillingPolicy, 'timeZone' | 'issuer'>,
): Promise<Uint8Array<ArrayBuffer>> {
  const words = INVOICE_WORDS[locale];
  const say = documentWords(locale);
  const to = JSON.parse(billed_to) as { name: string; nationalCode: string | null; address: string | null };
  const number = say.digits(String(invoice.number));
  const name = invoice.kind === 'invoice' ? words.invoice(number) : words.creditNote(number);
  return renderDocument({
    locale,
    title: name,
    reference: name,
    ...(issuer === undefined ? {} : { issuer }),
    issuedAt: new Date(invoice.issuedAt),
    blocks: [
      {
        kind: 'facts',
        facts: [
          { name: words.issuedAt, value: say.dateTime(invoice.issuedAt, timeZone) },
          { name: words.billedTo, value: to.name },
          ...(to.nationalCode === null
            ? []
            : [{ name: words.nationalCode, value: say.digits(to.nationalCode), ltr: true }]),
          ...(to.address === null ? [] : [{ name: words.address, value: to.address }]),
        ],
      },
      {
        kind: 'table',
        columns: [
          { title: words.day, share: 2 },
          { title: words.work, share: 4 },
          { title: words.quantity, align: 'end' },
          { title: words.unitPrice, share: 2, align: 'end' },
          { title: words.amount, share: 2, align: 'end' },
        ],
        rows: invoice.lines.map((line) => [
          say.dateTime(line.at, timeZone),
          textOf(line, words, say.number),
          line.work === null ? '' : say.number(line.work.quantity),
          line.work === null ? '' : say.money(line.work.unitPrice),
          say.money(line.amount),
        ]),
      },
      { kind: 'totals', lines: [{ name: words.total, value: say.money(invoice.total), strong: true }] },
      { kind: 'paragraph', text: words.tax, tone: 'muted' },
    ],
  });
}

function textOf({ kind, work, note }: InvoiceLine, words: InvoiceWords, number: (value: number) => string): string {
  const of =
    work === null
      ? ''
      : words.workOf(words.difficulty[work.difficulty], number(work.unitMinutes), number(work.priceListVersion));
  const taken = kind === 'correction' ? words.correction : '';
  return [taken, of, note].filter((part) => part !== '').join('\n');
}
