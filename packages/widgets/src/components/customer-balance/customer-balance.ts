import { type BillingView, billing, type Loadable } from '@callweave/sdk';
import type { BillingEntry, BillingOverride } from '@callweave/sdk/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { CommandController } from '../../controllers/command-controller.ts';
import { FollowController } from '../../controllers/follow-controller.ts';
import { LocaleController } from '../../controllers/locale-controller.ts';
import { ReadableController } from '../../controllers/readable-controller.ts';
import { DeskElement } from '../../elements/desk-element.ts';
import { moneyWords } from '../../formats/money-words.ts';
import { warningIcon } from '../../icons/icons.ts';
import { baseStyles } from '../../styles/base.styles.ts';
import { buttonStyles } from '../../styles/button.styles.ts';
import { chipStyles } from '../../styles/chip.styles.ts';
import { fieldStyles } from '../../styles/field.styles.ts';
import { surfaceStyles } from '../../styles/surface.styles.ts';
import { billingTerms } from '../../translations/billing-terms.ts';
import { describeProblem } from '../../translations/describe-problem.ts';
import { problemTerms } from '../../translations/problem-terms.ts';
import { balanceView } from '../invoices/balance-view.ts';
import { lineText } from '../invoices/invoice-lines.ts';
import { balanceStyles } from '../invoices/invoices.styles.ts';

const DAY_MS = 86_400_000;
const DAYS = 7;

/**
 * @summary A customer's account for staff: what is owed against the ceiling, its lines, and permission above the ceiling.
 * Everyone on staff asks for one with a reason; supervisors and managers decide; managers take charges back.
 *
 * @csspart balance - What is owed, with the meter.
 * @csspart override - One permission.
 * @csspart entry - One line of the account.
 */
export class CwCustomerBalance extends DeskElement {
  static override styles = [baseStyles, surfaceStyles, buttonStyles, fieldStyles, chipStyles, balanceStyles];

