import { evidence, type Loadable, orders } from '@callweave/sdk';
import {
  type EvidenceReport,
  foldText,
  type Instruction,
  isFinalOrderState,
  type Order,
} from '@callweave/sdk/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { repeat } from 'lit/directives/repeat.js';
import { CommandController } from '../../controllers/command-controller.ts';
import { FollowController } from '../../controllers/follow-controller.ts';
import { LocaleController } from '../../controllers/locale-controller.ts';
import { ReadableController } from '../../controllers/readable-controller.ts';
import { DeskElement } from '../../elements/desk-element.ts';
import { priceWords, stateChip } from '../../formats/order-words.ts';
import { warningIcon } from '../../icons/icons.ts';
import { baseStyles } from '../../styles/base.styles.ts';
import { buttonStyles } from '../../styles/button.styles.ts';
import { chipStyles } from '../../styles/chip.styles.ts';
import { fieldStyles } from '../../styles/field.styles.ts';
import { surfaceStyles } from '../../styles/surface.styles.ts';
import { tableStyles } from '../../styles/table.styles.ts';
import { describeProblem } from '../../translations/describe-problem.ts';
import { orderTerms } from '../../translations/order-terms.ts';
import { problemTerms } from '../../translations/problem-terms.ts';
import { orderDetail } from './order-detail.ts';
import { CwOrderOpenEvent } from './order-list.events.ts';
import { orderListStyles } from './order-list.styles.ts';

/** The values of {@link CwOrderList.filter}. */
export const ORDER_LIST_FILTERS = ['all', 'open', 'final'] as const;

/**
 * @summary Orders taken by telephone, newest first and kept true by events; each opens to its instructions, which can be
 * heard at their moment, its fills, and for managers the proof of its evidence.
 *
 * @event {CwOrderOpenEvent} cw-order-open - An order was opened; `order` is undefined when it was closed.
 *
 * @csspart row - One order.
 * @csspart detail - What an opened order shows.
 */
export class CwOrderList extends DeskElement {
  static override styles = [
    baseStyles,
    surfaceStyles,
    buttonStyles,
    fieldStyles,
    chipStyles,
    tableStyles(820),
    orderListStyles,
  ];

