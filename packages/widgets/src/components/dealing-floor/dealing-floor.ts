import { dealing, type Loadable } from '@callweave/sdk';
import type { Order } from '@callweave/sdk/protocol';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { repeat } from 'lit/directives/repeat.js';
import { CommandController } from '../../controllers/command-controller.ts';
import { FollowController } from '../../controllers/follow-controller.ts';
import { LocaleController } from '../../controllers/locale-controller.ts';
import { ReadableController } from '../../controllers/readable-controller.ts';
import { TimerController } from '../../controllers/timer-controller.ts';
import { DeskElement } from '../../elements/desk-element.ts';
import { offerFocus } from '../../elements/offer-focus.ts';
import { openQuantity, priceWords, stateChip, validityWords } from '../../formats/order-words.ts';
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
import { readWholeNumber } from '../order-form/terms-draft.ts';
import { dealingFloorStyles } from './dealing-floor.styles.ts';
import { beginStep, type FloorStep } from './floor-step.ts';

/**
 * @summary The dealing floor (action management): orders that were announced, oldest first; claim, accept, fill in
 * parts, reject or return with a reason. New orders arrive by themselves.
 *
 * @csspart row - One order.
 * @csspart progress - How much of it is filled.
 * @csspart step - The entry of a fill or a reason.
 */
export class CwDealingFloor extends DeskElement {
  static override styles = [
    baseStyles,
    surfaceStyles,
    buttonStyles,
    fieldStyles,
    chipStyles,
    tableStyles(980),
    dealingFloorStyles,
  ];