  protected override readonly locale = new LocaleController(this, billingTerms, problemTerms);
  readonly #session = new ReadableController(this, () => this.activeDesk?.session.state);
  readonly #account = new FollowController<Loadable<BillingView>>(this, {
    key: () => this.activeDesk && this.customerId,
    open: () => this.feature(billing)?.follow(this.customerId),
  });
  readonly #overrides = new FollowController<Loadable<readonly BillingOverride[]>>(this, {
    key: () => (this.#may('supervisor', 'manager') ? this.activeDesk && this.customerId : undefined),
    open: () => this.feature(billing)?.followOverrides(this.customerId),
  });
  readonly #commands = new CommandController(this);

  @query('#reason') private reasonInput!: HTMLInputElement;
  /** What a reason is being written for: an entry to take back, an override to decline or end, or a request. */
  @state() private writing: { readonly what: 'ask' | 'correct' | 'decline' | 'end'; readonly id: string } | undefined;

  /** Whose account. */
  @property({ attribute: 'customer-id' }) customerId: string | undefined;

  #may(...roles: string[]): boolean {
    const session = this.#session.value;
    return session?.status === 'signed-in' && session.session.account.roles.some((role) => roles.includes(role));
  }

  async #handleWrite(what: 'ask' | 'correct' | 'decline' | 'end', id: string): Promise<void> {
    this.#commands.clear();
    this.writing = { what, id };
    await this.updateComplete;
    this.reasonInput?.focus();
  }

  async #handleReason(event: Event): Promise<void> {
    event.preventDefault();
    const { writing } = this;
    const reason = this.reasonInput.value.trim();
    const feature = this.feature(billing);
    if (!writing || !feature || reason.length < 3) return this.reasonInput.focus();
    const { id } = writing;
    const done = await this.#commands.run(writing.what, async () => {
      if (writing.what === 'ask') await feature.requestOverride(id, reason);
      else if (writing.what === 'correct') await feature.correct(id, reason);
      else if (writing.what === 'decline') await feature.declineOverride(id, reason);
      else await feature.endOverride(id, reason);
    });
    if (done) this.writing = undefined;
  }

  async #handleGrant(event: Event, id: string): Promise<void> {
    event.preventDefault();
    const days = Number(new FormData(event.target as HTMLFormElement).get('days'));
    await this.#commands.run('grant', async () =>
      this.feature(billing)?.grantOverride(id, new Date(Date.now() + days * DAY_MS)),
    );
  }

  protected override render(): TemplateResult {
    if (!this.activeDesk) return this.renderNoDesk();
    const t = this.locale.terms.billing;
    const account = this.#account.value;
    return html`
      <section class="surface stack" aria-labelledby="title">
        <h2 id="title">${t.title}</h2>
        <p class="visually-hidden" role="status"></p>
        ${this.#commands.error === undefined ? nothing : this.#renderFailure(this.#commands.error)}
        ${
          account?.status === 'failed'
            ? this.#renderFailure(account.error)
            : account?.status !== 'ready'
              ? html`<span class="skeleton"></span><span class="skeleton"></span>`
              : html`${balanceView(account.value.balance, t, this.locale.formats)}
                  ${this.#renderOverrides()}
                  <h3>${t.account}</h3>
                  ${
                    account.value.entries.length === 0
                      ? html`<p class="empty">${t.noEntries}</p>`
                      : html`<ul class="lines">${account.value.entries.map((entry) => this.#renderEntry(entry))}</ul>`
                  }`
        }
      </section>`;
  }

  #renderOverrides(): TemplateResult {
    const t = this.locale.terms.billing;
    const list = this.#overrides.value;
    const overrides = list?.status === 'ready' ? list.value : [];
    const open = overrides.some((each) => each.state === 'requested' || isRunning(each));
    const asking = this.writing?.what === 'ask';
    return html`
      <h3>${t.override.title}</h3>
      ${list?.status === 'failed' ? this.#renderFailure(list.error) : nothing}
      ${overrides.length === 0 && list?.status === 'ready' ? html`<p class="small muted">${t.override.none}</p>` : nothing}
      <ul class="lines">${overrides.map((each) => this.#renderOverride(each))}</ul>
      ${
        asking
          ? this.#renderReason(t.override.ask)
          : open || this.customerId === undefined
            ? nothing
            : html`<div class="row">${this.#renderButton('ask', t.override.ask, this.customerId)}</div>`
      }`;
  }

  #renderOverride(override: BillingOverride): TemplateResult {
    const t = this.locale.terms.billing;
    const { dateTime } = this.locale.formats;
    const { id, state, reason, requestedBy, requestedAt, until, decision } = override;
    const running = isRunning(override);
    const word = state === 'granted' && !running ? 'over' : state;
    const busy = this.#commands.pending !== undefined;
    const written = this.writing?.id === id ? this.writing.what : undefined;
    return html`
      <li class="stack" part="override" data-override=${id}>
        <span class="row"><span class="chip ${running ? 'success' : state === 'requested' ? 'warning' : ''}">${t.override.state[word]}</span>
          <bdi>${reason}</bdi></span>
        <span class="small muted">${t.override.asked(isolated(requestedBy.name), dateTime(requestedAt))}${
          until === null ? nothing : html` · ${t.override.until(dateTime(until))}`
        }${decision === null ? nothing : html` · <bdi>${decision}</bdi>`}</span>
        ${
          written !== undefined
            ? this.#renderReason(t.override[written === 'decline' ? 'decline' : 'end'])
            : state === 'requested'
              ? html`<form class="row" @submit=${(event: Event) => this.#handleGrant(event, id)}>
                  <label class="row small">${t.override.days}
                    <input name="days" type="number" min="1" max="365" required .defaultValue=${String(DAYS)} dir="ltr"></label>
                  <button class="primary" data-action="grant" ?disabled=${busy}>${t.override.grant}</button>
                  ${this.#renderButton('decline', t.override.decline, id)}</form>`
              : running
                ? html`<div class="row">${this.#renderButton('end', t.override.end, id)}</div>`
                : nothing
        }
      </li>`;
  }

  #renderEntry(entry: BillingEntry): TemplateResult {
    const t = this.locale.terms.billing;
    const { formats, locale } = this.locale;
    const correctable = entry.kind === 'work' && entry.correctedBy === null && this.#may('manager');
    return html`
      <li class="stack" part="entry" data-entry=${entry.id}>
        <span class="row spread"><span class="what">${lineText(entry, t, formats)}
            <span class="small muted tabular">${formats.dateTime(entry.at)}</span></span>
          ${entry.correctedBy === null ? nothing : html`<span class="chip">${t.takenBack}</span>`}
          <bdi class="tabular">${moneyWords(entry.amount, locale)}</bdi></span>
        ${
          this.writing?.id === entry.id
            ? this.#renderReason(t.confirmTakeBack, true)
            : correctable
              ? html`<div class="row">${this.#renderButton('correct', t.takeBack, entry.id)}</div>`
              : nothing
        }
      </li>`;
  }

  #renderButton(what: 'ask' | 'correct' | 'decline' | 'end', label: string, id: string): TemplateResult {
    return html`<button type="button" data-action=${what} ?disabled=${this.#commands.pending !== undefined}
      @click=${() => this.#handleWrite(what, id)}>${label}</button>`;
  }

  #renderReason(confirm: string, danger = false): TemplateResult {
    const t = this.locale.terms.billing;
    const { essential } = this.locale.terms;
    const leave = () => {
      this.writing = undefined;
    };
    return html`
      <form class="stack" @submit=${this.#handleReason} @keydown=${(event: KeyboardEvent) => {
        if (event.key === 'Escape') leave();
      }}>
        <div class="field"><label for="reason">${t.reason}</label>
          <input id="reason" required minlength="3" maxlength="300" dir="auto" autocomplete="off" aria-describedby=${danger ? 'about' : nothing}>
          ${danger ? html`<span id="about" class="hint">${t.reasonHint}</span>` : nothing}</div>
        <div class="row"><button type="button" @click=${leave}>${essential.cancel}</button>
          <button class=${danger ? 'danger' : 'primary'} data-action="confirm" ?disabled=${this.#commands.pending !== undefined}>${confirm}</button></div>
      </form>`;
  }

  #renderFailure(error: unknown): TemplateResult {
    return html`<p class="message danger" role="alert">${warningIcon}<span>${describeProblem(error, this.locale.terms)}</span></p>`;
  }
}

const isRunning = ({ state, until }: BillingOverride): boolean =>
  state === 'granted' && until !== null && Date.parse(until) > Date.now();

/** A name inside a sentence of another direction, where no element can stand. */
const isolated = (name: string): string => `\u2068${name}\u2069`;

declare global {
  interface HTMLElementTagNameMap {
    'cw-customer-balance': CwCustomerBalance;
  }
}
