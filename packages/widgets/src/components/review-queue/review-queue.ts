import { billing, transfers } from '@callweave/sdk';
import type { BillingOverride, Transfer } from '@callweave/sdk/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { CommandController } from '../../controllers/command-controller.ts';
import { FollowController } from '../../controllers/follow-controller.ts';
import { LocaleController } from '../../controllers/locale-controller.ts';
import { ReadableController } from '../../controllers/readable-controller.ts';
import { DeskElement } from '../../elements/desk-element.ts';
import { moneyWords } from '../../formats/money-words.ts';
import { warningIcon } from '../../icons/icons.ts';
import { baseStyles } from '../../styles/base.styles.ts';
import { buttonStyles } from '../../styles/button.styles.ts';
import { fieldStyles } from '../../styles/field.styles.ts';
import { surfaceStyles } from '../../styles/surface.styles.ts';
import { describeProblem } from '../../translations/describe-problem.ts';
import { problemTerms } from '../../translations/problem-terms.ts';
import { transferTerms } from '../../translations/transfer-terms.ts';
import { transferStyles } from '../transfer-parts/transfer.styles.ts';
import { renderReview } from './transfer-review.ts';

const DAY_MS = 86_400_000;
const DAYS = 7;

/** What is being decided on, and how. */
interface Deciding {
  readonly id: string;
  readonly how: 'approve' | 'reject' | 'grant' | 'decline';
}

/**
 * @summary What waits for a decision of the house: transfers with both consents, and who asks to go above the debt ceiling.
 *
 * @csspart transfer - One transfer.
 * @csspart override - One request above the ceiling.
 */
export class CwReviewQueue extends DeskElement {
  static override styles = [baseStyles, surfaceStyles, buttonStyles, fieldStyles, transferStyles];