  protected override readonly locale = new LocaleController(this, orderTerms, problemTerms);
  readonly #queue = new FollowController<Loadable<readonly Order[]>>(this, {
    key: () => this.activeDesk,
    open: () => {
      const floor = this.feature(dealing);
      return floor && { state: floor.queue, close: floor.open() };
    },
  });
  readonly #session = new ReadableController(this, () => this.activeDesk?.session.state);
  readonly #commands = new CommandController(this);
  readonly #timer = new TimerController(this, () => this.#orders.length > 0);

  @state() private step: FloorStep | undefined;
  @state() private announced = '';

  /** Show, but do not act: for a supervisor's screen. */
  @property({ type: Boolean, attribute: 'read-only' }) readOnly = false;

  #known: ReadonlySet<string> | undefined;

  get #orders(): readonly Order[] {
    const queue = this.#queue.value;
    if (queue?.status !== 'ready') return [];
    return [...queue.value].sort((a, b) => ((a.submittedAt ?? a.createdAt) < (b.submittedAt ?? b.createdAt) ? -1 : 1));
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (this.#queue.value?.status !== 'ready') return;
    const orders = this.#orders;
    const added = this.#known && orders.findLast(({ id }) => !this.#known?.has(id));
    if (added) this.announced = this.locale.terms.orders.floor.announceNew(added.instrument.symbol);
    this.#known = new Set(orders.map(({ id }) => id));
    if (this.step && !this.#known.has(this.step.orderId)) this.step = undefined;
  }

  get #me(): string | undefined {
    const state = this.#session.value;
    return state?.status === 'signed-in' ? state.session.account.id : undefined;
  }

  async #run(name: string, order: Order, task: () => Promise<unknown> | undefined): Promise<void> {
    const done = await this.#commands.run(`${name} ${order.id}`, async () => task());
    if (done && this.step?.orderId === order.id) this.step = undefined;
    // The next step of the same order; when it has left the floor, that of the oldest one.
    const { renderRoot } = this;
    if (done)
      void offerFocus(
        () =>
          renderRoot.querySelector<HTMLElement>(`[data-order="${order.id}"] button`) ??
          renderRoot.querySelector<HTMLElement>('[data-order] button.primary'),
      );
  }

  async #begin(kind: FloorStep['kind'], order: Order): Promise<void> {
    this.#commands.clear();
    this.step = beginStep(kind, order, this.locale.formats.digits);
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLInputElement>('.step input')?.select();
  }

  #handleStep(event: Event, order: Order): void {
    event.preventDefault();
    const { step } = this;
    const floor = this.feature(dealing);
    if (!step || !floor) return;
    if (step.kind === 'fill') {
      const quantity = readWholeNumber(step.quantity);
      const rial = readWholeNumber(step.price);
      if (!quantity || !rial)
        return void this.renderRoot.querySelector<HTMLInputElement>(quantity ? '#price' : '#quantity')?.focus();
      void this.#run('fill', order, () => floor.fill(order.id, quantity, rial));
    } else {
      const reason = step.reason.trim();
      if (!reason) return void this.renderRoot.querySelector<HTMLInputElement>('#reason')?.focus();
      void this.#run(step.kind, order, () =>
        step.kind === 'reject' ? floor.reject(order.id, reason) : floor.return(order.id, reason),
      );
    }
  }

  protected override render(): TemplateResult {
    if (!this.activeDesk) return this.renderNoDesk();
    const t = this.locale.terms.orders.floor;
    const queue = this.#queue.value;
    const orders = this.#orders;
    return html`
      <section class="surface stack" aria-labelledby="title">
        <div class="row spread"><h2 id="title">${t.title}</h2><span class="muted small tabular">${queue?.status === 'ready' ? t.waiting(orders.length) : nothing}</span></div>
        <p class="visually-hidden" role="status">${this.announced}</p>
        ${this.#commands.error === undefined ? nothing : this.#renderFailure(this.#commands.error)}
        ${
          queue?.status === 'failed'
            ? this.#renderFailure(queue.error)
            : queue?.status !== 'ready'
              ? html`<span class="skeleton"></span><span class="skeleton"></span><span class="skeleton"></span>`
              : orders.length === 0
                ? html`<p class="empty">${t.empty}</p>`
                : this.#renderTable(orders)
        }
      </section>
    `;
  }

  #renderTable(orders: readonly Order[]): TemplateResult {
    const { columns } = this.locale.terms.orders;
    return html`
      <div class="scroll" tabindex="0" role="group" aria-labelledby="title"><table role="table" aria-labelledby="title">
        <thead role="rowgroup"><tr role="row">
          <th role="columnheader" scope="col">${columns.age}</th><th role="columnheader" scope="col">${columns.number}</th><th role="columnheader" scope="col">${columns.customer}</th><th role="columnheader" scope="col">${columns.side}</th><th role="columnheader" scope="col">${columns.symbol}</th>
          <th role="columnheader" scope="col" class="number">${columns.quantity}</th><th role="columnheader" scope="col" class="number">${columns.price}</th><th role="columnheader" scope="col">${columns.validity}</th><th role="columnheader" scope="col">${columns.filled}</th><th role="columnheader" scope="col">${columns.state}</th>
          ${this.readOnly ? nothing : html`<th role="columnheader" scope="col"><span class="visually-hidden">${columns.actions}</span></th>`}
        </tr></thead>
        <tbody role="rowgroup">${repeat(
          orders,
          ({ id }) => id,
          (order) => this.#renderRow(order),
        )}</tbody>
      </table></div>
    `;
  }

  #renderRow(order: Order): TemplateResult {
    const t = this.locale.terms.orders;
    const { formats } = this.locale;
    const { terms } = order;
    const share = order.filledQuantity / terms.quantity;
    return html`
      <tr role="row" part="row" data-order=${order.id} class=${order.claimedBy && order.claimedBy.id === this.#me ? 'mine' : ''}>
        <td role="cell" class="tabular" data-label=${t.columns.age}>${formats.duration(this.#timer.since(order.submittedAt))}</td>
        <td role="cell" class="tabular" data-label=${t.columns.number}>${formats.digits(String(order.number))}</td>
        <td role="cell"><bdi>${order.customer.name}</bdi></td>
        <td role="cell"><span class="side ${terms.side}">${t.side[terms.side]}</span></td>
        <td role="cell"><bdi title=${order.instrument.name}>${order.instrument.symbol}</bdi></td>
        <td role="cell" class="number" data-label=${t.columns.quantity}><bdi>${formats.number(terms.quantity)}</bdi></td>
        <td role="cell" class="number" data-label=${t.columns.price}><bdi>${priceWords(terms, t, formats)}</bdi></td>
        <td role="cell" data-label=${t.columns.validity}>${validityWords(terms, t, formats)}</td>
        <td role="cell" class="tabular"><progress part="progress" max="1" .value=${share} aria-label="${t.columns.filled}: ${order.instrument.symbol}"></progress> <bdi>${formats.percent(share)}</bdi></td>
        <td role="cell">${stateChip(order.state, t)}</td>
        ${this.readOnly ? nothing : html`<td role="cell">${this.#renderActions(order)}</td>`}
      </tr>
      ${this.step?.orderId === order.id ? this.#renderStep(order, this.step) : nothing}
    `;
  }

  #renderActions(order: Order): TemplateResult {
    const t = this.locale.terms.orders.floor;
    const floor = this.feature(dealing);
    const busy = this.#commands.pending !== undefined;
    const words = `${order.instrument.symbol} ${this.locale.formats.number(order.terms.quantity)}`;
    const act = (name: string, label: string, task: () => void, look = '') =>
      html`<button class=${look} data-action=${name} ?disabled=${busy} aria-label="${label} — ${words}" @click=${task}>${label}</button>`;
    if (!order.claimedBy)
      return html`<span class="row">${act('claim', t.claim, () => void this.#run('claim', order, () => floor?.claim(order.id)), 'primary')}</span>`;
    if (order.claimedBy.id !== this.#me)
      return html`<span class="row muted small">${t.claimedBy(order.claimedBy.name)}</span>`;
    const untouched = order.state === 'announced' || order.state === 'accepted';
    return html`<span class="row">
      ${order.state === 'announced' ? act('accept', t.accept, () => void this.#run('accept', order, () => floor?.accept(order.id)), 'primary') : act('fill', t.fill, () => void this.#begin('fill', order), 'primary')}
      ${untouched ? act('reject', t.reject, () => void this.#begin('reject', order), 'danger') : nothing}
      ${untouched ? act('return', t.return, () => void this.#begin('return', order)) : nothing}
      ${order.state === 'announced' ? act('release', t.release, () => void this.#run('release', order, () => floor?.release(order.id)), 'plain') : nothing}
    </span>`;
  }

  #renderStep(order: Order, step: FloorStep): TemplateResult {
    const t = this.locale.terms.orders.floor;
    const { essential } = this.locale.terms;
    const { formats } = this.locale;
    const set = (changes: Partial<FloorStep>) => {
      this.step = { ...step, ...changes };
    };
    const open = openQuantity(order);
    const typed = readWholeNumber(step.quantity);
    const tooMuch = typed !== undefined && typed > open;
    const field = (id: 'quantity' | 'price', label: string, hint: TemplateResult | string, wrong = false) => html`
      <div class="field"><label for=${id}>${label}</label>
        <input id=${id} class="code" inputmode="numeric" autocomplete="off" maxlength="24" required aria-invalid=${wrong} aria-describedby="${id}-about" .value=${live(step[id])} @input=${(event: Event) => set({ [id]: (event.target as HTMLInputElement).value })}>
        <span id="${id}-about" class="${wrong ? 'field-error' : 'hint'} tabular">${hint}</span></div>`;
    return html`
      <tr role="row" class="step" part="step"><td role="cell" colspan="11">
        <form @submit=${(event: Event) => this.#handleStep(event, order)} @keydown=${(event: KeyboardEvent) => {
          if (event.key === 'Escape') this.step = undefined;
        }}>
          ${
            step.kind === 'fill'
              ? html`${field('quantity', t.fillQuantity, t.open(formats.number(open)), tooMuch)}${field('price', t.fillPrice, formats.number(readWholeNumber(step.price) ?? 0))}`
              : html`<div class="field wide"><label for="reason">${t.reason}</label><input id="reason" maxlength="300" required dir="auto" .value=${live(step.reason)} @input=${(event: Event) => set({ reason: (event.target as HTMLInputElement).value })}></div>`
          }
          <div class="row decide">
            <button type="button" @click=${() => {
              this.step = undefined;
            }}>${essential.cancel}</button>
            <button class="primary ${step.kind === 'reject' ? 'danger' : ''}" data-action="confirm" ?disabled=${tooMuch || this.#commands.pending !== undefined}>${t.confirm}</button>
          </div>
        </form>
      </td></tr>
    `;
  }

  #renderFailure(error: unknown): TemplateResult {
    return html`<p class="message danger" role="alert">${warningIcon}<span>${describeProblem(error, this.locale.terms)}</span></p>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cw-dealing-floor': CwDealingFloor;
  }
}
