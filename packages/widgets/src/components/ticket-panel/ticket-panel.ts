import { type FollowedTickets, type Loadable, type TicketListView, tickets } from '@callweave/sdk';
import type { Ticket } from '@callweave/sdk/protocol';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { CommandController } from '../../controllers/command-controller.ts';
import { FollowController } from '../../controllers/follow-controller.ts';
import { LocaleController } from '../../controllers/locale-controller.ts';
import { ReadableController } from '../../controllers/readable-controller.ts';
import { DeskElement } from '../../elements/desk-element.ts';
import { warningIcon } from '../../icons/badge-icons.ts';
import { baseStyles } from '../../styles/base.styles.ts';
import { buttonStyles } from '../../styles/button.styles.ts';
import { chipStyles } from '../../styles/chip.styles.ts';
import { surfaceStyles } from '../../styles/surface.styles.ts';
import { describeProblem } from '../../translations/describe-problem.ts';
import { problemTerms } from '../../translations/problem-terms.ts';
import { ticketTerms } from '../../translations/ticket-terms.ts';
import { stateOf } from '../ticket-parts/ticket-chips.ts';
import { loadInside } from './inside.ts';
import type { PanelInside } from './panel-inside.ts';
import { type CwTicketCreatedEvent, CwTicketOpenEvent, CwTicketWayOutEvent } from './ticket-panel.events.ts';
import { ticketPanelStyles } from './ticket-panel.styles.ts';
import { ticketRow } from './ticket-row.ts';

/** The values of {@link CwTicketPanel.filter}. */
export const TICKET_FILTERS = ['open', 'closed', 'all'] as const;

/**
 * @summary Support tickets of a buyer: what is going on, the correspondence, a new ticket with files. For an agent the
 * same of the caller whom they have on the line. What is written without a connection is kept and sent once when it is back.
 *
 * @event {CwTicketOpenEvent} cw-ticket-open - A ticket was opened; `ticket` is undefined when it was closed again.
 * @event {CwTicketCreatedEvent} cw-ticket-created - A ticket was made.
 * @event {CwTicketWayOutEvent} cw-ticket-way-out - No ticket can be made for a device, and the person wants the way out:
 *   the host's page opens the renewal, the payment or the confirmation of the installation.
 *
 * @csspart row - One ticket of the list.
 * @csspart refused - Why no ticket can be made.
 */
export class CwTicketPanel extends DeskElement {
  static override styles = [baseStyles, surfaceStyles, buttonStyles, chipStyles, ticketPanelStyles];

