import { customers, type Faxes, type FollowedFaxes, faxes, type Loadable } from '@callweave/sdk';
import { type CustomerSummary, type Fax, foldText } from '@callweave/sdk/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { repeat } from 'lit/directives/repeat.js';
import { CommandController } from '../../controllers/command-controller.ts';
import { FollowController } from '../../controllers/follow-controller.ts';
import { LocaleController } from '../../controllers/locale-controller.ts';
import { SearchController } from '../../controllers/search-controller.ts';
import { DeskElement } from '../../elements/desk-element.ts';
import { warningIcon } from '../../icons/icons.ts';
import { baseStyles } from '../../styles/base.styles.ts';
import { buttonStyles } from '../../styles/button.styles.ts';
import { chipStyles } from '../../styles/chip.styles.ts';
import { fieldStyles } from '../../styles/field.styles.ts';
import { surfaceStyles } from '../../styles/surface.styles.ts';
import { tableStyles } from '../../styles/table.styles.ts';
import { describeProblem } from '../../translations/describe-problem.ts';
import { faxTerms } from '../../translations/fax-terms.ts';
import { problemTerms } from '../../translations/problem-terms.ts';
import { faxDetails } from './fax-details.ts';
import { CwFaxOpenEvent } from './fax-inbox.events.ts';
import { faxInboxStyles } from './fax-inbox.styles.ts';
import { faxRow } from './fax-row.ts';
import { faxViewer, type ViewedPage } from './fax-viewer.ts';

/** The values of {@link CwFaxInbox.filter}. */
export const FAX_FILTERS = ['all', 'unread', 'bin'] as const;

const FIRST_PAGE: ViewedPage = { page: 1, zoom: 0, picture: 'loading', attempt: 0 };

/**
 * @summary The office's fax box: what came, from whom, and whose it is; each fax opens to its pages, and can be assigned,
 * noted, downloaded, deleted and taken back.
 *
 * @event {CwFaxOpenEvent} cw-fax-open - A fax was opened; `fax` is undefined when it was closed.
 *
 * @csspart row - One fax.
 * @csspart detail - What an opened fax shows.
 * @csspart paper - The page.
 */
export class CwFaxInbox extends DeskElement {
  static override styles = [
    baseStyles,
    surfaceStyles,
    buttonStyles,
    fieldStyles,
    chipStyles,
    tableStyles(760),
    faxInboxStyles,
  ];

