import type { CustomerBalance } from '@callweave/sdk/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import type { Formats } from '../../formats/formats.ts';
import { moneyWords } from '../../formats/money-words.ts';
import { infoIcon, warningIcon } from '../../icons/icons.ts';
import type { BillingTerms } from '../../translations/billing-terms.ts';

/** What is owed against what may be owed: a meter, the sums in words, and what follows from them. */
export function balanceView(view: CustomerBalance, t: BillingTerms, { locale, dateTime }: Formats): TemplateResult {
  const { balance, ceiling, threshold, level, overrideUntil } = view;
  const say = (amount: number) => moneyWords({ amount, currency: balance.currency }, locale);
  const credit = balance.amount < 0;
  const runs = overrideUntil !== null && Date.parse(overrideUntil) > Date.now();
  const sum = say(Math.abs(balance.amount));
  return html`
    <div class="balance stack" part="balance" data-level=${level}>
      <p class="figure"><span class="muted small" id="owed">${credit ? t.credit : t.owed}</span>
        <strong class="tabular"><bdi>${sum}</bdi></strong></p>
      ${
        ceiling === null || credit
          ? nothing
          : html`<meter aria-labelledby="owed" aria-describedby="of" min="0" max=${ceiling.amount} .value=${Math.min(balance.amount, ceiling.amount)}
                high=${threshold?.amount ?? ceiling.amount} optimum="0"></meter>
              <span id="of" class="small muted tabular">${t.ofCeiling(sum, say(ceiling.amount))}</span>`
      }
      ${
        level === 'ceiling'
          ? html`<p class="message danger">${warningIcon}<span>${t.reached}</span></p>`
          : level === 'warning' && ceiling !== null
            ? html`<p class="message warning">${warningIcon}<span>${t.warning(say(ceiling.amount - balance.amount))}</span></p>`
            : balance.amount === 0
              ? html`<p class="small muted">${t.nothingOwed}</p>`
              : nothing
      }
      ${runs ? html`<p class="message">${infoIcon}<span>${t.overrideUntil(dateTime(overrideUntil))}</span></p>` : nothing}
    </div>`;
}
