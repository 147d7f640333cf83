import type { CoursePartner, PartnerKey, PartnerScope, RevenueMonth } from '@callweave/sdk/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import type { Formats } from '../../formats/formats.ts';
import { moneyWords } from '../../formats/money-words.ts';
import type { CourseTerms } from '../../translations/course-terms.ts';

export const SCOPES: readonly PartnerScope[] = ['courses:read', 'courses:write', 'orders:read', 'revenue:read'];

export interface PartnerContext {
  readonly t: CourseTerms['admin'];
  readonly formats: Formats;
  readonly busy: boolean;
  /** What was issued for this partner just now, and is not shown again. */
  readonly issued: { readonly kind: 'key' | 'secret'; readonly text: string } | undefined;
  readonly revenue: readonly RevenueMonth[] | undefined;
  readonly onIssueKey: (scopes: PartnerScope[]) => void;
  readonly onIssueSecret: () => void;
  readonly onSeen: () => void;
  readonly onRevoke: (keyId: string) => void;
  readonly onSwitch: () => void;
  readonly onRevenue: () => void;
}

/** One partner: its keys, what it is told of, and what was sold for it. */
export function renderPartner(partner: CoursePartner, context: PartnerContext): TemplateResult {
  const { t, busy, issued, onSeen, onIssueSecret, onSwitch, onRevenue } = context;
  const { id, name, active, webhookUrl, webhookWaiting, keys } = partner;
  const act = (action: string, label: string, task: () => void) =>
    html`<button data-action=${action} ?disabled=${busy} aria-label="${label} — ${name}" @click=${task}>${label}</button>`;
  return html`
    <li part="partner" class="stack" data-partner=${id}>
      <div class="row spread"><strong><bdi>${name}</bdi></strong> <span class="chip ${active ? 'success' : 'danger'}">${active ? t.active : t.off}</span></div>
      ${webhookUrl === null ? nothing : html`<p class="small"><bdi dir="ltr" class="address">${webhookUrl}</bdi>${webhookWaiting === 0 ? nothing : html` <span class="chip warning">${t.webhookWaiting(webhookWaiting)}</span>`}</p>`}
      <div role="status">${
        issued === undefined
          ? nothing
          : html`<div class="message warning"><div class="stack"><strong>${issued.kind === 'key' ? t.newKey : t.newSecret}</strong>
              <p><bdi dir="ltr" class="tabular address" data-secret>${issued.text}</bdi></p><span>${t.once}</span>
              <div><button data-action="seen" @click=${onSeen}>${t.seen}</button></div></div></div>`
      }</div>
      <h4>${t.keys}</h4>
      ${keys.length === 0 ? html`<p class="small muted">${t.noKeys}</p>` : html`<ul class="plain-list">${keys.map((key) => renderKey(key, partner, context))}</ul>`}
      <form class="stack" @submit=${(event: SubmitEvent) => {
        event.preventDefault();
        const chosen = new FormData(event.target as HTMLFormElement).getAll('scope');
        context.onIssueKey(SCOPES.filter((scope) => chosen.includes(scope)));
      }}>
        <fieldset><legend>${t.scopes}</legend><div class="row">${SCOPES.map(
          (scope) =>
            html`<label class="row"><input type="checkbox" name="scope" value=${scope} checked>${t.scope[scope]}</label>`,
        )}</div></fieldset>
        <div class="row"><button data-action="issue-key" ?disabled=${busy} aria-label="${t.issueKey} — ${name}">${t.issueKey}</button> <span class="hint">${t.issueKeyHint}</span></div>
      </form>
      <div class="row">${webhookUrl === null ? nothing : act('issue-secret', t.issueSecret, onIssueSecret)}
        ${act('switch', active ? t.switchOff : t.switchOn, onSwitch)}${act('revenue', t.revenue, onRevenue)}</div>
      ${context.revenue === undefined ? nothing : renderRevenue(context.revenue, partner, context)}
    </li>`;
}

function renderKey(
  { id, scopes, endsAt }: PartnerKey,
  { name }: CoursePartner,
  context: PartnerContext,
): TemplateResult {
  const { t, formats, busy, onRevoke } = context;
  const ended = endsAt !== null && Date.parse(endsAt) <= Date.now();
  return html`<li class="row spread"><span class="small"><bdi dir="ltr" class="tabular">…${id.slice(-6)}</bdi> ${scopes.map((scope) => t.scope[scope]).join(' · ')}
    ${endsAt === null ? nothing : html`<span class="chip ${ended ? '' : 'warning'}">${ended ? t.keyEnded : t.keyEnds(formats.dateTime(endsAt))}</span>`}</span>
    ${ended ? nothing : html`<button class="danger" data-action="revoke" ?disabled=${busy} aria-label="${t.revoke} — ${name} ${id.slice(-6)}" @click=${() => onRevoke(id)}>${t.revoke}</button>`}</li>`;
}

function renderRevenue(
  months: readonly RevenueMonth[],
  { id }: CoursePartner,
  { t, formats }: PartnerContext,
): TemplateResult {
  if (months.length === 0) return html`<p class="small muted">${t.noRevenue}</p>`;
  const c = t.columns;
  const column = (text: string) => html`<th role="columnheader" scope="col">${text}</th>`;
  const cell = (label: string, value: string) =>
    html`<td role="cell" class="tabular" data-label=${label}><bdi>${value}</bdi></td>`;
  const money = (sum: RevenueMonth['revenue']) => moneyWords(sum, formats.locale);
  return html`<table role="table" aria-label=${t.revenue} data-revenue=${id}>
    <thead role="rowgroup"><tr role="row">${[c.month, c.sold, c.refunded, c.paid, c.givenBack, c.revenue].map(column)}</tr></thead>
    <tbody role="rowgroup">${months.map(
      ({ month, sold, refunded, paid, givenBack, revenue }) =>
        html`<tr role="row">${cell(c.month, formats.digits(month))}${cell(c.sold, formats.number(sold))}${cell(c.refunded, formats.number(refunded))}
          ${cell(c.paid, money(paid))}${cell(c.givenBack, money(givenBack))}${cell(c.revenue, money(revenue))}</tr>`,
    )}</tbody></table>`;
}