  protected override readonly locale = new LocaleController(this, faxTerms, problemTerms);
  readonly #faxes = new FollowController<Loadable<readonly Fax[]>>(this, {
    key: () => this.activeDesk && `${this.customerId} ${this.filter === 'bin'}`,
    open: () => {
      this.#followed = this.feature(faxes)?.follow({
        ...(this.customerId ? { customerId: this.customerId } : {}),
        ...(this.filter === 'bin' ? { deleted: true } : {}),
      });
      return this.#followed;
    },
  });
  readonly #commands = new CommandController(this);
  readonly #customers = new SearchController<CustomerSummary>(
    this,
    async (query, signal) => (await this.feature(customers)?.find(query, { signal, limit: 6 })) ?? [],
  );

  @state() private query = '';
  @state() private openId: string | undefined;
  @state() private view = FIRST_PAGE;
  /** Just put into the bin: what "Undo" takes back. */
  @state() private deleted: Fax | undefined;
  @state() private done: 'noted' | 'restored' | undefined;
  /** What was there before the list begins. */
  @state() private older: readonly Fax[] = [];
  @state() private olderAreAll = false;

  /** Which faxes are shown. */
  @property({ reflect: true }) filter: (typeof FAX_FILTERS)[number] = 'all';
  /** Only faxes of this customer. */
  @property({ attribute: 'customer-id' }) customerId = '';

  #followed: FollowedFaxes | undefined;

  protected override willUpdate(changed: ReadonlyMap<PropertyKey, unknown>): void {
    if (!changed.has('filter') && !changed.has('customerId')) return;
    this.older = [];
    this.olderAreAll = false;
  }

  #toggle(fax: Fax): void {
    const opens = this.openId !== fax.id;
    this.openId = opens ? fax.id : undefined;
    this.view = FIRST_PAGE;
    this.done = undefined;
    this.#customers.clear();
    this.#commands.clear();
    this.dispatchEvent(new CwFaxOpenEvent(opens ? fax : undefined));
    if (opens && fax.readAt === null && fax.state !== 'receiving' && fax.deletedAt === null)
      void this.#change('read', (box) => box.markRead(fax.id));
  }

  async #change(name: string, command: (box: Faxes) => Promise<Fax>): Promise<Fax | undefined> {
    const box = this.feature(faxes);
    if (!box) return undefined;
    let changed: Fax | undefined;
    await this.#commands.run(name, async () => {
      changed = await command(box);
    });
    const now = changed;
    // Those of before the list are not kept true by events.
    if (now) this.older = this.older.map((fax) => (fax.id === now.id ? now : fax));
    return now;
  }

  async #handleDelete({ id }: Fax): Promise<void> {
    const deleted = await this.#change('delete', (box) => box.delete(id));
    if (!deleted) return;
    this.deleted = deleted;
    this.done = undefined;
    this.openId = undefined;
  }

  async #handleRestore({ id }: Fax): Promise<void> {
    const restored = await this.#change('restore', (box) => box.restore(id));
    if (!restored) return;
    this.deleted = undefined;
    this.done = 'restored';
    this.openId = undefined;
  }

  async #handleOlder(last: Fax): Promise<void> {
    await this.#commands.run('older', async () => {
      const found = await this.feature(faxes)?.olderThan(last.id, {
        ...(this.customerId ? { customerId: this.customerId } : {}),
        deleted: this.filter === 'bin',
      });
      this.older = [...this.older, ...(found ?? [])];
      this.olderAreAll = (found?.length ?? 0) < 200;
    });
  }

  protected override render(): TemplateResult {
    if (!this.activeDesk) return this.renderNoDesk();
    const t = this.locale.terms.fax;
    const faxes = this.#faxes.value;
    const unread =
      faxes?.status === 'ready' && this.filter !== 'bin'
        ? faxes.value.filter((fax) => fax.readAt === null && fax.state !== 'receiving').length
        : 0;
    return html`
      <section class="surface stack" aria-labelledby="title">
        <div class="row spread">
          <h2 id="title">${t.title}${unread > 0 ? html` <span class="chip">${t.unread(unread)}</span>` : nothing}</h2>
          <div class="filters">
            <input type="search" aria-label=${t.search} placeholder=${t.search} maxlength="80" dir="auto" .value=${live(this.query)} @input=${(
              event: Event,
            ) => {
              this.query = (event.target as HTMLInputElement).value;
            }}>
            <select aria-label=${t.filter} @change=${(event: Event) => {
              this.filter = (event.target as HTMLSelectElement).value as CwFaxInbox['filter'];
            }}>${FAX_FILTERS.map((filter) => html`<option value=${filter} ?selected=${this.filter === filter}>${t.filters[filter]}</option>`)}</select>
          </div>
        </div>
        <div role="status">${this.#renderDone()}</div>
        ${this.#commands.failed !== undefined && this.openId === undefined ? this.#renderFailure(this.#commands.error) : nothing}
        ${
          faxes?.status === 'failed'
            ? html`${this.#renderFailure(faxes.error)}<p><button data-action="retry" @click=${() => void this.#followed?.reload()}>${this.locale.terms.essential.retry}</button></p>`
            : faxes?.status !== 'ready'
              ? html`<span class="skeleton"></span><span class="skeleton"></span><span class="skeleton"></span>`
              : this.#renderTable(faxes.value)
        }
      </section>
    `;
  }

  #renderDone(): TemplateResult | typeof nothing {
    const t = this.locale.terms.fax;
    const { deleted } = this;
    if (deleted?.binnedUntil)
      return html`<p class="message">${t.deleted(this.locale.formats.dateTime(deleted.binnedUntil))}
        <button class="plain" data-action="undo" ?disabled=${this.#commands.pending !== undefined} @click=${() => void this.#handleRestore(deleted)}>${t.undo}</button></p>`;
    if (this.done === undefined) return nothing;
    return html`<p class="message success">${this.done === 'noted' ? t.note.saved : t.restored}</p>`;
  }

  #renderTable(present: readonly Fax[]): TemplateResult {
    const t = this.locale.terms.fax;
    const all = [...present, ...this.older.filter((fax) => (fax.deletedAt !== null) === (this.filter === 'bin'))];
    const words = foldText(this.query).split(' ').filter(Boolean);
    const digits = this.query
      .replace(/[^\d۰-۹]/g, '')
      .replace(/[۰-۹]/g, (digit) => String(digit.charCodeAt(0) - 0x6f0));
    const shown = all.filter((fax) => {
      // What was opened stays, although opening has read it.
      if (this.filter === 'unread' && fax.readAt !== null && fax.id !== this.openId) return false;
      const text = foldText(`${fax.from} ${fax.stationId} ${fax.customer?.name ?? ''} ${fax.note}`);
      return (
        words.every((word) => text.includes(word)) || (digits.length > 3 && fax.from.includes(digits.replace(/^0/, '')))
      );
    });
    const last = all.at(-1);
    if (shown.length === 0)
      return html`<p class="empty" role="status">${all.length > 0 && words.length > 0 ? t.noMatch : { all: t.empty, unread: t.emptyUnread, bin: t.emptyBin }[this.filter]}</p>`;
    return html`
      <div class="scroll"><table role="table" aria-labelledby="title">
        <thead role="rowgroup"><tr role="row">
          ${(['from', 'customer', 'pages', 'time', 'state'] as const).map((column) => html`<th role="columnheader" scope="col">${t.columns[column]}</th>`)}
          <th role="columnheader" scope="col"><span class="visually-hidden">${t.columns.actions}</span></th>
        </tr></thead>
        <tbody role="rowgroup">${repeat(
          shown,
          ({ id }) => id,
          (fax) => html`
            ${faxRow(fax, { open: this.openId === fax.id, terms: t, formats: this.locale.formats, onToggle: () => this.#toggle(fax) })}
            ${this.openId === fax.id ? html`<tr role="row" class="detail" part="detail"><td role="cell" colspan="6">${this.#renderOpened(fax)}</td></tr>` : nothing}
          `,
        )}</tbody>
      </table></div>
      ${last && present.length >= 200 && !this.olderAreAll ? html`<p><button data-action="older" ?disabled=${this.#commands.pending !== undefined} @click=${() => void this.#handleOlder(last)}>${t.older}</button></p>` : nothing}
    `;
  }

  #renderOpened(fax: Fax): TemplateResult {
    const box = this.feature(faxes);
    if (!box) return html``;
    const { terms, formats } = this.locale;
    const { error } = this.#commands;
    return html`
      <div class="opened">
        ${faxViewer({
          fax,
          view: this.view,
          pageUrl: (page) => box.pageUrl(fax.id, page),
          terms: terms.fax,
          essential: terms.essential,
          formats,
          change: (view) => {
            this.view = { ...this.view, ...view };
          },
        })}
        ${faxDetails({
          fax,
          terms: terms.fax,
          formats,
          busy: this.#commands.pending !== undefined,
          found: this.#customers.results,
          pdfUrl: box.pdfUrl(fax.id),
          tiffUrl: box.tiffUrl(fax.id),
          onSearch: (query) => this.#customers.search(query),
          onAssign: (customer) => {
            this.#customers.clear();
            void this.#change('assign', () => box.assign(fax.id, customer?.id ?? null));
          },
          onNote: async (note) => {
            if (await this.#change('note', () => box.note(fax.id, note))) this.done = 'noted';
          },
          onUnread: () => {
            void this.#change('unread', () => box.markRead(fax.id, false));
            this.openId = undefined;
          },
          onDelete: () => void this.#handleDelete(fax),
          onRestore: () => void this.#handleRestore(fax),
        })}
      </div>
      ${error === undefined ? nothing : this.#renderFailure(error)}
    `;
  }

  #renderFailure(error: unknown): TemplateResult {
    return html`<p class="message danger" role="alert">${warningIcon}<span>${describeProblem(error, this.locale.terms)}</span></p>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cw-fax-inbox': CwFaxInbox;
  }
}
