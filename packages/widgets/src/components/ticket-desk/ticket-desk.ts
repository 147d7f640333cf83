import { dueOf, type FollowedTickets, type Loadable, type TicketListView, tickets } from '@callweave/sdk';
import { TICKET_PRIORITIES, type Ticket, type TicketPriority } from '@callweave/sdk/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { FollowController } from '../../controllers/follow-controller.ts';
import { LocaleController } from '../../controllers/locale-controller.ts';
import { ReadableController } from '../../controllers/readable-controller.ts';
import { DeskElement } from '../../elements/desk-element.ts';
import { warningIcon } from '../../icons/icons.ts';
import { baseStyles } from '../../styles/base.styles.ts';
import { buttonStyles } from '../../styles/button.styles.ts';
import { chipStyles } from '../../styles/chip.styles.ts';
import { fieldStyles } from '../../styles/field.styles.ts';
import { surfaceStyles } from '../../styles/surface.styles.ts';
import { describeProblem } from '../../translations/describe-problem.ts';
import { problemTerms } from '../../translations/problem-terms.ts';
import { ticketDeskTerms } from '../../translations/ticket-desk-terms.ts';
import { ticketTerms } from '../../translations/ticket-terms.ts';
import { WindowedRows } from '../number-pairings/windowed-rows.ts';
import { CwTicketOpenEvent } from '../ticket-panel/ticket-panel.events.ts';
import { DraftSender } from '../ticket-parts/draft-sender.ts';
import { priorityChip, stateChip } from '../ticket-parts/ticket-chips.ts';
import { dueChip } from './due-words.ts';
import { QueueCounts } from './queue-counts.ts';
import { filterOf, TICKET_VIEWS, type TicketView } from './queue-view.ts';
import { ticketDeskStyles } from './ticket-desk.styles.ts';

/** Between the last key and the question to the server. */
const PAUSE_MS = 250;
/** So near the end of what is loaded the next page is asked for. */
const AHEAD = 60;

const COLUMNS = ['number', 'title', 'customer', 'priority', 'state', 'assignee', 'due'] as const;

/**
 * @summary The technical team's tickets: what is open, late, in review, mine or nobody's, with counts; search; and one
 * opened beside the list, to assign, answer, note, record work, close. However long the queue, only what is seen is drawn.
 *
 * @event {CwTicketOpenEvent} cw-ticket-open - A ticket was opened.
 *
 * @csspart rows - The list, which scrolls by itself.
 * @csspart detail - The opened ticket.
 *
 * @cssproperty [--cw-ticket-desk-height=560px] - Height of the list.
 */
export class CwTicketDesk extends DeskElement {
  static override styles = [baseStyles, surfaceStyles, buttonStyles, fieldStyles, chipStyles, ticketDeskStyles];