  protected override readonly locale = new LocaleController(this, transferTerms, problemTerms);
  readonly #session = new ReadableController(this, () => this.activeDesk?.session.state);
  readonly #transfers = new FollowController(this, {
    key: () => this.activeDesk,
    open: () => {
      const list = this.feature(transfers)?.toReview;
      return list && { state: list.state, close: list.open() };
    },
  });
  readonly #overrides = new FollowController(this, {
    key: () => this.activeDesk,
    open: () => this.feature(billing)?.followOverrides(),
  });
  readonly #commands = new CommandController(this);

  @state() private announced = '';
  @state() private deciding: Deciding | undefined;

  async #decide(name: string, done: string, task: () => Promise<unknown>): Promise<void> {
    const ok = await this.#commands.run(name, task);
    if (!ok) return;
    this.deciding = undefined;
    this.announced = done;
  }

  #submitTransfer(event: SubmitEvent, transfer: Transfer): void {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const value = (name: string) => (form.elements.namedItem(name) as HTMLInputElement | null)?.value ?? '';
    const { approved, rejected } = this.locale.terms.transfers.review;
    const feature = this.feature(transfers);
    if (this.deciding?.how === 'reject')
      return void this.#decide(transfer.id, rejected, async () => feature?.reject(transfer, value('reason')));
    const buyer =
      transfer.review?.known == null
        ? {
            operator: value('operator'),
            address: { city: value('city'), street: value('street'), building: value('building') },
          }
        : undefined;
    void this.#decide(transfer.id, approved, async () => feature?.approve(transfer, buyer));
  }

  #submitOverride(event: SubmitEvent, { id }: BillingOverride): void {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const value = (name: string) => (form.elements.namedItem(name) as HTMLInputElement | null)?.value ?? '';
    const { granted, declined } = this.locale.terms.transfers.review;
    const feature = this.feature(billing);
    if (this.deciding?.how === 'decline')
      return void this.#decide(id, declined, async () => feature?.declineOverride(id, value('reason')));
    const until = new Date(Date.now() + Number(value('days')) * DAY_MS);
    void this.#decide(id, granted, async () => feature?.grantOverride(id, until));
  }

  protected override render(): TemplateResult {
    if (!this.activeDesk) return this.renderNoDesk();
    const t = this.locale.terms.transfers.review;
    const waiting = this.#transfers.value;
    const overrides = this.#overrides.value;
    return html`<section class="stack" aria-label=${t.heading}>
      <div role="status">${this.announced === '' ? nothing : html`<p class="message success">${this.announced}</p>`}</div>
      <h2>${t.transfers}</h2>
      ${
        waiting?.status === 'ready'
          ? waiting.value.length === 0
            ? html`<p class="empty">${t.noTransfers}</p>`
            : repeat(
                waiting.value,
                ({ id }) => id,
                (transfer) => this.#renderTransfer(transfer),
              )
          : this.#renderUnready(waiting)
      }
      <h2>${t.overrides}</h2>
      ${overrides?.status === 'ready' ? this.#renderOverrides(overrides.value) : this.#renderUnready(overrides)}
    </section>`;
  }

  #renderUnready(list: { readonly status: string; readonly error?: unknown } | undefined): TemplateResult {
    if (list?.status === 'failed') return this.#renderError(list.error);
    return html`<p class="surface"><span class="skeleton"></span><span class="visually-hidden">${this.locale.terms.transfers.loading}</span></p>`;
  }

  #renderError(error: unknown): TemplateResult {
    return html`<p class="message danger" role="alert">${warningIcon}<span>${describeProblem(error, this.locale.terms)}</span></p>`;
  }

  #renderTransfer(transfer: Transfer): TemplateResult {
    const t = this.locale.terms.transfers;
    const { id, device } = transfer;
    const session = this.#session.value;
    const decides = session?.status === 'signed-in' && session.session.account.roles.includes('manager');
    const how = this.deciding?.id === id ? this.deciding.how : undefined;
    return html`<article class="surface stack" part="transfer" aria-labelledby=${`name-${id}`}>
      <h3 id=${`name-${id}`}><bdi>${device.brand} ${device.model}</bdi> <bdi dir="ltr" class="tabular">${device.identifier}</bdi></h3>
      ${renderReview(transfer, t, this.locale.formats, (money) => moneyWords(money, this.locale.formats.locale))}
      ${this.#commands.failed === id ? this.#renderError(this.#commands.error) : nothing}
      ${
        !decides
          ? html`<p class="small muted">${t.review.onlyManagers}</p>`
          : how === undefined
            ? html`<div class="row"><button class="primary" data-action="approve" ?disabled=${transfer.review?.debtBlocks === true} @click=${() =>
                (this.deciding = { id, how: 'approve' })}>${t.review.approve}</button>
              <button data-action="reject" @click=${() => (this.deciding = { id, how: 'reject' })}>${t.review.reject}</button></div>`
            : html`<form class="stack" @submit=${(event: SubmitEvent) => this.#submitTransfer(event, transfer)}>
                ${how === 'reject' ? this.#renderField(id, 'reason', t.review.reason, 300) : transfer.review?.known == null ? this.#renderNewBuyer(id) : nothing}
                ${this.#renderSure(how === 'reject' ? t.review.reject : t.review.approve, how === 'reject')}</form>`
      }
    </article>`;
  }

  #renderNewBuyer(id: string): TemplateResult {
    const { operator, city, street, building } = this.locale.terms.transfers.review;
    return html`${this.#renderField(id, 'operator', operator, 120)}${this.#renderField(id, 'city', city, 80)}
      ${this.#renderField(id, 'street', street, 200)}${this.#renderField(id, 'building', building, 120)}`;
  }

  #renderField(id: string, name: string, label: string, max: number): TemplateResult {
    return html`<div class="field"><label for=${`${name}-${id}`}>${label}</label>
      <input id=${`${name}-${id}`} name=${name} required minlength=${name === 'reason' ? 3 : 1} maxlength=${max} autocomplete="off"></div>`;
  }

  #renderSure(label: string, danger: boolean): TemplateResult {
    const t = this.locale.terms.transfers;
    return html`<div class="row"><span>${t.sure}</span>
      <button class=${danger ? 'danger' : 'primary'} data-action="sure" ?disabled=${this.#commands.pending !== undefined}>${label}</button>
      <button type="button" data-action="keep" @click=${() => (this.deciding = undefined)}>${t.keep}</button></div>`;
  }

  #renderOverrides(all: readonly BillingOverride[]): TemplateResult {
    const t = this.locale.terms.transfers.review;
    const open = all.filter(({ state }) => state === 'requested');
    if (open.length === 0) return html`<p class="empty">${t.noOverrides}</p>`;
    return html`${repeat(
      open,
      ({ id }) => id,
      (override) => this.#renderOverride(override),
    )}`;
  }

  #renderOverride(override: BillingOverride): TemplateResult {
    const t = this.locale.terms.transfers.review;
    const { id, customerName, reason, requestedBy, requestedAt } = override;
    const how = this.deciding?.id === id ? this.deciding.how : undefined;
    return html`<article class="surface stack" part="override" aria-labelledby=${`name-${id}`}>
      <h3 id=${`name-${id}`}><bdi>${customerName}</bdi></h3>
      <p><bdi>${reason}</bdi></p>
      <p class="small muted">${t.askedBy(requestedBy.name, this.locale.formats.dateTime(requestedAt))}</p>
      ${this.#commands.failed === id ? this.#renderError(this.#commands.error) : nothing}
      ${
        how === undefined
          ? html`<div class="row"><button class="primary" data-action="grant" @click=${() => (this.deciding = { id, how: 'grant' })}>${t.grant}</button>
              <button data-action="decline" @click=${() => (this.deciding = { id, how: 'decline' })}>${t.decline}</button></div>`
          : html`<form class="stack" @submit=${(event: SubmitEvent) => this.#submitOverride(event, override)}>
              ${
                how === 'decline'
                  ? this.#renderField(id, 'reason', t.reason, 300)
                  : html`<div class="field"><label for=${`days-${id}`}>${t.days}</label>
                      <input id=${`days-${id}`} name="days" type="number" min="1" max="365" step="1" required value=${DAYS}></div>`
              }
              ${this.#renderSure(how === 'decline' ? t.decline : t.grant, how === 'decline')}</form>`
      }
    </article>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cw-review-queue': CwReviewQueue;
  }
}
