import { accounts, type Desk, supervision } from '@callweave/sdk';
import type { Account, ListeningEntry, ListeningKind } from '@callweave/sdk/protocol';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { CommandController } from '../../controllers/command-controller.ts';
import { LocaleController } from '../../controllers/locale-controller.ts';
import { DeskElement } from '../../elements/desk-element.ts';
import { warningIcon } from '../../icons/icons.ts';
import { baseStyles } from '../../styles/base.styles.ts';
import { buttonStyles } from '../../styles/button.styles.ts';
import { chipStyles } from '../../styles/chip.styles.ts';
import { fieldStyles } from '../../styles/field.styles.ts';
import { surfaceStyles } from '../../styles/surface.styles.ts';
import { tableStyles } from '../../styles/table.styles.ts';
import { describeProblem } from '../../translations/describe-problem.ts';
import { problemTerms } from '../../translations/problem-terms.ts';
import { supervisionTerms } from '../../translations/supervision-terms.ts';
import type { CwDayEvent } from '../day-field/day-field.events.ts';
import { listeningLogStyles } from './listening-log.styles.ts';
import { EMPTY_FILTER, type LogFilter, requestOf } from './log-filter.ts';

const KINDS: readonly ListeningKind[] = [
  'recording',
  'download',
  'voicemail',
  'listen',
  'whisper',
  'barge',
  'take-over',
];

/**
 * @summary The listening log for managers: who heard which call or recording, when, for how long and why. Filtered by
 * listener, agent, kind and days; newest first, older entries on demand.
 *
 * @csspart row - One entry.
 * @csspart filter - The fields above the list.
 */
export class CwListeningLog extends DeskElement {
  static override styles = [
    baseStyles,
    surfaceStyles,
    buttonStyles,
    fieldStyles,
    chipStyles,
    tableStyles(860),
    listeningLogStyles,
  ];

  protected override readonly locale = new LocaleController(this, supervisionTerms, problemTerms);
  readonly #commands = new CommandController(this);

  @state() private filter: LogFilter = EMPTY_FILTER;
  @state() private entries: readonly ListeningEntry[] | undefined;
  @state() private next: string | null = null;
  @state() private accounts: readonly Account[] = [];

  #loadedFor: Desk | undefined;
  /** The filter of the entries that are shown: the next page belongs to it, whatever was chosen meanwhile. */
  #shown: LogFilter = EMPTY_FILTER;

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    const desk = this.activeDesk;
    if (!desk || desk === this.#loadedFor) return;
    this.#loadedFor = desk;
    void this.#load();
    // Without names to choose from the log is still there.
    desk
      .use(accounts)
      .list()
      .then(
        (accounts) => {
          this.accounts = accounts;
        },
        () => {},
      );
  }

