import { customers, type Desk, type Loadable, orders, type ReadBackLine } from '@callweave/sdk';
import type { Call, Customer, CustomerSummary, Order } from '@callweave/sdk/protocol';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { CommandController } from '../../controllers/command-controller.ts';
import { FollowController } from '../../controllers/follow-controller.ts';
import { LocaleController } from '../../controllers/locale-controller.ts';
import { ReadableController } from '../../controllers/readable-controller.ts';
import { DeskElement } from '../../elements/desk-element.ts';
import { offerFocus } from '../../elements/offer-focus.ts';
import { checkIcon, plusIcon, warningIcon } from '../../icons/icons.ts';
import { baseStyles } from '../../styles/base.styles.ts';
import { buttonStyles } from '../../styles/button.styles.ts';
import { chipStyles } from '../../styles/chip.styles.ts';
import { surfaceStyles } from '../../styles/surface.styles.ts';
import { tableStyles } from '../../styles/table.styles.ts';
import { describeProblem } from '../../translations/describe-problem.ts';
import { orderTerms } from '../../translations/order-terms.ts';
import { problemTerms } from '../../translations/problem-terms.ts';
import type { CwOrderSavedEvent } from '../order-form/order-form.events.ts';
import type { CwOrderForm } from '../order-form/order-form.ts';
import { callerCard } from './caller-card.ts';
import { devicesOfCaller, loadDevicesOfCaller } from './devices-of-caller.ts';
import { earlierRequests } from './earlier-requests.ts';
import { obstacle, type RequestRow, rowsOf } from './request-rows.ts';
import { CwSubmitEvent } from './request-sheet.events.ts';
import { requestSheetStyles } from './request-sheet.styles.ts';
import { requestTable } from './request-table.ts';

type OpenForm = { readonly mode: CwOrderForm['mode']; readonly order?: Order };

/**
 * @summary The request sheet of a caller: who it is and whether verified, the requests of this call with a tick each,
 * reading back and submitting, and the earlier requests that can still be changed or withdrawn. Of a caller who has bought
 * devices: these, their tickets and what they owe.
 *
 * @slot verification - Replaces the verification panel.
 * @event {CwSubmitEvent} cw-submit - Requests were submitted; `orders` as they are now.
 *
 * @csspart caller - The column about the caller.
 * @csspart requests - The column of requests.
 * @csspart read-back - The sentences to read aloud.
 * @csspart submit - The button that submits.
 */
export class CwRequestSheet extends DeskElement {
  static override styles = [baseStyles, surfaceStyles, buttonStyles, chipStyles, tableStyles(620), requestSheetStyles];

