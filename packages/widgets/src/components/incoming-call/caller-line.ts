import type { CallPortal, Locale, ServiceStateName } from '@callweave/sdk/protocol';
import type { html as litHtml, TemplateResult } from 'lit';
import type { Formats } from '../../formats/formats.ts';
import { moneyWords } from '../../formats/money-words.ts';
import type { CallerDevicesTerms } from '../../translations/caller-devices-terms.ts';

export { callerDevicesTerms } from '../../translations/caller-devices-terms.ts';

/**
 * With what the line is drawn. The badge hands it over: a module that both imported would become a chunk of its own, and
 * cost every page with a badge more than this line does.
 */
export interface LineTools {
  readonly html: typeof litHtml;
  readonly check: TemplateResult;
  readonly warning: TemplateResult;
  readonly terms: CallerDevicesTerms;
  readonly formats: Formats;
  readonly locale: Locale;
}

type Look = '' | 'success' | 'warning' | 'danger';

/** In the order in which an agent wants to know. */
const LOOKS: Readonly<Record<ServiceStateName, Look>> = {
  expired: 'danger',
  declined: 'warning',
  'not-activated': 'warning',
  'per-case': '',
  active: 'success',
  renewed: 'success',
};

/**
 * What a caller has who has bought devices, at one glance (G6): how many in which state of service, which to ask about
 * first, warranty, open tickets, debt against ceiling.
 */
export function callerLine(portal: CallPortal, tools: LineTools): TemplateResult {
  const { html, terms: t, formats } = tools;
  const { devices, inWarranty, openTickets, debt } = portal;
  const { number } = formats;
  return html`<p class="facts devices" part="devices">
    <span><strong>${t.devices(devices, number(devices))}</strong></span>
    ${(Object.keys(LOOKS) as ServiceStateName[]).map((state) => stateChip(portal, state, tools))}
    ${inWarranty > 0 ? html`<span>${t.inWarranty(number(inWarranty))}</span>` : ''}
    <span>${t.tickets(openTickets, number(openTickets))}</span>
    ${debtChip(debt, tools)}
  </p>`;
}

function stateChip({ service, attention }: CallPortal, state: ServiceStateName, tools: LineTools): unknown {
  const count = service[state];
  if (!count) return '';
  const { html, terms: t, formats } = tools;
  const first = attention?.state === state ? attention : undefined;
  const days = first?.daysLeft ?? undefined;
  const look = days === undefined ? LOOKS[state] : 'warning';
  const left = days === undefined ? '' : `, ${t.daysLeft(days, formats.number(days))}`;
  return html`<span class="chip ${look}" data-state=${state}>${icon(look, tools)}<span>${t.service[state](formats.number(count))}${
    first ? html`: <bdi>${first.brand} ${first.model}</bdi>` : ''
  }${left}</span></span>`;
}

function debtChip({ balance, ceiling, level, override }: CallPortal['debt'], tools: LineTools): TemplateResult {
  const { html, terms: t, locale } = tools;
  if (balance.amount <= 0) return html`<span>${t.owesNothing}</span>`;
  const sum = moneyWords(balance, locale);
  const words = ceiling ? t.owesOf(sum, moneyWords(ceiling, locale)) : t.owes(sum);
  const look: Look = level === 'clear' ? '' : level === 'ceiling' && !override ? 'danger' : 'warning';
  const more = level === 'ceiling' ? ` — ${override ? t.permitted : t.ceilingReached}` : '';
  return html`<span class="chip ${look}" data-level=${level}>${icon(look, tools)}<span>${words}${more}</span></span>`;
}

const icon = (look: Look, { check, warning }: LineTools): unknown =>
  look === '' ? '' : look === 'success' ? check : warning;
