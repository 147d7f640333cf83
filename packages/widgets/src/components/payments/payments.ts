import { type FollowedPayments, type Loadable, type PaymentShow, payments } from '@callweave/sdk';
import type { Payment, PaymentAttempt, PaymentDetail } from '@callweave/sdk/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { CommandController } from '../../controllers/command-controller.ts';
import { FollowController } from '../../controllers/follow-controller.ts';
import { LocaleController } from '../../controllers/locale-controller.ts';
import { DeskElement } from '../../elements/desk-element.ts';
import { moneyWords } from '../../formats/money-words.ts';
import { warningIcon } from '../../icons/icons.ts';
import { baseStyles } from '../../styles/base.styles.ts';
import { buttonStyles } from '../../styles/button.styles.ts';
import { chipStyles } from '../../styles/chip.styles.ts';
import { fieldStyles } from '../../styles/field.styles.ts';
import { surfaceStyles } from '../../styles/surface.styles.ts';
import { tableStyles } from '../../styles/table.styles.ts';
import { describeProblem } from '../../translations/describe-problem.ts';
import { paymentTerms } from '../../translations/payment-terms.ts';
import { problemTerms } from '../../translations/problem-terms.ts';
import { paymentResultStyles } from '../payment-result/payment-result.styles.ts';
import { paymentFacts, toneOf } from '../payment-result/payment-words.ts';
import { canGiveBack, paymentAttempts, paymentRefunds } from './payment-attempts.ts';
import { paymentsStyles } from './payments.styles.ts';

export const PAYMENT_SHOWS = ['all', 'unsettled', 'surplus', 'paid'] as const satisfies readonly PaymentShow[];

/**
 * @summary All payments, for managers: those that somebody has to look at, each with its attempts; asks the gateway once more,
 * and gives money back after a reason and a confirmation that names the sum.
 *
 * @csspart row - One payment.
 * @csspart facts - What is known of an opened payment.
 * @csspart attempt - One way to the gateway and back.
 * @csspart refund - One refund.
 */
export class CwPayments extends DeskElement {
  static override styles = [
    baseStyles,
    surfaceStyles,
    buttonStyles,
    fieldStyles,
    chipStyles,
    tableStyles(640),
    paymentResultStyles,
    paymentsStyles,
  ];

