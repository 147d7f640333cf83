import { canOrder, isFinalOrderState, type Order } from '@callweave/sdk/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Formats } from '../../formats/formats.ts';
import { stateChip } from '../../formats/order-words.ts';
import type { OrderTerms } from '../../translations/order-terms.ts';

export interface EarlierRequests {
  readonly orders: readonly Order[];
  /** Orders whose change or withdrawal is being drafted already. */
  readonly underWay: ReadonlySet<string>;
  /** Only in a live call of the customer may an order be amended (A9). */
  readonly live: boolean;
  readonly busy: boolean;
  readonly onChange: (order: Order) => void;
  readonly onWithdraw: (order: Order) => void;
}

/** What the customer asked for before and the broker has not finished: to be changed or withdrawn while that is possible. */
export function earlierRequests(
  { orders, underWay, live, busy, onChange, onWithdraw }: EarlierRequests,
  t: OrderTerms,
  formats: Formats,
): TemplateResult {
  const open = orders.filter((order) => order.submittedAt !== null && !isFinalOrderState(order.state));
  return html`
    <section class="surface stack" aria-labelledby="earlier">
      <h2 id="earlier">${t.sheet.earlier}</h2>
      ${
        open.length === 0
          ? html`<p class="small muted">${t.sheet.noEarlier}</p>`
          : html`<ul class="stack">${repeat(
              open,
              ({ id }) => id,
              (order) => html`
              <li class="row spread" data-earlier=${order.id}>
                <span class="row">
                  <span class="muted tabular">${t.orderNumber(formats.digits(String(order.number)))}</span>
                  <span class="side ${order.terms.side}">${t.side[order.terms.side]}</span>
                  <bdi>${order.instrument.symbol}</bdi>
                  <bdi class="tabular">${formats.number(order.terms.quantity)}</bdi>
                  ${stateChip(order.state, t)}
                </span>
                ${
                  live && canOrder(order.state, 'withdraw') && !underWay.has(order.id)
                    ? html`<span class="row">
                      <button class="plain" ?disabled=${busy} @click=${() => onChange(order)}>${t.sheet.change}</button>
                      <button class="plain danger" ?disabled=${busy} @click=${() => onWithdraw(order)}>${t.sheet.withdraw}</button>
                    </span>`
                    : nothing
                }
              </li>`,
            )}</ul>`
      }
    </section>
  `;
}
