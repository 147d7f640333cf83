import type { Money, Transfer, TransferConsent } from '@callweave/sdk/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import type { Formats } from '../../formats/formats.ts';
import type { TransferTerms } from '../../translations/transfer-terms.ts';

/** What the house needs to decide: who, both consents word for word, and what stands in the way. */
export function renderReview(
  { newOwner, confirmed, accepted, review }: Transfer,
  t: TransferTerms,
  formats: Formats,
  money: (amount: Money) => string,
): TemplateResult {
  const consent = (given: TransferConsent | null, said: (at: string, address: string) => string, address: string) =>
    given === null
      ? nothing
      : html`<details><summary>${said(formats.dateTime(given.at), address)}</summary>
          <blockquote class="text" lang=${given.locale} dir=${given.locale === 'fa' ? 'rtl' : 'ltr'}>${given.text}</blockquote></details>`;
  return html`<dl class="facts">
      ${review === null ? nothing : html`<dt>${t.review.from}</dt><dd><bdi>${review.owner.name}</bdi></dd>`}
      <dt>${t.newOwner}</dt><dd><bdi>${newOwner.name}</bdi></dd>
      <dt>${t.nationalCode}</dt><dd><bdi dir="ltr" class="tabular">${newOwner.nationalCode}</bdi></dd>
      <dt>${t.telephone}</dt><dd><bdi dir="ltr" class="tabular">${formats.phone(newOwner.telephone)}</bdi></dd>
    </dl>
    ${consent(confirmed, t.review.consentOfOwner, review?.ownerAddress ?? '')}
    ${consent(accepted, t.review.consentOfNewOwner, review?.newOwnerAddress ?? '')}
    ${
      review === null
        ? nothing
        : html`${
            review.debt === null
              ? nothing
              : html`<p class="message ${review.debtBlocks ? 'danger' : 'warning'}">${t.review.debt(money(review.debt))} ${review.debtBlocks ? t.review.debtBlocks : ''}</p>`
          }
          ${review.openTickets === 0 ? nothing : html`<p>${t.review.tickets(review.openTickets, formats.number(review.openTickets))}</p>`}
          ${
            review.known === null
              ? html`<p>${t.review.unknown}</p>`
              : html`<p class=${review.known.sameTelephone ? '' : 'message warning'}>${review.known.sameTelephone ? t.review.knownSame(review.known.name) : t.review.knownOther(review.known.name)}</p>`
          }`
    }`;
}
