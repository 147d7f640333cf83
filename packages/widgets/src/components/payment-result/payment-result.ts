import { type Loadable, payments } from '@callweave/sdk';
import { canPayment, type Payment } from '@callweave/sdk/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { CommandController } from '../../controllers/command-controller.ts';
import { FollowController } from '../../controllers/follow-controller.ts';
import { LocaleController } from '../../controllers/locale-controller.ts';
import { LookController } from '../../controllers/look-controller.ts';
import { PAYMENT_PARAMETER, PayController } from '../../controllers/pay-controller.ts';
import { DeskElement } from '../../elements/desk-element.ts';
import { infoIcon, shieldCheckIcon, warningIcon } from '../../icons/icons.ts';
import { baseStyles } from '../../styles/base.styles.ts';
import { buttonStyles } from '../../styles/button.styles.ts';
import { surfaceStyles } from '../../styles/surface.styles.ts';
import { describeProblem } from '../../translations/describe-problem.ts';
import { paymentTerms } from '../../translations/payment-terms.ts';
import { problemTerms } from '../../translations/problem-terms.ts';
import { paymentResultStyles } from './payment-result.styles.ts';
import { paymentFacts, said } from './payment-words.ts';

/** After so many looks without an end a buyer is told that it is not known, and what that means for their money. */
const UNKNOWN_AFTER = 3;

/**
 * @summary How a payment ended, on the page to which the gateway leads back. Asks until it is known, and says what to do when it
 * was not paid. Shows nothing on a page that nobody came back to, so that it can stand beside what is paid for.
 *
 * @csspart facts - What is known of the payment.
 */
export class CwPaymentResult extends DeskElement {
  static override styles = [baseStyles, surfaceStyles, buttonStyles, paymentResultStyles];

  protected override readonly locale = new LocaleController(this, paymentTerms, problemTerms);
  readonly #payment = new FollowController<Loadable<Payment>>(this, {
    key: () => this.activeDesk && this.#id,
    open: () => (this.#id === null ? undefined : this.feature(payments)?.follow(this.#id)),
  });
  readonly #looks = new LookController(this, {
    key: () => (this.#present?.state === 'at-gateway' ? this.#present.id : undefined),
    look: async () => this.#id !== null && this.feature(payments)?.check(this.#id),
  });
  readonly #commands = new CommandController(this);
  readonly #pay = new PayController(this, {
    payments: () => this.feature(payments),
    returnTo: () => undefined,
  });

  /** Which payment; without it the one in the address of the page: the gateway's way back puts it there. */
  @property({ attribute: 'payment-id' }) paymentId: string | undefined;

  /** Where "Continue" leads; without it there is no such link. */
  @property({ attribute: 'continue-to' }) continueTo: string | undefined;

  get #id(): string | null {
    return this.paymentId ?? new URL(location.href).searchParams.get(PAYMENT_PARAMETER);
  }

  get #present(): Payment | undefined {
    const payment = this.#payment.value;
    return payment?.status === 'ready' ? payment.value : undefined;
  }

  async #handleCheck(id: string): Promise<void> {
    await this.#commands.run('check', async () => this.feature(payments)?.check(id));
  }

  async #handlePay(id: string): Promise<void> {
    await this.#commands.run('pay', () => this.#pay.go(id));
  }

  protected override render(): TemplateResult | typeof nothing {
    if (!this.activeDesk) return this.renderNoDesk();
    if (this.#id === null) return nothing;
    const t = this.locale.terms.payments;
    const payment = this.#payment.value;
    return html`
      <section class="surface stack" aria-labelledby="title" aria-busy=${payment?.status === 'ready' ? 'false' : 'true'}>
        <h2 id="title">${t.result.title}</h2>
        <div role="status">${payment?.status === 'ready' ? this.#renderState(payment.value) : nothing}</div>
        ${this.#commands.error === undefined ? nothing : this.#renderFailure(this.#commands.error)}
        ${
          payment?.status === 'failed'
            ? this.#renderFailure(payment.error)
            : payment?.status !== 'ready'
              ? html`<span class="skeleton"></span><span class="skeleton"></span>`
              : html`${paymentFacts(payment.value, t, this.locale.formats)}${this.#renderWays(payment.value)}`
        }
      </section>`;
  }

  /** The one thing that this page is for, in a sentence. */
  #renderState({ state, unsettled, refundedAt, reason }: Payment): TemplateResult {
    const { result: t, reason: reasons } = this.locale.terms.payments;
    const { dateTime } = this.locale.formats;
    const message = (tone: string, icon: TemplateResult, words: string, hint: unknown = nothing) =>
      html`<p class="message ${tone}" data-state=${state}>${icon}<span><strong>${words}</strong> ${hint}</span></p>`;
    const why = reason === null ? nothing : html`(${said(reasons, reason)}) `;
    switch (state) {
      case 'paid':
        return html`${message('success', shieldCheckIcon, t.paid)}${
          unsettled === 'surplus'
            ? html`<p class="message warning">${infoIcon}<span>${t.paidTwice}</span></p>`
            : nothing
        }`;
      case 'at-gateway':
        return this.#looks.looks >= UNKNOWN_AFTER
          ? message('warning', warningIcon, t.unknown, t.unknownHint)
          : message('', infoIcon, t.checking, t.checkingHint);
      case 'failed':
        return message('danger', warningIcon, t.failed, html`${why}${t.moneyHint}`);
      case 'cancelled':
        return message('warning', infoIcon, t.cancelled, t.moneyHint);
      case 'expired':
        return message('warning', warningIcon, t.expired, t.expiredHint);
      case 'refunded':
        return message('', infoIcon, t.refunded(dateTime(refundedAt ?? '')));
      default:
        return message('', infoIcon, t.open);
    }
  }

  #renderWays({ id, state, paidAt }: Payment): TemplateResult {
    const t = this.locale.terms.payments;
    const { leaving } = this.#pay;
    const busy = this.#commands.pending !== undefined || leaving;
    const again = canPayment(state, 'start') && state !== 'at-gateway';
    return html`<div class="row">
      ${
        again
          ? html`<button class="primary" data-action="pay" ?disabled=${busy} @click=${() => this.#handlePay(id)}>${
              this.#commands.pending === 'pay' || leaving
                ? t.result.opening
                : state === 'created'
                  ? t.result.payNow
                  : t.result.tryAgain
            }</button>`
          : nothing
      }
      ${
        state === 'at-gateway'
          ? html`<button data-action="check" ?disabled=${busy} @click=${() => this.#handleCheck(id)}>${
              this.#commands.pending === 'check' ? t.checking : t.check
            }</button>`
          : nothing
      }
      ${paidAt === null ? nothing : html`<a data-action="receipt" href=${this.feature(payments)?.receiptUrl(id) ?? ''} download>${t.result.receipt}</a>`}
      ${this.continueTo === undefined ? nothing : html`<a data-action="continue" href=${this.continueTo}>${t.result.goOn}</a>`}
    </div>`;
  }

  #renderFailure(error: unknown): TemplateResult {
    return html`<p class="message danger" role="alert">${warningIcon}<span>${describeProblem(error, this.locale.terms)}</span></p>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cw-payment-result': CwPaymentResult;
  }
}