  protected override readonly locale = new LocaleController(this, ticketTerms, ticketDeskTerms, problemTerms);
  readonly #session = new ReadableController(this, () => this.activeDesk?.session.state);
  readonly #drafts = new DraftSender(this, () => this.activeDesk);
  readonly #counts = new QueueCounts(
    this,
    () => this.activeDesk,
    () => this.#me,
  );
  readonly #tickets = new FollowController<Loadable<TicketListView>>(this, {
    key: () => this.#me && [this.view, this.priority, this.query, this.#me].join('\n'),
    open: () => {
      this.#followed = this.feature(tickets)?.follow(filterOf(this.view, this.#me ?? '', this.priority, this.query));
      return this.#followed;
    },
  });
  readonly #rows = new WindowedRows(this, () => this.#shown.length);

  @state() private priority: TicketPriority | '' = '';
  @state() private query = '';
  @state() private active = 0;
  @state() private moreFailed: unknown;

  /** Which tickets are listed. */
  @property({ reflect: true }) view: TicketView = 'open';
  /** The opened ticket. */
  @property({ attribute: 'ticket-id', reflect: true }) ticketId = '';

  #followed: FollowedTickets | undefined;
  #typing: ReturnType<typeof setTimeout> | undefined;

  get #me(): string | undefined {
    const session = this.#session.value;
    return session?.status === 'signed-in' ? session.session.account.id : undefined;
  }

  get #shown(): readonly Ticket[] {
    const list = this.#tickets.value;
    return list?.status === 'ready' ? list.value.tickets : [];
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#typing);
  }

  protected override willUpdate(changed: ReadonlyMap<PropertyKey, unknown>): void {
    if (!changed.has('view') && !changed.has('priority') && !changed.has('query')) return;
    this.active = 0;
    this.moreFailed = undefined;
    if (this.hasUpdated) this.#rows.toTop();
  }

  protected override updated(): void {
    const list = this.#tickets.value;
    if (list?.status !== 'ready' || !list.value.more || this.moreFailed !== undefined) return;
    if (this.#rows.range.end + AHEAD >= list.value.tickets.length) void this.#more();
  }

  async #more(): Promise<void> {
    try {
      await this.#followed?.more();
      this.moreFailed = undefined;
    } catch (error) {
      this.moreFailed = error;
    }
  }

  #handleSearch(event: Event): void {
    const { value } = event.target as HTMLInputElement;
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => {
      this.query = value.trim();
    }, PAUSE_MS);
  }

  async #open(ticket: Ticket | undefined): Promise<void> {
    if (!ticket) return;
    this.ticketId = ticket.id;
    this.dispatchEvent(new CwTicketOpenEvent(ticket));
    await this.updateComplete;
    // Where there is no room for both, the list has made way, and the focus with it.
    if (this.renderRoot.querySelector('.rows')?.checkVisibility() === false)
      this.renderRoot.querySelector<HTMLElement>('[data-action="close-detail"]')?.focus();
  }

  async #close(): Promise<void> {
    this.ticketId = '';
    this.dispatchEvent(new CwTicketOpenEvent(undefined));
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('.rows')?.focus();
  }

  #handleKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const rows = event.currentTarget as HTMLElement;
    const height = rows.querySelector<HTMLElement>('.line')?.offsetHeight ?? 44;
    const page = Math.max(1, Math.floor(rows.clientHeight / height) - 1);
    const last = this.#shown.length - 1;
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: this.active + 1,
      ArrowUp: this.active - 1,
      PageDown: this.active + page,
      PageUp: this.active - page,
      Home: 0,
      End: last,
    };
    const to = steps[event.key];
    if (event.key === 'Enter') void this.#open(this.#shown[this.active]);
    else if (to === undefined) return;
    else this.#moveTo(Math.min(Math.max(to, 0), last), rows, height);
    event.preventDefault();
  }

  #moveTo(index: number, rows: HTMLElement, height: number): void {
    this.active = index;
    // The row may not be drawn: where it is follows from its number. The heading covers the top of what is seen.
    const head = rows.querySelector<HTMLElement>('.head');
    const covered = head && getComputedStyle(head).position === 'sticky' ? head.offsetHeight : 0;
    const top = index * height;
    if (top < rows.scrollTop) rows.scrollTop = top;
    else if (top + height > rows.scrollTop + rows.clientHeight - covered)
      rows.scrollTop = top + height - rows.clientHeight + covered;
  }

  protected override render(): TemplateResult {
    if (!this.activeDesk) return this.renderNoDesk();
    const t = this.locale.terms.ticketDesk;
    const { essential } = this.locale.terms;
    const list = this.#tickets.value;
    return html`
      <section class="surface stack" aria-labelledby="title">
        <div class="row spread"><h2 id="title">${t.title}</h2>
          <span class="small muted tabular" role="status">${list?.status === 'ready' ? t.found(this.locale.formats.number(list.value.total)) : nothing}</span></div>
        <div class="row" role="group" aria-label=${t.view}>${TICKET_VIEWS.map((view) => this.#renderView(view))}</div>
        <div class="search">
          <input type="search" dir="auto" maxlength="100" autocomplete="off" aria-label=${t.search} placeholder=${t.search} @input=${this.#handleSearch}>
          <select aria-label=${t.priority} @change=${(event: Event) => {
            this.priority = (event.target as HTMLSelectElement).value as TicketPriority | '';
          }}>
            <option value="" ?selected=${this.priority === ''}>${t.anyPriority}</option>
            ${TICKET_PRIORITIES.map((each) => html`<option value=${each} ?selected=${this.priority === each}>${this.locale.terms.tickets.priority[each]}</option>`)}
          </select>
        </div>
        ${this.#drafts.error === undefined ? nothing : this.#renderFailure(this.#drafts.error)}
        <div class="both ${this.ticketId ? 'opened' : ''}">
          <div class="stack">
            ${
              list?.status === 'failed'
                ? html`${this.#renderFailure(list.error)}<p><button data-action="retry" @click=${() => void this.#followed?.reload()}>${essential.retry}</button></p>`
                : list?.status !== 'ready'
                  ? html`<span class="skeleton"></span><span class="skeleton"></span><span class="skeleton"></span>`
                  : this.#renderRows(list.value)
            }
            ${this.moreFailed === undefined ? nothing : html`${this.#renderFailure(this.moreFailed)}<p><button data-action="more" @click=${() => void this.#more()}>${essential.retry}</button></p>`}
          </div>
          ${
            this.ticketId === ''
              ? nothing
              : html`<div class="stack" part="detail"><p><button data-action="close-detail" @click=${this.#close}>${essential.close}</button></p>
                <cw-ticket-case .desk=${this.desk} ticket-id=${this.ticketId}></cw-ticket-case></div>`
          }
        </div>
      </section>
    `;
  }

  #renderView(view: TicketView): TemplateResult {
    const count = this.#counts.get(view);
    return html`<button data-view=${view} aria-pressed=${this.view === view} @click=${() => {
      this.view = view;
    }}>${this.locale.terms.ticketDesk.views[view]}${count === undefined ? nothing : html` <span class="chip tabular ${view === 'late' && count > 0 ? 'danger' : ''}">${this.locale.formats.number(count)}</span>`}</button>`;
  }

  #renderRows({ tickets: shown, total }: TicketListView): TemplateResult {
    const t = this.locale.terms.ticketDesk;
    if (shown.length === 0) return html`<p class="empty">${t.empty}</p>`;
    const { first, end } = this.#rows.range;
    const now = Date.now();
    const active = Math.min(this.active, shown.length - 1);
    const isDrawn = active >= first && active < end;
    return html`
      <div class="rows" part="rows" role="grid" tabindex="0" aria-labelledby="title" aria-describedby="keys" aria-rowcount=${total + 1} aria-activedescendant=${isDrawn ? `row-${shown[active]?.id}` : nothing}
        @scroll=${this.#rows.handleScroll} @keydown=${this.#handleKey}>
        <div role="row" class="head" aria-rowindex="1">${COLUMNS.map((column) => html`<span role="columnheader">${t.columns[column]}</span>`)}</div>
        <div class="before" role="presentation"></div>
        ${repeat(
          shown.slice(first, end),
          ({ id }) => id,
          (ticket, index) => this.#renderRow(ticket, first + index, first + index === active, now),
        )}
        <div class="after" role="presentation"></div>
      </div>
      <p class="small muted" id="keys">${t.keys}</p>
    `;
  }

  #renderRow(ticket: Ticket, index: number, isActive: boolean, now: number): TemplateResult {
    const { tickets: t, ticketDesk } = this.locale.terms;
    const { formats } = this.locale;
    const { id, number, title, customer, assignee } = ticket;
    return html`<div role="row" class="line ${isActive ? 'active' : ''}" id="row-${id}" data-ticket=${id} aria-rowindex=${index + 2} aria-selected=${this.ticketId === id}
      @click=${() => {
        this.active = index;
        void this.#open(ticket);
      }}>
      <span role="gridcell" class="number tabular small muted">${formats.digits(String(number))}</span>
      <span role="gridcell" class="title"><bdi>${title}</bdi></span>
      <span role="gridcell" class="customer"><bdi>${customer.name}</bdi></span>
      <span role="gridcell" class="priority">${priorityChip(ticket, t)}</span>
      <span role="gridcell" class="state">${stateChip(ticket, t)}</span>
      <span role="gridcell" class="assignee"><bdi class=${assignee ? '' : 'muted'}>${assignee?.name ?? ticketDesk.assign.nobody}</bdi></span>
      <span role="gridcell" class="due">${dueChip(dueOf(ticket), now, ticketDesk.due, formats)}</span>
    </div>`;
  }

  #renderFailure(error: unknown): TemplateResult {
    return html`<p class="message danger" role="alert">${warningIcon}<span>${describeProblem(error, this.locale.terms)}</span></p>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cw-ticket-desk': CwTicketDesk;
  }
}
