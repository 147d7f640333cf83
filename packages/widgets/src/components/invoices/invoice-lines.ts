import type { InvoiceLine } from '@callweave/sdk/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import type { Formats } from '../../formats/formats.ts';
import { moneyWords } from '../../formats/money-words.ts';
import type { BillingTerms } from '../../translations/billing-terms.ts';

/** What a line is for, in words, with the price that it was counted by. */
export function lineText(
  { kind, work, note }: InvoiceLine,
  t: BillingTerms,
  { locale, number, digits }: Formats,
): TemplateResult {
  return html`${kind === 'work' ? nothing : html`<span>${t.kind[kind]}</span>`}${
    work === null
      ? nothing
      : html` <span>${t.work(t.difficulty[work.difficulty], number(work.quantity), moneyWords(work.unitPrice, locale))}</span>
          <span class="small muted">${t.priceList(digits(String(work.priceListVersion)))}</span>`
  }${note === '' ? nothing : html`<span class="small muted note"><bdi>${note}</bdi></span>`}`;
}

/** The lines of one invoice. */
export function invoiceLines(lines: readonly InvoiceLine[], t: BillingTerms, formats: Formats): TemplateResult {
  return html`<ul class="lines" part="lines">${lines.map(
    (line) => html`<li class="row spread"><span class="what">${lineText(line, t, formats)}</span>
      <bdi class="tabular">${moneyWords(line.amount, formats.locale)}</bdi></li>`,
  )}</ul>`;
}