  async #load(): Promise<void> {
    const filter = this.filter;
    await this.#commands.run('load', async () => {
      const page = await this.feature(supervision)?.listeningLog(requestOf(filter));
      if (!page) return;
      this.#shown = filter;
      this.entries = page.entries;
      this.next = page.next;
    });
  }

  async #loadMore(): Promise<void> {
    const { next } = this;
    if (next === null) return;
    await this.#commands.run('more', async () => {
      const page = await this.feature(supervision)?.listeningLog({ ...requestOf(this.#shown), before: next });
      if (!page) return;
      this.entries = [...(this.entries ?? []), ...page.entries];
      this.next = page.next;
    });
  }

  readonly #handleSubmit = (event: SubmitEvent) => {
    event.preventDefault();
    void this.#load();
  };

  #change(changes: Partial<LogFilter>): void {
    this.filter = { ...this.filter, ...changes };
  }

  protected override render(): TemplateResult {
    if (!this.activeDesk) return this.renderNoDesk();
    const { terms } = this.locale;
    const t = terms.supervision.log;
    const { error } = this.#commands;
    return html`
      <section class="surface stack" aria-labelledby="title">
        <h2 id="title">${t.title}</h2>
        ${this.#renderFilter()}
        ${error === undefined ? nothing : html`<p class="message danger" role="alert">${warningIcon}<span>${describeProblem(error, terms)}</span></p>`}
        ${
          this.entries === undefined
            ? error === undefined
              ? html`<span class="skeleton"></span><span class="skeleton"></span><span class="skeleton"></span>`
              : nothing
            : this.entries.length === 0
              ? html`<p class="empty">${t.empty}</p>`
              : this.#renderTable(this.entries)
        }
        <div class="more">
          <span class="muted small tabular" role="status">${this.entries?.length ? t.shown(this.entries.length) : nothing}</span>
          ${this.next === null ? nothing : html`<button data-action="more" ?disabled=${this.#commands.pending !== undefined} @click=${() => this.#loadMore()}>${t.more}</button>`}
        </div>
      </section>
    `;
  }

  #renderFilter(): TemplateResult {
    const t = this.locale.terms.supervision.log;
    const lang = this.locale.locale;
    const people = (
      id: 'listenerId' | 'agentId',
      label: string,
    ) => html`<div class="field"><label for=${id}>${label}</label>
      <select id=${id} .value=${this.filter[id]} @change=${(event: Event) => this.#change({ [id]: (event.target as HTMLSelectElement).value })}>
        <option value="">${t.filter.any}</option>
        ${this.accounts.map((account) => html`<option value=${account.id}>${account.name}</option>`)}
      </select></div>`;
    return html`<form part="filter" @submit=${this.#handleSubmit}>
      ${people('listenerId', t.filter.listener)} ${people('agentId', t.filter.agent)}
      <div class="field"><label for="kind">${t.filter.kind}</label>
        <select id="kind" .value=${this.filter.kind} @change=${(event: Event) => this.#change({ kind: (event.target as HTMLSelectElement).value as LogFilter['kind'] })}>
          <option value="">${t.filter.any}</option>
          ${KINDS.map((kind) => html`<option value=${kind}>${t.kind[kind]}</option>`)}
        </select></div>
      <cw-day-field id="from" .desk=${this.activeDesk} lang=${lang} .label=${t.filter.from} .value=${this.filter.from} @cw-day=${({ value }: CwDayEvent) => this.#change({ from: value })}></cw-day-field>
      <cw-day-field id="to" .desk=${this.activeDesk} lang=${lang} .label=${t.filter.to} .value=${this.filter.to} @cw-day=${({ value }: CwDayEvent) => this.#change({ to: value })}></cw-day-field>
      <button class="primary" ?disabled=${this.#commands.pending !== undefined}>${t.filter.apply}</button>
    </form>`;
  }

  #renderTable(entries: readonly ListeningEntry[]): TemplateResult {
    const { columns } = this.locale.terms.supervision.log;
    return html`
      <div class="scroll" tabindex="0" role="group" aria-labelledby="title"><table role="table" aria-labelledby="title">
        <thead role="rowgroup"><tr role="row">
          <th role="columnheader" scope="col">${columns.when}</th><th role="columnheader" scope="col">${columns.who}</th><th role="columnheader" scope="col">${columns.what}</th>
          <th role="columnheader" scope="col">${columns.agent}</th><th role="columnheader" scope="col">${columns.length}</th><th role="columnheader" scope="col">${columns.reason}</th>
        </tr></thead>
        <tbody role="rowgroup">${repeat(
          entries,
          ({ id }) => id,
          (entry) => this.#renderEntry(entry),
        )}</tbody>
      </table></div>
    `;
  }

  #renderEntry({ kind, listener, agent, reason, startedAt, endedAt }: ListeningEntry): TemplateResult {
    const t = this.locale.terms.supervision.log;
    const { formats } = this.locale;
    const live = kind !== 'recording' && kind !== 'download' && kind !== 'voicemail' && kind !== 'take-over';
    return html`<tr role="row" part="row">
      <td role="cell" class="tabular"><time datetime=${startedAt}>${formats.dateTime(startedAt)}</time></td>
      <td role="cell"><bdi>${listener.name}</bdi></td>
      <td role="cell"><span class="chip">${t.kind[kind]}</span></td>
      <td role="cell" data-label=${t.columns.agent}><bdi>${agent?.name ?? ''}</bdi></td>
      <td role="cell" class="tabular" data-label=${t.columns.length}>${
        endedAt !== null && live
          ? formats.duration(Date.parse(endedAt) - Date.parse(startedAt))
          : live
            ? html`<span class="chip warning">${t.goesOn}</span>`
            : '–'
      }</td>
      <td role="cell" class="reason">${reason ? html`<bdi>${reason}</bdi>` : html`<span class="muted">${t.noReason}</span>`}</td>
    </tr>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cw-listening-log': CwListeningLog;
  }
}
