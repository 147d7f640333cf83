import type { ServicePlansView } from '@callweave/sdk';
import type { RenewalYears, ServicePlan } from '@callweave/sdk/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { Formats } from '../../formats/formats.ts';
import { moneyWords } from '../../formats/money-words.ts';
import type { ServicePlanTerms } from '../../translations/service-plan-terms.ts';

/** What is chosen on the form, before it is sent. */
export type PlanOption = RenewalYears | 'per-case' | 'declined';

/** The choices of a device: each year with its price, per case with what it costs, and none. */
export function planOptions(
  { device, renewals }: ServicePlan,
  { perCase, payable }: ServicePlansView,
  chosen: PlanOption | undefined,
  t: ServicePlanTerms,
  formats: Formats,
  choose: (option: PlanOption) => void,
): TemplateResult {
  const option = (
    value: PlanOption,
    name: string,
    price: string | undefined,
    about?: string,
  ) => html`<label class="choice">
      <input type="radio" name="option-${device.id}" value=${value} .checked=${live(chosen === value)} @change=${() => choose(value)}>
      <strong>${name}</strong>${price === undefined ? html`<span></span>` : html`<bdi class="tabular">${price}</bdi>`}
      ${about === undefined ? nothing : html`<span class="about small muted">${about}</span>`}</label>`;
  const money = (amount: number) => moneyWords({ amount, currency: perCase?.currency ?? 'IRR' }, formats.locale);
  return html`<fieldset><legend>${t.question}</legend>
    ${
      payable
        ? renewals.map(({ years, amount }) =>
            option(years, t.renew(years, formats.number(years)), moneyWords(amount, formats.locale)),
          )
        : nothing
    }
    <p class="small muted">${!payable ? t.notPayable : renewals.length === 0 ? t.notSold : t.priceHolds}</p>
    ${
      perCase === null
        ? nothing
        : option(
            'per-case',
            t.perCase,
            undefined,
            t.perCaseAbout(money(perCase.from), money(perCase.to), formats.number(perCase.unitMinutes)),
          )
    }
    ${option('declined', t.decline, undefined, t.declineAbout)}
  </fieldset>`;
}
