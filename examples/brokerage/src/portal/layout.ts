import type { PortalUser } from './database.ts';
import { type Html, html } from './html.ts';
import { directionOf, LANGUAGES, type Language, TEXTS } from './texts.ts';

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
${user ? html`<cw-desk url="/callweave" locale="${language}"${user.job === 'agent' ? '' : html` phone="off"`}>` : ''}
<header class="bar">
  <strong class="brand">${t.broker}</strong>
  ${
    user
      ? html`<nav>${[
          user.job === 'dealer' ? '' : link('/', t.desk),
          user.job === 'dealer' ? '' : link('/clients', t.clients),
          user.job === 'dealer' ? '' : link('/customers/new', t.newCustomer),
          user.job === 'agent' ? '' : link('/floor', t.floor),
          user.job === 'manager' ? link('/reports', t.reports) : '',
        ]}</nav>`
      : ''
  }
  <span class="space"></span>
  ${LANGUAGES.map((other) => html`<a class="lang" lang="${other}" hreflang="${other}" href="${path}?lang=${other}"${other === language ? html` aria-current="true"` : ''}>${TEXTS[other].language}</a>`)}
  ${user ? html`<bdi class="user">${user.name}</bdi><form method="post" action="/sign-out"><button class="plain">${t.signOut}</button></form>` : ''}
</header>
${user?.job === 'agent' ? html`<cw-incoming-call></cw-incoming-call><cw-call-bar></cw-call-bar>` : ''}
<main>${body}</main>
${user ? html`</cw-desk>` : ''}
</body></html>`;
  return page.text;
}
