import type { PortalUser } from './database.ts';
import { type Html, html } from './html.ts';
import { directionOf, LANGUAGES, type Language, type PortalTexts, TEXTS } from './texts.ts';

/** The pages that are in the menu, and whose they are. */
const PAGES: readonly { path: string; title: keyof PortalTexts; jobs: readonly PortalUser['job'][] }[] = [
  { path: '/', title: 'desk', jobs: ['agent', 'supervisor', 'manager'] },
  { path: '/calls', title: 'calls', jobs: ['agent', 'supervisor', 'manager'] },
  { path: '/supervision', title: 'supervision', jobs: ['supervisor', 'manager'] },
  { path: '/clients', title: 'clients', jobs: ['agent', 'supervisor', 'manager'] },
  { path: '/customers/new', title: 'newCustomer', jobs: ['agent', 'supervisor', 'manager'] },
  { path: '/floor', title: 'floor', jobs: ['dealer', 'manager'] },
  { path: '/reports', title: 'reports', jobs: ['manager'] },
  { path: '/numbers', title: 'numbers', jobs: ['manager'] },
  { path: '/messages', title: 'messages', jobs: ['manager'] },
  { path: '/field', title: 'fieldWork', jobs: ['field-caller'] },
  { path: '/preflight', title: 'preflight', jobs: ['agent', 'supervisor'] },
];

/** Whose calls reach them in the browser. */
const HAS_PHONE: readonly PortalUser['job'][] = ['agent', 'supervisor', 'field-caller'];

export interface Page {
  readonly language: Language;
  readonly user: PortalUser | undefined;
  readonly path: string;
  readonly title: string;
  readonly body: Html;
}

/** The portal's page frame. The desk is woven in by three lines: the script, `cw-desk`, and the badge at the top. */
export function layout({ language, user, path, title, body }: Page): string {
  const t = TEXTS[language];
  const link = (to: string, text: string) =>
    html`<a href="${to}"${path === to ? html` aria-current="page"` : ''}>${text}</a>`;
  const page = html`<!doctype html>
<html lang="${language}" dir="${directionOf(language)}">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · ${t.broker}</title>
<link rel="icon" href="/portal.svg"><link rel="stylesheet" href="/fonts/vazirmatn/index.css"><link rel="stylesheet" href="/portal.css">
<script type="module" src="/widgets/callweave.js"></script>
</head>
<body>
${user ? html`<cw-desk url="/callweave" locale="${language}"${HAS_PHONE.includes(user.job) ? '' : html` phone="off"`}>` : ''}
<header class="bar">
  <strong class="brand">${t.broker}</strong>
  ${
    user
      ? html`<nav>${PAGES.filter(({ jobs }) => jobs.includes(user.job)).map(({ path: to, title: key }) =>
          link(to, t[key]),
        )}</nav>`
      : ''
  }
  <span class="space"></span>
  ${LANGUAGES.map((other) => html`<a class="lang" lang="${other}" hreflang="${other}" href="${path}?lang=${other}"${other === language ? html` aria-current="true"` : ''}>${TEXTS[other].language}</a>`)}
  ${user ? html`<bdi class="user">${user.name}</bdi><form method="post" action="/sign-out"><button class="plain">${t.signOut}</button></form>` : ''}
</header>
${user && HAS_PHONE.includes(user.job) ? html`<cw-incoming-call></cw-incoming-call><cw-call-bar></cw-call-bar>` : ''}
<main>${body}</main>
${user ? html`</cw-desk>` : ''}
</body></html>`;
  return page.text;
}
