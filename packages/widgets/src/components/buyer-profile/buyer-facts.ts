import type { BuyerProfile } from '@callweave/sdk/protocol';
import { css, html, type TemplateResult } from 'lit';
import type { Formats } from '../../formats/formats.ts';
import type { BuyerTerms } from '../../translations/buyer-terms.ts';

export const buyerFactsStyles = css`
  .facts {
    display: grid;
    grid-template-columns: max-content 1fr;
    gap: calc(var(--_space) * 2) calc(var(--_space) * 4);
    margin: 0;
  }

  .facts dt {
    color: var(--_muted);
  }

  .facts dd {
    margin: 0;
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }

  @container (inline-size < 320px) {
    .facts {
      grid-template-columns: 1fr;
      gap: var(--_space);
    }

    .facts dd {
      margin-block-end: calc(var(--_space) * 2);
    }
  }
`;

/** Everything of a buyer, to be read. */
export function renderBuyerFacts(buyer: BuyerProfile, t: BuyerTerms, formats: Formats): TemplateResult {
  const { city, street, building } = buyer.address;
  return html`<dl class="facts" part="facts">
    <dt>${t.field.name}</dt><dd><bdi>${buyer.name}</bdi></dd>
    <dt>${t.field.nationalCode}</dt><dd><bdi dir="ltr" class="tabular">${formats.digits(buyer.nationalCode)}</bdi></dd>
    <dt>${t.field.operator}</dt><dd><bdi>${buyer.operator}</bdi></dd>
    <dt>${t.field.telephone}</dt><dd><bdi dir="ltr" class="tabular">${formats.phone(buyer.telephone)}</bdi></dd>
    <dt>${t.field.city}</dt><dd><bdi>${city}</bdi></dd>
    <dt>${t.field.street}</dt><dd><bdi>${street}</bdi></dd>
    <dt>${t.field.building}</dt><dd><bdi>${building}</bdi></dd>
  </dl>`;
}
