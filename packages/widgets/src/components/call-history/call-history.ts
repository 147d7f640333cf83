import { accounts, callHistory } from '@callweave/sdk';
import type { Account, Call, CallFilter, CallOutcome, Queue } from '@callweave/sdk/protocol';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { CallPages } from '../../controllers/call-pages.ts';
import { LocaleController } from '../../controllers/locale-controller.ts';
import { ReadableController } from '../../controllers/readable-controller.ts';
import { DeskElement } from '../../elements/desk-element.ts';
import { crossIcon, playIcon, searchIcon, warningIcon } from '../../icons/icons.ts';
import { baseStyles } from '../../styles/base.styles.ts';
import { buttonStyles } from '../../styles/button.styles.ts';
import { chipStyles } from '../../styles/chip.styles.ts';
import { fieldStyles } from '../../styles/field.styles.ts';
import { surfaceStyles } from '../../styles/surface.styles.ts';
import { describeProblem } from '../../translations/describe-problem.ts';
import { problemTerms } from '../../translations/problem-terms.ts';
import { reportTerms } from '../../translations/report-terms.ts';
import type { CwDayEvent } from '../day-field/day-field.events.ts';
import { callHistoryStyles } from './call-history.styles.ts';
import { CallTableDownload } from './call-table-download.ts';
import { rowWindow } from './row-window.ts';

const OUTCOMES = [
  'answered',
  'missed',
  'abandoned',
  'callback',
  'busy',
  'no-answer',
  'rejected',
  'unreachable',
  'failed',
] as const satisfies readonly CallOutcome[];

/** Good, and bad for the caller; the others are neither. */
const LOOKS: Partial<Record<CallOutcome, string>> = { answered: 'success', missed: 'danger', abandoned: 'warning' };

/**
 * @summary Past calls, found by number in any form, agent, outcome, direction, queue, tag and day. Agents find their own,
 * supervisors all. The list draws only what is seen, however long it is; recordings play from their row, and what was
 * found can be saved as a table.
 *
 * @csspart filters - The form of what to look for.
 * @csspart rows - The list, which scrolls by itself.
 * @csspart player - The recording that is being played.
 *
 * @cssproperty [--cw-call-history-height=480px] - Height of the list.
 */
export class CwCallHistory extends DeskElement {
  static override styles = [baseStyles, surfaceStyles, buttonStyles, fieldStyles, chipStyles, callHistoryStyles];

  protected override readonly locale = new LocaleController(this, reportTerms, problemTerms);
  readonly #pages = new CallPages(this, () => this.activeDesk);
  readonly #download = new CallTableDownload(this, () => this.activeDesk);
  readonly #session = new ReadableController(this, () => this.activeDesk?.session.state);

  @query('.rows') private rows!: HTMLElement | null;

  @state() private filter: CallFilter = {};
  @state() private agents: readonly Account[] = [];
  @state() private queues: readonly Queue[] = [];
  @state() private viewport = { top: 0, height: 480, rowHeight: 44 };
  @state() private playing: Call | undefined;
  @state() private searched = false;

  /** Only calls of this customer. */
  @property({ attribute: 'customer-id' }) customerId = '';

  #searchedFor: unknown;
  #follows: (() => void) | undefined;
  #resize: ResizeObserver | undefined;

