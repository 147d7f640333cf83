import type { Call, Customer } from '@callweave/sdk/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import type { Formats } from '../../formats/formats.ts';
import { warningIcon } from '../../icons/icons.ts';
import type { OrderTerms } from '../../translations/order-terms.ts';

/** Who is calling: the name at once, the rest as soon as it is loaded. */
export function callerCard(
  call: Call,
  customer: Customer | undefined,
  t: OrderTerms['sheet'],
  formats: Formats,
): TemplateResult {
  return html`
    <div class="surface stack">
      <h2 class="name"><bdi>${call.customer?.name}</bdi></h2>
      <dl>
        <dt>${t.username}</dt>
        <dd><bdi dir="ltr" class="tabular">${formats.digits(call.customer?.username ?? '')}</bdi></dd>
        ${
          customer
            ? html`
              <dt>${t.numbers}</dt>
              <dd>${customer.numbers.map((number) => html`<bdi dir="ltr" class="tabular">${formats.phone(number)}</bdi><br>`)}</dd>
              ${customer.contractSignedOn ? html`<dt>${t.contract}</dt><dd>${formats.day(customer.contractSignedOn)}</dd>` : nothing}`
            : nothing
        }
      </dl>
      ${customer && !customer.contractSignedOn ? html`<p class="message warning">${warningIcon}<span>${t.noContract}</span></p>` : nothing}
    </div>
  `;
}
