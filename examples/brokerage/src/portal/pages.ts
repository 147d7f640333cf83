import type { PortalClient, PortalUser } from './database.ts';
import { type Html, html } from './html.ts';
import { type Language, type PortalTexts, TEXTS } from './texts.ts';

export function signInPage(t: PortalTexts, failed: boolean): Html {
  return html`<form class="card sign-in" method="post" action="/sign-in">
  <h1>${t.signIn}</h1>
  ${failed ? html`<p role="alert" class="error">${t.wrong}</p>` : ''}
  <label>${t.username}<input name="username" autocomplete="username" required autofocus dir="ltr"></label>
  <label>${t.password}<input name="password" type="password" autocomplete="current-password" required dir="ltr"></label>
  <button>${t.signIn}</button>
</form>`;
}

export function deskPage(t: PortalTexts, user: PortalUser): Html {
  return html`<h1>${t.welcome}${t.comma} <bdi>${user.name}</bdi></h1>
<p class="hint">${t.deskHint} <a href="/telephone" target="_blank">${t.telephone} ↗</a></p>
<cw-escalation></cw-escalation><cw-request-sheet></cw-request-sheet>`;
}

/** Numbers and codes in the digits of the page's language. */
const digits = (text: string, language: Language): string =>
  language === 'fa' ? text.replace(/\d/g, (digit) => '۰۱۲۳۴۵۶۷۸۹'[Number(digit)] ?? digit) : text;

export function clientsPage(
  t: PortalTexts,
  language: Language,
  clients: readonly Omit<PortalClient, 'managers'>[],
  user: PortalUser,
): Html {
  const money = new Intl.NumberFormat(language === 'fa' ? 'fa-IR' : language);
  const day = new Intl.DateTimeFormat(language === 'fa' ? 'fa-IR-u-ca-persian' : language, { dateStyle: 'medium' });
  return html`<h1>${t.clients}</h1>
<div class="card table"><table>
<thead><tr><th>${t.number}</th><th>${t.name}</th><th>${t.phone}</th><th>${t.market}</th><th>${t.contract}</th><th class="number">${t.balance}</th></tr></thead>
<tbody>${clients.map(
    (client) => html`<tr>
  <td><bdi>${digits(client.clientNumber, language)}</bdi></td><td>${user.job === 'manager' ? html`<a href="/customers/${client.clientNumber}"><bdi>${client.fullName}</bdi></a>` : html`<bdi>${client.fullName}</bdi>`}</td><td><bdi dir="ltr">${digits(client.phone1, language)}</bdi></td><td>${t[client.market]}</td>
  <td>${client.contractDate ? day.format(new Date(client.contractDate)) : t.none}</td><td class="number"><bdi>${money.format(client.balanceRial)}</bdi></td>
</tr>`,
  )}</tbody></table></div>`;
}

export const newCustomerPage = (t: PortalTexts): Html =>
  html`<h1>${t.newCustomer}</h1><cw-customer-form></cw-customer-form>`;

export const customerPage = (t: PortalTexts, language: Language, clientNumber: string): Html =>
  html`<h1>${t.customer} <bdi>${digits(clientNumber, language)}</bdi></h1><div data-client-number="${clientNumber}" data-missing="${t.noCustomer}"></div>
<script type="module" src="/customer.js"></script>`;

export const floorPage = (t: PortalTexts): Html => html`<h1>${t.floor}</h1><cw-dealing-floor></cw-dealing-floor>`;

export const reportsPage = (t: PortalTexts): Html =>
  html`<h1>${t.reports}</h1><cw-order-list></cw-order-list><cw-listening-log></cw-listening-log>`;

/** What an agent does besides answering: call out, call back, listen to what was left, look up what was. */
export const callsPage = (t: PortalTexts): Html => html`<h1>${t.calls}</h1>
<div class="aside"><cw-dial-pad></cw-dial-pad><div class="stacked"><cw-missed-calls></cw-missed-calls><cw-voicemail></cw-voicemail><cw-fax-inbox></cw-fax-inbox></div></div>
<cw-call-history></cw-call-history>`;

export const supervisionPage = (t: PortalTexts): Html => html`<h1>${t.supervision}</h1>
<cw-wallboard></cw-wallboard><cw-supervision></cw-supervision><cw-missed-calls></cw-missed-calls><cw-call-history></cw-call-history>`;

export const numbersPage = (t: PortalTexts): Html =>
  html`<h1 class="unseen">${t.numbers}</h1><cw-number-pairings></cw-number-pairings>`;

export const messagesPage = (t: PortalTexts): Html =>
  html`<h1 class="unseen">${t.messages}</h1><cw-message-log></cw-message-log>`;

export const fieldPage = (t: PortalTexts): Html => html`<h1>${t.fieldWork}</h1><cw-dial-pad></cw-dial-pad>`;

export const preflightPage = (t: PortalTexts): Html =>
  html`<h1>${t.preflight}</h1><div class="columns"><cw-availability></cw-availability><cw-preflight></cw-preflight></div>`;

export const notAllowedPage = (t: PortalTexts): Html => html`<p class="card" role="alert">${t.notAllowed}</p>`;

export const textsOf = (language: Language): PortalTexts => TEXTS[language];