  protected override readonly locale = new LocaleController(this, orderTerms, problemTerms);
  readonly #orders = new FollowController<Loadable<readonly Order[]>>(this, {
    key: () => this.activeDesk && `${this.customerId} ${this.callId}`,
    open: () =>
      this.feature(orders)?.follow(
        this.callId ? { callId: this.callId } : this.customerId ? { customerId: this.customerId } : { all: true },
      ),
  });
  readonly #session = new ReadableController(this, () => this.activeDesk?.session.state);
  readonly #commands = new CommandController(this);

  @state() private query = '';
  @state() private openId: string | undefined;
  @state() private heard: Instruction | undefined;
  @state() private report: EvidenceReport | undefined;

  /** Which orders are shown. */
  @property({ reflect: true }) filter: (typeof ORDER_LIST_FILTERS)[number] = 'all';
  /** Only orders of this customer. */
  @property({ attribute: 'customer-id' }) customerId = '';
  /** Only orders of this call. */
  @property({ attribute: 'call-id' }) callId = '';

  #toggle(order: Order): void {
    const opens = this.openId !== order.id;
    this.openId = opens ? order.id : undefined;
    this.heard = undefined;
    this.report = undefined;
    this.#commands.clear();
    this.dispatchEvent(new CwOrderOpenEvent(opens ? order : undefined));
  }

  async #handleProve(order: Order): Promise<void> {
    await this.#commands.run('prove', async () => {
      const report = await this.feature(evidence)?.verifyOrder(order.id);
      if (this.openId === order.id) this.report = report;
    });
  }

  get #mayProve(): boolean {
    const session = this.#session.value;
    return (
      session?.status === 'signed-in' &&
      session.session.account.roles.some((role) => role === 'manager' || role === 'supervisor')
    );
  }

  protected override render(): TemplateResult {
    if (!this.activeDesk) return this.renderNoDesk();
    const t = this.locale.terms.orders;
    const orders = this.#orders.value;
    return html`
      <section class="surface stack" aria-labelledby="title">
        <div class="row spread">
          <h2 id="title">${t.list.title}</h2>
          <div class="filters">
            <input type="search" aria-label=${t.list.search} placeholder=${t.list.search} maxlength="80" dir="auto" .value=${live(this.query)} @input=${(
              event: Event,
            ) => {
              this.query = (event.target as HTMLInputElement).value;
            }}>
            <select aria-label=${t.list.filter} @change=${(event: Event) => {
              this.filter = (event.target as HTMLSelectElement).value as CwOrderList['filter'];
            }}>${ORDER_LIST_FILTERS.map((filter) => html`<option value=${filter} ?selected=${this.filter === filter}>${t.list[filter]}</option>`)}</select>
          </div>
        </div>
        ${
          orders?.status === 'failed'
            ? this.#renderFailure(orders.error)
            : orders?.status !== 'ready'
              ? html`<span class="skeleton"></span><span class="skeleton"></span><span class="skeleton"></span>`
              : this.#renderTable(orders.value)
        }
      </section>
    `;
  }

  #renderTable(all: readonly Order[]): TemplateResult {
    const { columns, list } = this.locale.terms.orders;
    const words = foldText(this.query).split(' ').filter(Boolean);
    const shown = all.filter((order) => {
      if (order.submittedAt === null) return false;
      if (this.filter !== 'all' && isFinalOrderState(order.state) !== (this.filter === 'final')) return false;
      const text = foldText(
        `${order.number} ${order.customer.name} ${order.customer.username} ${order.instrument.symbol} ${order.instrument.name}`,
      );
      return words.every((word) => text.includes(word));
    });
    if (shown.length === 0) return html`<p class="empty" role="status">${list.empty}</p>`;
    return html`
      <div class="scroll"><table role="table" aria-labelledby="title">
        <thead role="rowgroup"><tr role="row">
          <th role="columnheader" scope="col">${columns.number}</th><th role="columnheader" scope="col">${columns.time}</th><th role="columnheader" scope="col">${columns.customer}</th><th role="columnheader" scope="col">${columns.side}</th><th role="columnheader" scope="col">${columns.symbol}</th>
          <th role="columnheader" scope="col" class="number">${columns.quantity}</th><th role="columnheader" scope="col" class="number">${columns.price}</th><th role="columnheader" scope="col" class="number">${columns.filled}</th><th role="columnheader" scope="col">${columns.state}</th>
          <th role="columnheader" scope="col"><span class="visually-hidden">${columns.actions}</span></th>
        </tr></thead>
        <tbody role="rowgroup">${repeat(
          shown,
          ({ id }) => id,
          (order) => this.#renderRow(order, all),
        )}</tbody>
      </table></div>
    `;
  }

  #renderRow(order: Order, all: readonly Order[]): TemplateResult {
    const t = this.locale.terms.orders;
    const { formats } = this.locale;
    const open = this.openId === order.id;
    const number = formats.digits(String(order.number));
    const replaced = order.replaces ? all.find(({ id }) => id === order.replaces) : undefined;
    return html`
      <tr role="row" part="row" data-order=${order.id} class=${open ? 'open' : ''}>
        <td role="cell" class="tabular" data-label=${t.columns.number}>${number}${replaced ? html` <span class="small muted">${t.list.replaces(formats.digits(String(replaced.number)))}</span>` : nothing}</td>
        <td role="cell" class="tabular small">${order.submittedAt ? formats.dateTime(order.submittedAt) : nothing}</td>
        <td role="cell"><bdi>${order.customer.name}</bdi></td>
        <td role="cell"><span class="side ${order.terms.side}">${t.side[order.terms.side]}</span></td>
        <td role="cell"><bdi title=${order.instrument.name}>${order.instrument.symbol}</bdi></td>
        <td role="cell" class="number" data-label=${t.columns.quantity}><bdi>${formats.number(order.terms.quantity)}</bdi></td>
        <td role="cell" class="number" data-label=${t.columns.price}><bdi>${priceWords(order.terms, t, formats)}</bdi></td>
        <td role="cell" class="number" data-label=${t.columns.filled}><bdi>${formats.percent(order.filledQuantity / order.terms.quantity)}</bdi></td>
        <td role="cell">${stateChip(order.state, t)}</td>
        <td role="cell"><button class="plain" data-action="details" aria-expanded=${open} aria-label="${t.list.details}: ${t.orderNumber(number)}" @click=${() => this.#toggle(order)}>${t.list.details}</button></td>
      </tr>
      ${open ? html`<tr role="row" class="detail" part="detail"><td role="cell" colspan="10">${this.#renderDetail(order)}</td></tr>` : nothing}
    `;
  }

  #renderDetail(order: Order): TemplateResult {
    const { error } = this.#commands;
    return html`
      ${orderDetail(
        {
          desk: this.activeDesk,
          order,
          heard: this.heard,
          report: this.report,
          provable: this.#mayProve,
          proving: this.#commands.pending === 'prove',
          onListen: (instruction) => {
            this.heard = this.heard?.id === instruction.id ? undefined : instruction;
          },
          onProve: () => void this.#handleProve(order),
        },
        this.locale.terms.orders,
        this.locale.formats,
      )}
      ${error === undefined ? nothing : this.#renderFailure(error)}
    `;
  }

  #renderFailure(error: unknown): TemplateResult {
    return html`<p class="message danger" role="alert">${warningIcon}<span>${describeProblem(error, this.locale.terms)}</span></p>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cw-order-list': CwOrderList;
  }
}