  protected override readonly locale = new LocaleController(this, orderTerms, problemTerms);
  readonly #current = new ReadableController(this, () => this.activeDesk?.calls.current);
  readonly #ofCall = new FollowController<Loadable<readonly Order[]>>(this, {
    key: () => this.activeDesk && this.#call?.id,
    open: () => (this.#call ? this.feature(orders)?.follow({ callId: this.#call.id }) : undefined),
  });
  readonly #ofCustomer = new FollowController<Loadable<readonly Order[]>>(this, {
    key: () => this.activeDesk && this.#call?.customer?.id,
    open: () =>
      this.#call?.customer ? this.feature(orders)?.follow({ customerId: this.#call.customer.id }) : undefined,
  });
  readonly #commands = new CommandController(this);

  /** Instructions whose tick was taken away; everything new is ticked. */
  @state() private unticked: ReadonlySet<string> = new Set();
  @state() private form: OpenForm | undefined;
  @state() private dropping: string | undefined;
  @state() private lines: readonly ReadBackLine[] = [];
  @state() private said = '';
  @state() private customer: Customer | undefined;

  /** Another call than the current one, for a supervisor who looks on. */
  @property({ attribute: false }) call: Call | undefined;

  /** One key for one set of instructions: a repeated press, or a lost answer, submits once. */
  #key: { readonly of: string; readonly key: string } | undefined;
  #customerId: string | undefined;
  #ready = false;

  get #call(): Call | undefined {
    return this.call ?? this.#current.value;
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const id = this.#call?.customer?.id;
    if (id === this.#customerId) return;
    this.#customerId = id;
    this.customer = undefined;
    this.form = undefined;
    this.lines = [];
    this.said = '';
    this.unticked = new Set();
    if (id) void this.#loadCustomer(id);
    if (this.#call?.customer?.kind === 'devices') void this.#commands.run('load', loadDevicesOfCaller);
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    const call = this.#call;
    const ready = call?.customer != null && obstacle(call) === undefined;
    if (ready && !this.#ready) void this.#offerNext();
    this.#ready = ready;
  }

  /** The caller is verified, or everything is submitted: what comes next is reading back, or another request. */
  #offerNext(): Promise<void> {
    return offerFocus(() => this.renderRoot.querySelector<HTMLElement>('button.primary, [data-action="add"]'));
  }

  /** The rest of what is known of the caller; the sheet works without it. */
  async #loadCustomer(id: string): Promise<void> {
    const customer = await this.feature(customers)
      ?.get(id)
      .catch(() => undefined);
    if (this.#customerId === id) this.customer = customer;
  }

  get #rows(): readonly RequestRow[] {
    const orders = this.#ofCall.value;
    return this.#call && orders?.status === 'ready' ? rowsOf(orders.value, this.#call.id) : [];
  }

  #isTicked = ({ instruction }: RequestRow): boolean =>
    instruction.state !== 'submitted' && !this.unticked.has(instruction.id);

  #toggle(row: RequestRow): void {
    const { id } = row.instruction;
    const next = new Set(this.unticked);
    if (!next.delete(id)) next.add(id);
    this.unticked = next;
  }

  async #openForm(form: OpenForm): Promise<void> {
    this.form = form;
    await this.updateComplete;
    const element = this.renderRoot.querySelector('cw-order-form');
    await element?.updateComplete;
    element?.focus();
  }

  async #handleSaved(event: CwOrderSavedEvent): Promise<void> {
    event.stopPropagation();
    const wasNew = this.form?.mode === 'new';
    this.form = undefined;
    await this.updateComplete;
    this.renderRoot
      .querySelector<HTMLElement>(wasNew ? '[data-action="add"]' : `[data-order="${event.order.id}"]`)
      ?.focus();
  }

  async #handleReadBack(rows: readonly RequestRow[]): Promise<void> {
    const desk = this.activeDesk;
    const call = this.#call;
    if (!desk || !call) return;
    const ids = rows.map(({ instruction }) => instruction.id);
    await this.#commands.run('read-back', async () => {
      this.lines = await desk.use(orders).readBack(call.id, ids, this.customer?.locale ?? this.locale.locale);
      this.said = '';
      await this.updateComplete;
      this.renderRoot.querySelector<HTMLElement>('[part~="submit"]')?.focus();
    });
  }

  async #handleSubmit(rows: readonly RequestRow[]): Promise<void> {
    const desk = this.activeDesk;
    const call = this.#call;
    if (!desk || !call) return;
    const ids = rows.map(({ instruction }) => instruction.id);
    const of = ids.join();
    if (this.#key?.of !== of) this.#key = { of, key: crypto.randomUUID() };
    const { key } = this.#key;
    await this.#commands.run('submit', async () => {
      const submitted = await desk.use(orders).submit(call.id, ids, { idempotencyKey: key });
      this.#key = undefined;
      this.lines = [];
      this.said = this.locale.terms.orders.sheet.submitted(ids.length);
      this.dispatchEvent(new CwSubmitEvent(submitted));
      void this.#offerNext();
    });
  }

  async #handleDrop({ order, instruction }: RequestRow): Promise<void> {
    if (this.dropping !== instruction.id) {
      this.dropping = instruction.id;
      return;
    }
    this.dropping = undefined;
    await this.#commands.run('drop', async () => this.feature(orders)?.discard(order.id));
  }

  async #handleWithdraw(order: Order): Promise<void> {
    const call = this.#call;
    if (call)
      await this.#commands.run('withdraw', async () => this.feature(orders)?.draftWithdrawal(order.id, call.id));
  }

  #openRow({ order, instruction }: RequestRow): void {
    if (instruction.state !== 'submitted' && instruction.kind !== 'withdraw')
      void this.#openForm({ mode: 'edit', order });
  }

  protected override render(): TemplateResult {
    if (!this.activeDesk) return this.renderNoDesk();
    const t = this.locale.terms.orders.sheet;
    const call = this.#call;
    if (!call) return html`<section class="surface" aria-label=${t.title}><p class="empty">${t.noCall}</p></section>`;
    return html`
      <section class="sheet" aria-label=${t.title}>
        <div class="caller stack" part="caller">
          ${call.customer ? callerCard(call, this.customer, t, this.locale.formats) : nothing}
          <slot name="verification"><cw-verification .desk=${this.activeDesk}></cw-verification></slot>
        </div>
        <div class="stack" part="requests">${call.customer ? this.#renderOf(call, call.customer, this.activeDesk) : html`<div class="surface"><p class="empty">${t.noCustomer}</p></div>`}</div>
      </section>
    `;
  }

  #renderOf(call: Call, { id, kind }: CustomerSummary, desk: Desk): TemplateResult {
    if (kind !== 'devices') return html`${this.#renderRequests(call)} ${this.#renderEarlier(call)}`;
    const { error } = this.#commands;
    return error === undefined ? devicesOfCaller(call, id, desk) : this.#renderFailure(error);
  }

  #renderRequests(call: Call): TemplateResult {
    const t = this.locale.terms.orders;
    const rows = this.#rows;
    const orders = this.#ofCall.value;
    const live = call.state === 'answered';
    return html`
      <section class="surface stack" aria-labelledby="requests">
        <div class="row spread">
          <h2 id="requests">${t.sheet.requests}</h2>
          ${live ? html`<button data-action="add" ?disabled=${this.form?.mode === 'new'} @click=${() => this.#openForm({ mode: 'new' })}>${plusIcon}${t.sheet.add}</button>` : nothing}
        </div>
        ${
          orders?.status === 'failed'
            ? this.#renderFailure(orders.error)
            : orders?.status !== 'ready'
              ? html`<span class="skeleton"></span><span class="skeleton"></span>`
              : rows.length === 0
                ? this.form
                  ? nothing
                  : html`<p class="empty">${t.sheet.empty}</p>`
                : this.#renderTable(rows, live)
        }
        ${this.form ? this.#renderForm(call, this.form) : nothing}
        ${this.#renderReadBack(rows)}
        ${this.#commands.error === undefined ? nothing : this.#renderFailure(this.#commands.error)}
        ${this.#renderActions(call, rows)}
      </section>
    `;
  }

  #renderTable(rows: readonly RequestRow[], live: boolean): TemplateResult {
    return requestTable(
      {
        rows,
        live,
        isTicked: this.#isTicked,
        dropping: this.dropping,
        busy: this.#commands.pending !== undefined,
        onToggle: (row) => this.#toggle(row),
        onOpen: (row) => this.#openRow(row),
        onDrop: (row) => void this.#handleDrop(row),
        onDropLeft: () => {
          this.dropping = undefined;
        },
      },
      this.locale.terms.orders,
      this.locale.formats,
    );
  }

  #renderForm(call: Call, { mode, order }: OpenForm): TemplateResult {
    return html`<div class="form"><cw-order-form .desk=${this.activeDesk} mode=${mode} call-id=${call.id} .order=${order} .section=${call.customer?.kind === 'both' ? undefined : call.customer?.kind}
      @cw-order-saved=${this.#handleSaved} @cw-order-form-close=${() => {
        this.form = undefined;
      }}></cw-order-form></div>`;
  }

  #renderReadBack(rows: readonly RequestRow[]): TemplateResult | typeof nothing {
    const t = this.locale.terms.orders.sheet;
    // A sentence counts only while its request is as it was read.
    const read = new Set(
      rows.filter(({ instruction }) => instruction.state === 'read-back').map(({ instruction }) => instruction.id),
    );
    const lines = this.lines.filter(({ instructionId }) => read.has(instructionId));
    if (lines.length === 0) return nothing;
    return html`
      <div class="read-back" part="read-back">
        <h3>${t.readBackTitle}</h3>
        <ol lang=${this.customer?.locale ?? this.locale.locale} dir="auto">${lines.map(({ text }) => html`<li>${text}</li>`)}</ol>
        <p class="small muted">${t.readBackHint}</p>
      </div>`;
  }

  #renderActions(call: Call, rows: readonly RequestRow[]): TemplateResult | typeof nothing {
    const t = this.locale.terms.orders.sheet;
    const ticked = rows.filter(this.#isTicked);
    const why = obstacle(call);
    const ready = ticked.length > 0 && ticked.every(({ instruction }) => instruction.state === 'read-back');
    const { pending } = this.#commands;
    const hint = why ? t[why] : ticked.length > 0 && !ready ? t.needsReadBack : '';
    return html`
      <div class="row spread">
        <p class="small ${this.said ? '' : 'muted'}" role="status">${this.said || (rows.some(({ instruction }) => instruction.state !== 'submitted') ? hint : '')}</p>
        ${
          ticked.length === 0
            ? nothing
            : html`<span class="row">
          <button class=${ready ? '' : 'primary'} data-action="read-back" ?disabled=${why !== undefined || pending !== undefined} @click=${() => this.#handleReadBack(ticked)}>${ready ? t.readAgain : t.readBack(ticked.length)}</button>
          ${ready ? html`<button class="primary" part="submit" data-action="submit" ?disabled=${why !== undefined} aria-disabled=${pending !== undefined} @click=${() => this.#handleSubmit(ticked)}>${checkIcon}${pending === 'submit' ? t.submitting : t.submit(ticked.length)}</button>` : nothing}
        </span>`
        }
      </div>
    `;
  }

  #renderEarlier(call: Call): TemplateResult | typeof nothing {
    const orders = this.#ofCustomer.value;
    if (orders?.status !== 'ready') return nothing;
    return earlierRequests(
      {
        orders: orders.value,
        underWay: new Set(
          this.#rows.flatMap(({ order, instruction }) =>
            instruction.state === 'submitted' ? [] : [order.replaces ?? order.id],
          ),
        ),
        live: call.state === 'answered',
        busy: this.#commands.pending !== undefined,
        onChange: (order) => void this.#openForm({ mode: 'change', order }),
        onWithdraw: (order) => void this.#handleWithdraw(order),
      },
      this.locale.terms.orders,
      this.locale.formats,
    );
  }

  #renderFailure(error: unknown): TemplateResult {
    return html`<p class="message danger" role="alert">${warningIcon}<span>${describeProblem(error, this.locale.terms)}</span></p>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cw-request-sheet': CwRequestSheet;
  }
}
