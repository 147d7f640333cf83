import type { PaymentAttempt, PaymentDetail, PaymentRefund } from '@callweave/sdk/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import type { Formats } from '../../formats/formats.ts';
import { moneyWords } from '../../formats/money-words.ts';
import type { PaymentTerms } from '../../translations/payment-terms.ts';
import { said } from '../payment-result/payment-words.ts';

/** Money that is with us by this attempt, and nobody has begun to give back. */
export const canGiveBack = ({ id, state }: PaymentAttempt, refunds: readonly PaymentRefund[]): boolean =>
  (state === 'verified' || state === 'surplus' || state === 'disputed') &&
  !refunds.some((refund) => refund.attemptId === id && refund.state !== 'refused');

const code = (text: string | null, { digits }: Formats) =>
  text === null ? nothing : html` <bdi dir="ltr" class="tabular small">${digits(text)}</bdi>`;

const because = (reason: string | null, t: PaymentTerms) =>
  reason === null ? nothing : html` <span class="small muted">${said(t.reason, reason)}</span>`;

/** The ways to the gateway and back, each with what it came to; `below` draws what a manager can do with one. */
export function paymentAttempts(
  { attempts }: PaymentDetail,
  t: PaymentTerms,
  formats: Formats,
  below: (attempt: PaymentAttempt) => unknown,
): TemplateResult {
  if (attempts.length === 0) return html`<p class="small muted">${t.list.noAttempts}</p>`;
  return html`<ul class="lines">${attempts.map(
    (attempt) => html`<li class="stack" part="attempt" data-attempt=${attempt.id}>
      <span><span class="chip ${attempt.state === 'verified' ? 'success' : attempt.state === 'surplus' || attempt.state === 'disputed' ? 'danger' : ''}">${t.list.attempt[attempt.state]}</span>
        ${said(t.gateway, attempt.gateway)} <span class="small muted tabular">${formats.dateTime(attempt.createdAt)}</span>${
          attempt.confirmed === null || attempt.confirmed.amount === attempt.amount.amount
            ? nothing
            : html` <strong>${t.list.confirmed(moneyWords(attempt.confirmed, formats.locale))}</strong>`
        }${code(attempt.reference, formats)}${code(attempt.card, formats)}${because(attempt.reason, t)}</span>
      ${below(attempt)}
    </li>`,
  )}</ul>`;
}

export function paymentRefunds({ refunds }: PaymentDetail, t: PaymentTerms, formats: Formats): TemplateResult {
  return html`<ul class="lines">${refunds.map(
    (refund) => html`<li part="refund" data-refund=${refund.id}>
      <span class="chip ${refund.state === 'asked' ? 'warning' : ''}">${t.list.refund[refund.state]}</span>
      <bdi class="tabular">${moneyWords(refund.amount, formats.locale)}</bdi> ${t.list.how[refund.how]}
      <span class="small muted tabular">${formats.dateTime(refund.at)}</span>
      ${refund.by === null ? html`<span class="small muted">${t.list.byDesk}</span>` : html`<bdi>${refund.reason}</bdi>`}${code(refund.reference, formats)}${because(refund.problem, t)}
    </li>`,
  )}</ul>`;
}