  protected override readonly locale = new LocaleController(this, paymentTerms, problemTerms);
  readonly #list = new FollowController<Loadable<readonly Payment[]>>(this, {
    key: () => this.activeDesk && `${this.show} ${this.customerId ?? ''}`,
    open: () =>
      this.feature(payments)?.followAll({
        show: this.show,
        ...(this.customerId === undefined ? {} : { customerId: this.customerId }),
      }),
  });
  readonly #counted = new FollowController<number | undefined>(this, {
    key: () => this.#list.followed,
    open: () => {
      const list = this.#list.followed as FollowedPayments | undefined;
      return list && { state: list.unsettled, close: () => {} };
    },
  });
  readonly #commands = new CommandController(this);

  @query('form.refund') private form!: HTMLFormElement;
  @state() private detail: PaymentDetail | undefined;
  /** The attempt that is being given back. */
  @state() private refunding: string | undefined;
  @state() private said = '';

  /** Which payments are shown. */
  @property() show: PaymentShow = 'all';

  /** Only those of one customer. */
  @property({ attribute: 'customer-id' }) customerId: string | undefined;

  #handleShow(event: Event): void {
    this.show = (event.target as HTMLSelectElement).value as PaymentShow;
    this.#close();
  }

  #close(): void {
    this.#commands.clear();
    this.detail = undefined;
    this.refunding = undefined;
    this.said = '';
  }

  async #handleOpen({ id }: Payment): Promise<void> {
    const same = this.detail?.payment.id === id;
    this.#close();
    if (same) return;
    await this.#commands.run(`open ${id}`, async () => {
      this.detail = await this.feature(payments)?.detail(id);
    });
  }

  async #handleCheck({ id }: Payment): Promise<void> {
    this.said = '';
    const done = await this.#commands.run('check', async () => {
      await this.feature(payments)?.check(id);
      this.detail = await this.feature(payments)?.detail(id);
    });
    if (done) this.said = this.locale.terms.payments.list.checked;
  }

  async #handleRefunding(attemptId: string): Promise<void> {
    this.#commands.clear();
    this.refunding = attemptId;
    await this.updateComplete;
    this.form.querySelector<HTMLInputElement>('[name=reason]')?.focus();
  }

  async #handleRefund(event: Event, paymentId: string, attemptId: string): Promise<void> {
    event.preventDefault();
    const data = new FormData(this.form);
    const reference = String(data.get('reference') ?? '').trim();
    const done = await this.#commands.run('refund', async () => {
      try {
        this.detail = await this.feature(payments)?.refund({
          paymentId,
          attemptId,
          how: data.get('how') === 'outside' ? 'outside' : 'gateway',
          reason: String(data.get('reason') ?? '').trim(),
          ...(reference === '' ? {} : { reference }),
        });
      } catch (error) {
        // A refund that was begun and not confirmed stands in the detail.
        this.detail =
          (await this.feature(payments)
            ?.detail(paymentId)
            .catch(() => undefined)) ?? this.detail;
        throw error;
      }
    });
    if (!done) return;
    this.refunding = undefined;
    this.said = this.locale.terms.payments.list.givenBack;
  }

  protected override render(): TemplateResult {
    if (!this.activeDesk) return this.renderNoDesk();
    const { list: t } = this.locale.terms.payments;
    const list = this.#list.value;
    const count = this.#counted.value ?? 0;
    return html`
      <section class="surface stack" aria-labelledby="title">
        <div class="row spread"><span class="row"><h2 id="title">${t.title}</h2>
            ${count === 0 ? nothing : html`<span class="chip warning">${t.toLookAt(count)}</span>`}</span>
          <label class="row small">${t.show}
            <select .value=${this.show} @change=${this.#handleShow}>
              ${PAYMENT_SHOWS.map((each) => html`<option value=${each} ?selected=${each === this.show}>${t.shows[each]}</option>`)}
            </select></label>
        </div>
        <p class="visually-hidden" role="status">${this.said}</p>
        ${this.#commands.error === undefined ? nothing : this.#renderFailure(this.#commands.error)}
        ${
          list?.status === 'failed'
            ? this.#renderFailure(list.error)
            : list?.status !== 'ready'
              ? html`<span class="skeleton"></span><span class="skeleton"></span><span class="skeleton"></span>`
              : list.value.length === 0
                ? html`<p class="empty">${this.show === 'all' ? t.empty : t.noneSuch}</p>`
                : this.#renderTable(list.value)
        }
      </section>`;
  }

  #renderTable(all: readonly Payment[]): TemplateResult {
    const { list: t } = this.locale.terms.payments;
    const column = (name: string) => html`<th role="columnheader" scope="col">${name}</th>`;
    const followed = this.#list.followed as FollowedPayments | undefined;
    return html`
      <div class="scroll" tabindex="0" role="group" aria-labelledby="title"><table role="table" aria-labelledby="title">
        <thead role="rowgroup"><tr role="row">${column(t.columns.opened)}${column(t.columns.what)}${column(t.columns.amount)}${column(t.columns.state)}
          <th role="columnheader" scope="col"><span class="visually-hidden">${t.columns.actions}</span></th></tr></thead>
        <tbody role="rowgroup">${repeat(
          all,
          ({ id }) => id,
          (payment) => this.#renderRow(payment),
        )}</tbody>
      </table></div>
      ${
        followed?.more.get()
          ? html`<div class="row"><button class="plain" data-action="older" ?disabled=${this.#commands.pending !== undefined}
              @click=${() => this.#commands.run('older', () => followed.older())}>${t.older}</button></div>`
          : nothing
      }`;
  }

  #renderRow(payment: Payment): TemplateResult {
    const t = this.locale.terms.payments;
    const { formats, locale } = this.locale;
    const detail = this.detail?.payment.id === payment.id ? this.detail : undefined;
    const label = detail === undefined ? t.list.details : t.list.hide;
    return html`
      <tr role="row" part="row" data-payment=${payment.id}>
        <td role="cell" class="tabular">${formats.dateTime(payment.createdAt)}</td>
        <td role="cell" class="what"><bdi>${payment.description}</bdi></td>
        <td role="cell" class="tabular"><bdi>${moneyWords(payment.amount, locale)}</bdi></td>
        <td role="cell"><span class="chip ${toneOf(payment)}">${
          payment.unsettled === null || payment.unsettled === 'waiting'
            ? t.state[payment.state]
            : t.unsettled[payment.unsettled]
        }</span></td>
        <td role="cell"><button class="plain" data-action="details" aria-expanded=${detail === undefined ? 'false' : 'true'}
          aria-label="${label} — ${payment.description}" @click=${() => this.#handleOpen(payment)}>${label}</button></td>
      </tr>
      ${detail === undefined ? nothing : html`<tr role="row"><td role="cell" colspan="5">${this.#renderDetail(payment, detail)}</td></tr>`}`;
  }

  #renderDetail(payment: Payment, detail: PaymentDetail): TemplateResult {
    const t = this.locale.terms.payments;
    const { formats } = this.locale;
    const busy = this.#commands.pending !== undefined;
    return html`<div class="stack">
      ${payment.unsettled === null ? nothing : html`<p class="message warning">${warningIcon}<span>${t.unsettled[payment.unsettled]}</span></p>`}
      ${paymentFacts(payment, t, formats)}
      <div class="row">
        <button data-action="check" ?disabled=${busy} @click=${() => this.#handleCheck(payment)}>${this.#commands.pending === 'check' ? t.checking : t.check}</button>
        ${payment.paidAt === null ? nothing : html`<a data-action="receipt" download href=${this.feature(payments)?.receiptUrl(payment.id) ?? ''}>${t.result.receipt}</a>`}
      </div>
      <h3>${t.list.attempts}</h3>
      ${paymentAttempts(detail, t, formats, (attempt) => this.#renderGiveBack(attempt, detail))}
      ${detail.refunds.length === 0 ? nothing : html`<h3>${t.list.refunds}</h3>${paymentRefunds(detail, t, formats)}`}
    </div>`;
  }

  #renderGiveBack(attempt: PaymentAttempt, { payment, refunds }: PaymentDetail): TemplateResult | typeof nothing {
    if (!canGiveBack(attempt, refunds)) return nothing;
    const t = this.locale.terms.payments;
    const { list, facts } = t;
    const busy = this.#commands.pending !== undefined;
    if (this.refunding !== attempt.id)
      return html`<div class="row"><button data-action="give-back" ?disabled=${busy}
        @click=${() => this.#handleRefunding(attempt.id)}>${list.giveBack}</button></div>`;
    const leave = () => {
      this.refunding = undefined;
    };
    const sum = moneyWords(attempt.confirmed ?? attempt.amount, this.locale.locale);
    return html`
      <form class="refund stack" aria-label=${`${list.giveBack} ${facts.amount}: ${sum}`}
        @submit=${(event: Event) => this.#handleRefund(event, payment.id, attempt.id)}
        @keydown=${(event: KeyboardEvent) => {
          if (event.key === 'Escape') leave();
        }}>
        <fieldset class="stack"><legend>${list.howTo}</legend>
          ${(['gateway', 'outside'] as const).map(
            (how) =>
              html`<label class="row"><input type="radio" name="how" value=${how} ?checked=${how === 'gateway'}>${list.how[how]}</label>`,
          )}</fieldset>
        <div class="field"><label for="reason">${list.why}</label>
          <input id="reason" name="reason" required minlength="3" maxlength="300" dir="auto" autocomplete="off"></div>
        <div class="field"><label for="reference">${list.transfer}</label>
          <input id="reference" name="reference" maxlength="100" dir="ltr" autocomplete="off"></div>
        <div class="row"><button type="button" data-action="leave" @click=${leave}>${this.locale.terms.essential.cancel}</button>
          <button class="danger" data-action="refund" ?disabled=${busy}>${list.confirm(sum)}</button></div>
      </form>`;
  }

  #renderFailure(error: unknown): TemplateResult {
    return html`<p class="message danger" role="alert">${warningIcon}<span>${describeProblem(error, this.locale.terms)}</span></p>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cw-payments': CwPayments;
  }
}
