import { buyers, type Desk } from '@callweave/sdk';
import type { Buyer } from '@callweave/sdk/protocol';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { CommandController } from '../../controllers/command-controller.ts';
import { LocaleController } from '../../controllers/locale-controller.ts';
import { SearchController } from '../../controllers/search-controller.ts';
import { DeskElement } from '../../elements/desk-element.ts';
import { checkIcon, warningIcon } from '../../icons/icons.ts';
import { baseStyles } from '../../styles/base.styles.ts';
import { buttonStyles } from '../../styles/button.styles.ts';
import { chipStyles } from '../../styles/chip.styles.ts';
import { fieldStyles } from '../../styles/field.styles.ts';
import { surfaceStyles } from '../../styles/surface.styles.ts';
import { buyerTerms } from '../../translations/buyer-terms.ts';
import { describeProblem } from '../../translations/describe-problem.ts';
import { problemTerms } from '../../translations/problem-terms.ts';
import type { CwAuditTrail } from '../audit-trail/audit-trail.ts';
import { buyerFactsStyles, renderBuyerFacts } from '../buyer-profile/buyer-facts.ts';
import { type GivenSecret, renderAccount, renderAccountState } from './buyer-account.ts';
import { CwBuyerOpenEvent } from './buyer-admin.events.ts';
import { buyerAdminStyles } from './buyer-admin.styles.ts';
import {
  type BuyerDraft,
  buyerDraft,
  changesOf,
  EMPTY_BUYER,
  missingIn,
  newBuyerOf,
  refusedIn,
  renderBuyerFields,
} from './buyer-form.ts';

/**
 * @summary Buyers, for managers: find, enter and correct them, invite them or reset their password, switch an account off,
 * and see who changed what.
 *
 * @event {CwBuyerOpenEvent} cw-buyer-open - A buyer is shown, or the list again: for a page that keeps logins of its own.
 *
 * @csspart surface - The card.
 * @csspart buyer - A line of the list.
 * @csspart save - The button that stores.
 */
export class CwBuyerAdmin extends DeskElement {
  static override styles = [
    baseStyles,
    surfaceStyles,
    buttonStyles,
    fieldStyles,
    chipStyles,
    buyerFactsStyles,
    buyerAdminStyles,
  ];

