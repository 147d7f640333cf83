import type { ServicePlan } from '@callweave/sdk/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import type { Formats } from '../../formats/formats.ts';
import { moneyWords } from '../../formats/money-words.ts';
import { checkIcon, infoIcon, warningIcon } from '../../icons/icons.ts';
import type { ServicePlanTerms } from '../../translations/service-plan-terms.ts';
import { hasLapsed, waitingRenewal } from './plan-state.ts';

/** What became of the last choice, in a sentence; nothing where none was made. */
export function planStanding(
  plan: ServicePlan,
  t: ServicePlanTerms,
  formats: Formats,
  now: number,
): TemplateResult | typeof nothing {
  const { device, choice } = plan;
  const message = (tone: string, icon: TemplateResult, words: string, more: unknown = nothing) =>
    html`<p class="message ${tone}" data-choice=${choice?.state ?? 'none'}>${icon}<span>${words} ${more}</span></p>`;
  if (device.service.state === 'not-activated') return message('', infoIcon, t.notActivated);
  const waiting = waitingRenewal(plan, now);
  if (waiting !== undefined)
    return message(
      'warning',
      infoIcon,
      t.waiting(formats.number(waiting.years ?? 1), moneyWords(waiting.amount, formats.locale)),
      html`<span class="small">${t.waitingUntil(formats.dateTime(waiting.priceHoldsUntil))}</span>`,
    );
  if (hasLapsed(plan, now)) return message('warning', warningIcon, t.lapsed);
  if (choice?.state === 'refunded') return message('', infoIcon, t.refunded);
  const end =
    device.service.daysLeft === null || device.serviceEndsOn === null ? undefined : formats.day(device.serviceEndsOn);
  if (device.service.choice === 'per-case')
    return message('', infoIcon, end === undefined ? t.perCaseChosen : t.perCaseLater(end));
  if (device.service.choice === 'declined') {
    const why = choice?.reason == null ? nothing : html`<bdi class="small">${t.saidReason(choice.reason)}</bdi>`;
    return message('', infoIcon, end === undefined ? t.declined : t.declinedLater(end), why);
  }
  if (choice?.state === 'done' && choice.kind === 'renewal' && end !== undefined)
    return message('success', checkIcon, t.renewed(end));
  return nothing;
}
