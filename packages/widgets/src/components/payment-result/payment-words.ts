import type { Payment } from '@callweave/sdk/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import type { Formats } from '../../formats/formats.ts';
import { moneyWords } from '../../formats/money-words.ts';
import type { PaymentTerms } from '../../translations/payment-terms.ts';

/** A word of the wire as people say it, or as it stands where nobody has given it words. */
export const said = (words: Readonly<Record<string, string>>, word: string): string | TemplateResult =>
  words[word] ?? html`<bdi dir="ltr">${word}</bdi>`;

export type PaymentTone = 'success' | 'warning' | 'danger' | '';

export const toneOf = ({ state, unsettled }: Payment): PaymentTone =>
  unsettled !== null && unsettled !== 'waiting'
    ? 'danger'
    : state === 'paid'
      ? 'success'
      : state === 'at-gateway'
        ? 'warning'
        : '';

/** What is known of a payment, with what a bank asks for when it is called. */
export function paymentFacts(payment: Payment, t: PaymentTerms, formats: Formats): TemplateResult {
  const { facts } = t;
  const fact = (name: string, value: unknown) => html`<dt>${name}</dt><dd>${value}</dd>`;
  const code = (name: string, value: string | null) =>
    value === null ? nothing : fact(name, html`<bdi dir="ltr" class="tabular">${formats.digits(value)}</bdi>`);
  return html`<dl part="facts">
    ${fact(facts.amount, html`<bdi class="sum tabular">${moneyWords(payment.amount, formats.locale)}</bdi>`)}
    ${fact(facts.for, html`<bdi>${payment.description}</bdi>`)}
    ${payment.paidAt === null ? nothing : fact(facts.paidAt, html`<span class="tabular">${formats.dateTime(payment.paidAt)}</span>`)}
    ${code(facts.receiptNumber, payment.receiptNumber === null ? null : String(payment.receiptNumber))}
    ${code(facts.reference, payment.reference)}
    ${code(facts.card, payment.card)}
    ${payment.gateway === null ? nothing : fact(facts.gateway, said(t.gateway, payment.gateway))}
  </dl>`;
}