  protected override readonly locale = new LocaleController(this, buyerTerms, problemTerms);
  readonly #commands = new CommandController(this);
  readonly #search = new SearchController<Buyer>(
    this,
    async (words, signal) => (await this.feature(buyers)?.list({ query: words }, { signal }))?.buyers ?? [],
  );

  @query('cw-audit-trail') private trail!: CwAuditTrail | null;
  @state() private list: readonly Buyer[] | undefined;
  @state() private next: string | null = null;
  @state() private shown: Buyer | undefined;
  @state() private draft: BuyerDraft | undefined;
  @state() private tried = false;
  @state() private saved = false;
  @state() private given: GivenSecret | undefined;
  @state() private asks: 'reset' | 'off' | undefined;

  /** New buyers are customers of your own base: the form asks for their id there. */
  @property({ type: Boolean, attribute: 'host-customers' }) hostCustomers = false;

  #loadedFor: Desk | undefined;
  /** One key per attempt: repeating it after a lost answer makes no second buyer. */
  #key = crypto.randomUUID();

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    const desk = this.activeDesk;
    if (!desk || desk === this.#loadedFor) return;
    this.#loadedFor = desk;
    void this.#load();
  }

  async #load(after?: string): Promise<void> {
    await this.#commands.run(after === undefined ? 'load' : 'more', async () => {
      const page = await this.feature(buyers)?.list(after === undefined ? {} : { after });
      if (!page) return;
      this.list = after === undefined ? page.buyers : [...(this.list ?? []), ...page.buyers];
      this.next = page.next;
    });
  }

  #open(buyer: Buyer | undefined): void {
    this.shown = buyer;
    this.draft = undefined;
    this.given = undefined;
    this.asks = undefined;
    this.saved = false;
    this.#commands.clear();
    this.dispatchEvent(new CwBuyerOpenEvent(buyer));
  }

  #edit(draft: BuyerDraft): void {
    this.draft = draft;
    this.tried = false;
    this.saved = false;
    this.#key = crypto.randomUUID();
    this.#commands.clear();
  }

  /** What the server answered, wherever the buyer stands. */
  #keep(buyer: Buyer): void {
    this.shown = buyer;
    const known = this.list?.some(({ customerId }) => customerId === buyer.customerId);
    this.list = known
      ? this.list?.map((each) => (each.customerId === buyer.customerId ? buyer : each))
      : [buyer, ...(this.list ?? [])];
    this.#search.clear();
    void this.trail?.reload();
  }

  readonly #handleSave = async (event: SubmitEvent) => {
    event.preventDefault();
    const { draft, shown } = this;
    const feature = this.feature(buyers);
    if (!draft || !feature) return;
    this.tried = true;
    const ofHost = this.#ofHost;
    if (missingIn(draft, ofHost).length > 0) return;
    const done = await this.#commands.run('save', async () => {
      const buyer =
        shown === undefined
          ? await feature.create(newBuyerOf(draft), { idempotencyKey: this.#key })
          : await feature.update(shown.customerId, changesOf(draft, buyerDraft(shown), ofHost));
      this.#keep(buyer);
    });
    if (!done) return;
    this.draft = undefined;
    this.saved = true;
  };

  readonly #handleInvite = async () => {
    const { shown } = this;
    if (!shown) return;
    const username = this.renderRoot.querySelector<HTMLInputElement>('#username')?.value.trim() ?? '';
    const byTextMessage = this.renderRoot.querySelector<HTMLInputElement>('#by-text')?.checked === true;
    await this.#commands.run('invite', async () => {
      const options = { byTextMessage, ...(username === '' ? {} : { username }) };
      const answer = await this.feature(buyers)?.invite(shown.customerId, options);
      if (!answer) return;
      this.asks = undefined;
      this.given = { secret: answer.secret, expiresAt: answer.expiresAt };
      this.#keep(answer.buyer);
    });
  };

  readonly #handleSet = async (changes: { active?: boolean; unlock?: true }) => {
    const { shown } = this;
    if (!shown) return;
    await this.#commands.run('account', async () => {
      const buyer = await this.feature(buyers)?.setAccount(shown.customerId, changes);
      this.asks = undefined;
      if (buyer) this.#keep(buyer);
    });
  };

  get #ofHost(): boolean {
    return this.shown?.keptByHost ?? this.hostCustomers;
  }

  protected override render(): TemplateResult {
    if (!this.activeDesk) return this.renderNoDesk();
    const t = this.locale.terms.buyers.admin;
    return html`<section class="surface stack" part="surface" aria-labelledby="title">
      <h2 id="title">${t.title}</h2>
      ${this.draft ? this.#renderForm(this.draft) : this.shown ? this.#renderBuyer(this.shown) : this.#renderList()}
    </section>
    ${this.shown || this.draft || this.hostCustomers ? nothing : html`<cw-table-import .desk=${this.activeDesk} lang=${this.locale.locale} kind="buyers" .heading=${t.importTitle} .about=${t.importAbout}></cw-table-import>`}
    ${this.shown && !this.draft ? html`<cw-audit-trail .desk=${this.activeDesk} lang=${this.locale.locale} .subject=${`buyer:${this.shown.customerId}`}></cw-audit-trail>` : nothing}`;
  }

  #renderState(): TemplateResult {
    const { terms } = this.locale;
    const error = this.#commands.error ?? (this.shown || this.draft ? undefined : this.#search.error);
    return html`<div role="status">${
      error !== undefined
        ? html`<p class="message danger">${warningIcon}<span>${describeProblem(error, terms)}</span></p>`
        : this.saved
          ? html`<p class="message success">${checkIcon}<span>${terms.buyers.admin.saved}</span></p>`
          : nothing
    }</div>`;
  }

  #renderList(): TemplateResult {
    const t = this.locale.terms.buyers.admin;
    const searches = this.#search.query !== '';
    const rows = searches ? this.#search.results : this.list;
    const failed = searches ? this.#search.error !== undefined : this.#commands.failed === 'load';
    return html`
      <div class="row find">
        <div class="field"><label for="search">${t.search}</label><input id="search" type="search" autocomplete="off" aria-describedby="search-hint" @input=${(event: Event) => this.#search.search((event.target as HTMLInputElement).value)} /><span class="hint" id="search-hint">${t.searchHint}</span></div>
        <button class="primary" data-action="create" @click=${() => this.#edit(EMPTY_BUYER)}>${t.create}</button>
      </div>
      ${this.#renderState()}
      ${
        rows === undefined
          ? failed
            ? nothing
            : html`<div class="stack" aria-busy="true"><span class="skeleton"></span><span class="skeleton"></span><span class="skeleton"></span></div>`
          : rows.length === 0
            ? html`<p class="empty">${searches ? t.noMatch : t.none}</p>`
            : html`<ul>${repeat(
                rows,
                ({ customerId }) => customerId,
                (buyer) => this.#renderRow(buyer),
              )}</ul>`
      }
      ${!searches && this.next !== null ? html`<div><button data-action="more" ?disabled=${this.#commands.pending !== undefined} @click=${() => this.#load(this.next ?? undefined)}>${t.more}</button></div>` : nothing}
    `;
  }

  #renderRow(buyer: Buyer): TemplateResult {
    const { formats, terms } = this.locale;
    return html`<li><button class="buyer" part="buyer" @click=${() => this.#open(buyer)}>
      <span class="who"><strong><bdi>${buyer.name}</bdi></strong> <span class="muted small"><bdi>${buyer.address.city}</bdi></span></span>
      <span class="row reach"><bdi dir="ltr" class="tabular small">${formats.phone(buyer.telephone)}</bdi>
      ${buyer.invitable ? renderAccountState(buyer, terms.buyers, formats) : nothing}</span>
    </button></li>`;
  }

  #renderBuyer(buyer: Buyer): TemplateResult {
    const { terms, formats } = this.locale;
    const t = terms.buyers.admin;
    return html`
      <div class="row"><button class="plain" data-action="back" @click=${() => this.#open(undefined)}>${t.back}</button><button data-action="edit" @click=${() => this.#edit(buyerDraft(buyer))}>${t.edit}</button></div>
      ${renderBuyerFacts(buyer, terms.buyers, formats)}
      ${buyer.keptByHost ? html`<p class="muted small">${t.keptByHost}</p>` : nothing}
      ${this.#renderState()}
      ${renderAccount({
        buyer,
        t: terms.buyers,
        cancel: terms.essential.cancel,
        formats,
        given: this.given,
        asks: this.asks,
        busy: this.#commands.pending !== undefined,
        onAsk: (what) => {
          this.asks = what;
        },
        onInvite: this.#handleInvite,
        onSeen: () => {
          this.given = undefined;
        },
        onSet: this.#handleSet,
      })}
    `;
  }

  #renderForm(draft: BuyerDraft): TemplateResult {
    const { terms } = this.locale;
    const t = terms.buyers.admin;
    const change = (changes: Partial<BuyerDraft>) => {
      this.draft = { ...(this.draft ?? draft), ...changes };
      this.#key = crypto.randomUUID();
    };
    const text = (id: 'customerId' | 'reason', label: string, hint: string) => html`<div class="field wide">
      <label for=${id}>${label}</label><input id=${id} dir="auto" maxlength="300" autocomplete="off" aria-describedby=${`${id}-hint`} .value=${draft[id]} @input=${(event: Event) => change({ [id]: (event.target as HTMLInputElement).value })} /><span class="hint" id=${`${id}-hint`}>${hint}</span>
    </div>`;
    return html`
      <h3>${this.shown ? t.editTitle : t.createTitle}</h3>
      ${this.#ofHost ? html`<p class="muted small">${t.keptByHost}</p>` : nothing}
      <form class="fields" novalidate autocomplete="off" @submit=${this.#handleSave}>
        ${this.#ofHost && !this.shown ? text('customerId', t.customerId, t.customerIdHint) : nothing}
        ${renderBuyerFields({ draft, t: terms.buyers, tried: this.tried, ofHost: this.#ofHost, refused: refusedIn(this.#commands.error), onInput: change })}
        ${this.shown ? text('reason', t.reason, t.reasonHint) : nothing}
        <div class="wide stack">
          ${this.#renderState()}
          <div class="row">
            <button class="primary" part="save" ?disabled=${this.#commands.pending !== undefined}>${t.save}</button>
            <button type="button" data-action="cancel" @click=${() => {
              this.draft = undefined;
              this.#commands.clear();
            }}>${terms.essential.cancel}</button>
          </div>
        </div>
      </form>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cw-buyer-admin': CwBuyerAdmin;
  }
}