  protected override readonly locale = new LocaleController(this, ticketTerms, problemTerms);
  readonly #session = new ReadableController(this, () => this.activeDesk?.session.state);
  readonly #call = new ReadableController(this, () => this.activeDesk?.calls.current);
  readonly #connection = new ReadableController(this, () => this.activeDesk?.connection);
  readonly #commands = new CommandController(this);
  readonly #tickets = new FollowController<Loadable<TicketListView>>(this, {
    key: () =>
      this.#customer === undefined
        ? undefined
        : [this.#customer, this.#callId, this.deviceId, this.filter, this.#me].join(' '),
    open: () => {
      this.#followed = this.feature(tickets)?.follow({
        ...(this.filter === 'all' ? {} : { closed: this.filter === 'closed' }),
        ...(this.deviceId ? { deviceId: this.deviceId } : {}),
        ...(this.#customer ? { customerId: this.#customer } : {}),
        ...(this.#callId ? { callId: this.#callId } : {}),
      });
      return this.#followed;
    },
  });

  @state() private openId: string | undefined;
  @state() private writing = false;
  @state() private announced = '';
  @state() private created: Ticket | undefined;

  /** Which tickets are listed. */
  @property({ reflect: true }) filter: (typeof TICKET_FILTERS)[number] = 'open';
  /** Only tickets of this device: for a page about it. */
  @property({ attribute: 'device-id' }) deviceId = '';
  /** For staff: whose tickets. @default the caller of the call that the agent has */
  @property({ attribute: 'customer-id' }) customerId = '';
  /** For agents: the call in which they see them. @default the call that they have */
  @property({ attribute: 'call-id' }) callId = '';

  #followed: FollowedTickets | undefined;
  #inside: PanelInside | undefined;
  #known: ReadonlyMap<string, string> | undefined;
  #knownOf: unknown;

  get #me(): string | undefined {
    const session = this.#session.value;
    return session?.status === 'signed-in' ? session.session.account.id : undefined;
  }

  get #isBuyer(): boolean {
    const session = this.#session.value;
    return session?.status === 'signed-in' && session.session.account.roles.includes('buyer');
  }

  /** Empty: of the buyer who is signed in. Undefined: nobody is on the line, or nobody is signed in. */
  get #customer(): string | undefined {
    if (this.#me === undefined) return undefined;
    if (this.#isBuyer) return '';
    return this.customerId || this.#call.value?.customer?.id;
  }

  get #callId(): string {
    return this.#isBuyer ? '' : this.callId || (this.#call.value?.id ?? '');
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const list = this.#tickets.value;
    if (list?.status !== 'ready') {
      this.#known = undefined;
      return;
    }
    const now = new Map(list.value.tickets.map((ticket) => [ticket.id, stateOf(ticket)]));
    // Another list is no news.
    if (this.#known && this.#knownOf === this.#followed) this.#announce(list.value.tickets);
    this.#known = now;
    this.#knownOf = this.#followed;
  }

  protected override firstUpdated(): void {
    void this.#load();
  }

  async #load(): Promise<void> {
    if (this.#inside) return;
    await this.#commands.run('load', async () => {
      const { PanelInside: Inside } = await loadInside();
      this.#inside = new Inside(this, {
        desk: () => this.activeDesk,
        customer: () => this.#customer,
        deviceId: () => this.deviceId,
        callId: () => this.#callId,
      });
    });
  }

  #announce(present: readonly Ticket[]): void {
    const t = this.locale.terms.tickets;
    const news = present.find((ticket) => {
      const before = this.#known?.get(ticket.id);
      return before !== undefined && before !== stateOf(ticket) && ticket.id !== this.openId;
    });
    const opened = present.find(({ id }) => id === this.openId);
    const answered = opened && stateOf(opened) === 'answered' && this.#known?.get(opened.id) !== 'answered';
    const said = news ?? (answered ? opened : undefined);
    if (!said) return;
    const number = this.locale.formats.digits(String(said.number));
    this.announced =
      stateOf(said) === 'answered' ? t.live.answered(number) : t.live.changed(number, t.state[stateOf(said)]);
  }

  async #open(ticket: Ticket | undefined): Promise<void> {
    const before = this.openId;
    this.openId = ticket?.id;
    this.writing = false;
    this.created = undefined;
    this.dispatchEvent(new CwTicketOpenEvent(ticket));
    if (ticket) void this.#load();
    await this.updateComplete;
    // Where the person was goes away with the view: they go on at the beginning of the other.
    const find = (place: string) => this.renderRoot.querySelector<HTMLElement>(place);
    const place = ticket ? find('[data-action="back"]') : find(`[data-ticket="${before}"] button`);
    (place ?? find('[data-action="new"]'))?.focus();
  }

  async #write(writing: boolean): Promise<void> {
    this.writing = writing;
    this.created = undefined;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(writing ? 'cw-ticket-form' : '[data-action="new"]')?.focus();
  }

  async #handleCreated({ ticket }: CwTicketCreatedEvent): Promise<void> {
    await this.#write(false);
    this.created = ticket;
  }

  protected override render(): TemplateResult {
    if (!this.activeDesk) return this.renderNoDesk();
    const t = this.locale.terms.tickets;
    return html`
      <section class="surface stack" aria-label=${t.title}>
        <p class="visually-hidden" role="status">${this.announced}</p>
        <div role="status">${this.#connection.value === 'offline' ? html`<p class="message warning" data-offline>${warningIcon}<span>${t.offline}</span></p>` : nothing}</div>
        ${this.#inside?.errors.map((error) => this.#renderFailure(error, () => this.#inside?.reload())) ?? nothing}
        ${this.openId !== undefined || this.writing ? this.#renderInside() : this.#renderList()}
      </section>
    `;
  }

  #renderInside(): TemplateResult {
    const t = this.locale.terms.tickets;
    const { openId } = this;
    return html`
      <p><button class="plain" data-action="back" @click=${() => void (this.writing ? this.#write(false) : this.#open(undefined))}>${t.back}</button></p>
      ${this.#commands.failed === 'load' ? this.#renderFailure(this.#commands.error, () => void this.#load()) : nothing}
      ${
        openId !== undefined
          ? html`<cw-ticket-thread .desk=${this.desk} ticket-id=${openId} call-id=${this.#callId}></cw-ticket-thread>`
          : html`<cw-ticket-form .desk=${this.desk} .devices=${this.#inside?.devices ?? []} device-id=${this.deviceId} customer-id=${this.#customer ?? ''} call-id=${this.#callId} @cw-ticket-created=${this.#handleCreated}></cw-ticket-form>`
      }
    `;
  }

  #renderList(): TemplateResult {
    const t = this.locale.terms.tickets;
    const list = this.#tickets.value;
    return html`
      <div class="row spread">
        <h2>${t.title}</h2>
        <div class="row filters">
          <div class="row" role="group" aria-label=${t.filter}>${TICKET_FILTERS.map(
            (filter) =>
              html`<button class="plain" data-filter=${filter} aria-pressed=${this.filter === filter} @click=${() => {
                this.filter = filter;
              }}>${t.filters[filter]}</button>`,
          )}</div>
          ${this.#renderNew()}
        </div>
      </div>
      ${this.#inside?.render(t, this.locale.locale, (wayOut, deviceId) => this.dispatchEvent(new CwTicketWayOutEvent(wayOut, deviceId))) ?? nothing}
      <div role="status">${this.#renderNews()}</div>
      ${
        list?.status === 'failed'
          ? this.#renderFailure(list.error, () => void this.#followed?.reload())
          : list?.status !== 'ready'
            ? html`<span class="skeleton"></span><span class="skeleton"></span><span class="skeleton"></span>`
            : this.#renderRows(list.value)
      }
    `;
  }

  #renderNew(): TemplateResult {
    const t = this.locale.terms.tickets;
    const devices = this.#inside?.devices;
    const refused = this.#inside?.isRefused === true;
    return html`<button class="primary" data-action="new" ?disabled=${refused || !devices || devices.length === 0} aria-describedby=${refused ? 'refused' : nothing}
      @click=${() => void this.#write(true)}>${t.new}</button>`;
  }

  #renderNews(): TemplateResult | typeof nothing {
    const t = this.locale.terms.tickets;
    if (this.#inside?.draftWaits) return html`<p class="message warning" data-draft="waiting">${t.draft.waiting}</p>`;
    return this.created
      ? html`<p class="message success">${t.form.sent(this.locale.formats.digits(String(this.created.number)))}</p>`
      : nothing;
  }

  #renderRows({ tickets: shown, more }: TicketListView): TemplateResult {
    const t = this.locale.terms.tickets;
    if (shown.length === 0) {
      const noDevice = this.#inside?.devices?.length === 0 && this.#isBuyer;
      return html`<p class="empty">${noDevice ? t.form.noDevice : this.filter === 'all' ? t.empty : `${t.empty} ${t.emptyFiltered}`}</p>`;
    }
    return html`
      <ul class="list">${repeat(
        shown,
        ({ id }) => id,
        (ticket) => ticketRow(ticket, t, this.locale.formats, () => void this.#open(ticket)),
      )}</ul>
      ${more ? html`<p><button data-action="more" ?disabled=${this.#commands.pending !== undefined} @click=${() => void this.#commands.run('more', async () => this.#followed?.more())}>${t.more}</button></p>` : nothing}
      ${this.#commands.error === undefined ? nothing : this.#renderFailure(this.#commands.error)}
    `;
  }

  #renderFailure(error: unknown, again?: () => void): TemplateResult {
    return html`<p class="message danger" role="alert">${warningIcon}<span>${describeProblem(error, this.locale.terms)}</span>
      ${again ? html`<button class="plain" data-action="retry" @click=${again}>${this.locale.terms.essential.retry}</button>` : nothing}</p>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cw-ticket-panel': CwTicketPanel;
  }
}