  get #seesAll(): boolean {
    const session = this.#session.value;
    if (session?.status !== 'signed-in') return false;
    return session.session.account.roles.some((role) => role === 'supervisor' || role === 'manager');
  }

  get #wanted(): CallFilter {
    return { ...this.filter, ...(this.customerId === '' ? {} : { customerId: this.customerId }) };
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#follows?.();
    this.#follows = undefined;
    this.#searchedFor = undefined;
    this.#resize?.disconnect();
    this.#resize = undefined;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    const desk = this.activeDesk;
    if (!desk || !this.isConnected) return;
    const wanted = `${this.customerId} ${this.#seesAll}`;
    if (this.#follows !== undefined && this.#searchedFor === wanted) return;
    this.#follows?.();
    this.#follows = desk.events.on('call', ({ data }) => this.#pages.handleCall(data));
    this.#searchedFor = wanted;
    void this.#pages.search(this.#wanted);
    void this.#loadChoices();
  }

  protected override updated(): void {
    const { rows } = this;
    if (!rows) return;
    if (this.#resize === undefined) {
      this.#resize = new ResizeObserver(() => this.#handleScroll());
      this.#resize.observe(rows);
    }
    const { first, end } = this.#window;
    const { rowHeight } = this.viewport;
    rows.querySelector<HTMLElement>('.before')?.style.setProperty('block-size', `${first * rowHeight}px`);
    rows
      .querySelector<HTMLElement>('.after')
      ?.style.setProperty('block-size', `${(this.#pages.calls.length - end) * rowHeight}px`);
    if (end >= this.#pages.calls.length && this.#pages.error === undefined) void this.#pages.more();
  }

  get #window() {
    const { top, height, rowHeight } = this.viewport;
    return rowWindow(top, height, rowHeight, this.#pages.calls.length);
  }

  async #loadChoices(): Promise<void> {
    const desk = this.activeDesk;
    if (!desk) return;
    // Without them the list works all the same.
    this.queues =
      (await desk
        .use(callHistory)
        .queues()
        .catch(() => undefined)) ?? [];
    if (this.#seesAll)
      this.agents =
        (await desk
          .use(accounts)
          .list()
          .catch(() => undefined)) ?? [];
  }

  readonly #handleScroll = () => {
    const { rows } = this;
    if (!rows) return;
    const rowHeight = rows.querySelector<HTMLElement>('.row-of-call')?.offsetHeight || this.viewport.rowHeight;
    const { scrollTop: top, clientHeight: height } = rows;
    const now = this.viewport;
    if (top !== now.top || height !== now.height || rowHeight !== now.rowHeight)
      this.viewport = { top, height, rowHeight };
  };

  #set(name: keyof CallFilter, value: string): void {
    const { [name]: _, ...rest } = this.filter;
    this.filter = value === '' ? rest : { ...rest, [name]: value };
  }

  readonly #handleSearch = (event?: Event) => {
    event?.preventDefault();
    const { from, to } = this.filter;
    if (from === 'invalid' || to === 'invalid') return;
    this.searched = true;
    this.playing = undefined;
    this.#download.forget();
    if (this.rows) this.rows.scrollTop = 0;
    void this.#pages.search(this.#wanted);
  };

  readonly #handleClear = () => {
    this.filter = {};
    this.searched = false;
    this.renderRoot.querySelector('form')?.reset();
    this.#handleSearch();
    this.searched = false;
  };

  async #handlePlay(call: Call): Promise<void> {
    this.playing = this.playing?.id === call.id ? undefined : call;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('.player button')?.focus();
  }

  #numberOf({ direction, kind, presentedNumber, callerNumber, calledNumber }: Call): string {
    return direction === 'outbound' || (kind === 'virtual' && presentedNumber !== null) ? calledNumber : callerNumber;
  }

  protected override render(): TemplateResult {
    if (!this.activeDesk) return this.renderNoDesk();
    const t = this.locale.terms.reports.history;
    const { formats } = this.locale;
    const { total } = this.#pages;
    return html`
      <section class="surface stack" aria-labelledby="title">
        <h2 id="title">${t.title}</h2>
        ${this.#renderForm()}
        <div class="row spread">
          <span role="status" class="muted small">${total === undefined ? nothing : t.found(formats.number(total))}</span>
          ${this.#renderDownload()}
        </div>
        ${
          this.#pages.error !== undefined
            ? this.#renderFailure(this.#pages.error)
            : this.#pages.calls.length > 0
              ? this.#renderRows()
              : this.#pages.loading
                ? html`<span class="skeleton"></span><span class="skeleton"></span><span class="skeleton"></span>`
                : html`<p class="empty">${this.searched ? t.nothingFound : t.empty}</p>`
        }
        ${this.playing ? this.#renderPlayer(this.playing) : nothing}
      </section>
    `;
  }

  #renderForm(): TemplateResult {
    const t = this.locale.terms.reports.history;
    const choice = (
      name: 'direction' | 'outcome' | 'agentId' | 'queueId',
      label: string,
      options: readonly (readonly [string, string])[],
    ) => html`<div class="field"><label for=${name}>${label}</label><select id=${name} @change=${(event: Event) =>
      this.#set(name, (event.target as HTMLSelectElement).value)}>
        <option value="" ?selected=${this.filter[name] === undefined}>${t.any}</option>
        ${options.map(([value, word]) => html`<option value=${value} ?selected=${this.filter[name] === value}>${word}</option>`)}
      </select></div>`;
    const day = (name: 'from' | 'to', label: string) =>
      html`<cw-day-field .desk=${this.desk} label=${label} .value=${this.filter[name] ?? ''} @cw-day=${(event: CwDayEvent) => this.#set(name, event.value)}></cw-day-field>`;
    const { number = '', tag = '' } = this.filter;
    return html`<form part="filters" @submit=${this.#handleSearch}>
      <div class="field"><label for="number">${t.number}</label>
        <input id="number" dir="ltr" inputmode="tel" autocomplete="off" maxlength="40" aria-describedby="number-about" .value=${number} @input=${(event: Event) => this.#set('number', (event.target as HTMLInputElement).value.trim())}>
        <span id="number-about" class="hint">${t.numberHint}</span></div>
      ${choice(
        'direction',
        t.direction,
        (['inbound', 'outbound'] as const).map((each) => [each, t.directions[each]]),
      )}
      ${choice(
        'outcome',
        t.outcome,
        OUTCOMES.map((each) => [each, t.outcomes[each]]),
      )}
      ${
        this.#seesAll
          ? choice(
              'agentId',
              t.agent,
              this.agents.map(({ id, name }) => [id, name]),
            )
          : nothing
      }
      <details><summary>${t.more}</summary><div class="more">
        ${day('from', t.from)}${day('to', t.to)}
        <div class="field"><label for="tag">${t.tag}</label><input id="tag" dir="auto" maxlength="60" .value=${tag} @input=${(event: Event) => this.#set('tag', (event.target as HTMLInputElement).value.trim())}></div>
        ${
          this.queues.length === 0
            ? nothing
            : choice(
                'queueId',
                t.queue,
                this.queues.map(({ id, names }) => [id, names[this.locale.locale]]),
              )
        }
      </div></details>
      <div class="row decide"><button class="primary" data-action="search">${searchIcon}${t.search}</button>
        <button type="button" class="plain" data-action="clear" @click=${this.#handleClear}>${t.clear}</button></div>
    </form>`;
  }

  #renderDownload(): TemplateResult {
    const t = this.locale.terms.reports.history;
    const { formats } = this.locale;
    const { progress, error, done } = this.#download;
    if (progress !== undefined)
      return html`<span class="row" data-state="exporting"><progress max=${Math.max(1, progress.of)} value=${progress.rows} aria-label=${t.export}></progress>
        <span class="tabular small">${t.exporting(formats.number(progress.rows), formats.number(progress.of))}</span>
        <button data-action="stop" @click=${() => this.#download.stop()}>${t.stopExport}</button></span>`;
    return html`<span class="row">
      ${error === undefined ? nothing : this.#renderFailure(error)}
      <span class="small muted" role="status">${done === undefined ? t.exportLogged : t.exported(formats.number(done))}</span>
      <button data-action="export" ?disabled=${this.#pages.calls.length === 0} @click=${() => void this.#download.start(this.#wanted)}>${t.export}</button>
    </span>`;
  }

  #renderRows(): TemplateResult {
    const { columns } = this.locale.terms.reports.history;
    const { calls, total } = this.#pages;
    const { first, end } = this.#window;
    const column = (name: string) => html`<span role="columnheader">${name}</span>`;
    return html`
      <div class="rows" part="rows" role="table" tabindex="0" aria-labelledby="title" aria-rowcount=${(total ?? -2) + 1} @scroll=${this.#handleScroll}>
        <div role="row" class="head" aria-rowindex="1">${column(columns.time)}${column(columns.number)}${column(columns.customer)}${column(columns.agent)}${column(columns.outcome)}<span role="columnheader" class="length">${columns.length}</span><span role="columnheader"><span class="visually-hidden">${columns.recording}</span></span></div>
        <div class="before" role="presentation"></div>
        ${repeat(
          calls.slice(first, end),
          ({ id }) => id,
          (call, index) => this.#renderRow(call, first + index + 2),
        )}
        <div class="after" role="presentation"></div>
      </div>
    `;
  }

  #renderRow(call: Call, index: number): TemplateResult {
    const t = this.locale.terms.reports.history;
    const { formats } = this.locale;
    const { customer, agent, outcome, answeredAt, endedAt, recording, direction } = call;
    const number = this.#numberOf(call);
    const words = outcome === null ? t.goingOn : t.outcomes[outcome];
    const length = answeredAt !== null && endedAt !== null ? Date.parse(endedAt) - Date.parse(answeredAt) : undefined;
    const who = customer?.name ?? (number === '' ? t.withheld : formats.phone(number));
    return html`<div role="row" class="row-of-call" data-call=${call.id} aria-rowindex=${index} aria-selected=${this.playing?.id === call.id ? 'true' : nothing}>
      <span role="cell" class="time tabular small">${formats.dateTime(call.startedAt)}</span>
      <span role="cell" class="number">${number === '' ? html`<span class="muted">${t.withheld}</span>` : html`<span aria-hidden="true">${direction === 'outbound' ? '↗' : '↙'}</span><span class="visually-hidden">${t.directions[direction]}</span> <bdi dir="ltr" class="tabular">${formats.phone(number)}</bdi>`}</span>
      <span role="cell" class="customer"><bdi>${customer?.name ?? ''}</bdi></span>
      <span role="cell" class="agent muted"><bdi>${agent?.name ?? ''}</bdi></span>
      <span role="cell" class="outcome"><span class="chip ${outcome === null ? '' : (LOOKS[outcome] ?? '')}">${words}</span></span>
      <span role="cell" class="length tabular">${length === undefined ? '' : formats.duration(length)}</span>
      <span role="cell" class="recording">${recording.id !== null && recording.state === 'stored' ? html`<button class="icon plain" data-action="play" aria-label=${t.play(who)} aria-expanded=${this.playing?.id === call.id} @click=${() => this.#handlePlay(call)}>${playIcon}</button>` : nothing}</span>
    </div>`;
  }

  #renderPlayer(call: Call): TemplateResult {
    const t = this.locale.terms.reports.history;
    return html`<div class="player stack" part="player">
      <div class="row spread"><span class="small"><bdi>${call.customer?.name ?? ''}</bdi> <span class="tabular">${this.locale.formats.dateTime(call.startedAt)}</span></span>
        <button class="icon plain" aria-label=${t.closePlayer} @click=${() => {
          this.playing = undefined;
        }}>${crossIcon}</button></div>
      <cw-recording-player .desk=${this.desk} recording-id=${call.recording.id ?? ''}></cw-recording-player>
    </div>`;
  }

  #renderFailure(error: unknown): TemplateResult {
    return html`<p class="message danger" role="alert">${warningIcon}<span>${describeProblem(error, this.locale.terms)}</span></p>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cw-call-history': CwCallHistory;
  }
}
