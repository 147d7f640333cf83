import { createHash } from 'node:crypto';
import type { CertificateCheck, Locale } from '@callweave/sdk/protocol';
import { documentWords } from '../documents/index.ts';

export interface CertificatePage {
  readonly locale: Locale;
  /** What was typed in; empty when nothing was. */
  readonly typed: string;
  /** Undefined when the code is of no certificate. */
  readonly found: { readonly check: CertificateCheck; readonly installedOn: string } | undefined;
  readonly limited?: boolean;
}

const TERMS: Readonly<
  Record<
    Locale,
    Record<
      'title' | 'label' | 'hint' | 'check' | 'valid' | 'unknown' | 'limited' | 'device' | 'serial' | 'month',
      string
    >
  >
> = {
  en: {
    title: 'Check a certificate of installation',
    label: 'Code on the certificate',
    hint: 'Twenty letters and digits; spaces and hyphens do not matter.',
    check: 'Check',
    valid: 'This certificate is genuine.',
    unknown: 'There is no certificate with this code. Compare it with the paper, and type it again.',
    limited: 'Too many codes were tried from here. Wait a minute, and try again.',
    device: 'Device',
    serial: 'Serial number',
    month: 'Installed in',
  },
  fa: {
    title: 'استعلام گواهی نصب',
    label: 'کد روی گواهی',
    hint: 'بیست حرف و رقم؛ فاصله و خط تیره اهمیتی ندارد.',
    check: 'استعلام',
    valid: 'این گواهی معتبر است.',
    unknown: 'گواهی‌ای با این کد نیست. آن را با برگه مقایسه کنید و دوباره بنویسید.',
    limited: 'کدهای زیادی از اینجا امتحان شده است. یک دقیقه صبر کنید و دوباره بکوشید.',
    device: 'دستگاه',
    serial: 'شمارهٔ سریال',
    month: 'زمان نصب',
  },
  cs: {
    title: 'Ověření osvědčení o instalaci',
    label: 'Kód na osvědčení',
    hint: 'Dvacet písmen a číslic; na mezerách a pomlčkách nezáleží.',
    check: 'Ověřit',
    valid: 'Toto osvědčení je pravé.',
    unknown: 'Osvědčení s tímto kódem neexistuje. Porovnejte jej s papírem a zadejte znovu.',
    limited: 'Odtud bylo zkoušeno příliš mnoho kódů. Počkejte minutu a zkuste to znovu.',
    device: 'Zařízení',
    serial: 'Sériové číslo',
    month: 'Nainstalováno',
  },
};

const STYLE = `:root{color-scheme:light dark}body{font:1.05rem/1.7 Vazirmatn,system-ui,sans-serif;max-width:34rem;margin:3rem auto;padding:0 1.2rem}
label{display:block;font-weight:600}input{font:inherit;font-family:ui-monospace,monospace;width:100%;box-sizing:border-box;padding:.5rem;margin:.3rem 0;border:1px solid #767b82;border-radius:.4rem}
button{font:inherit;padding:.5rem 1.4rem;margin:.6rem 0;border:0;border-radius:.4rem;background:#0b5cad;color:#fff}
:focus-visible{outline:3px solid #e08a00;outline-offset:2px}.valid,.unknown{border-inline-start:.35rem solid #1a7f37;padding:.2rem 1rem;margin-block-start:1.5rem}
.unknown{border-color:#b3261e}dl{display:grid;grid-template-columns:auto 1fr;gap:.2rem 1.2rem}dt{opacity:.8}dd{margin:0}nav{margin-block-end:1.5rem}nav a{margin-inline-end:1rem}`;

const POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`;

const LANGUAGES: Readonly<Record<Locale, string>> = { fa: 'فارسی', en: 'English', cs: 'Čeština' };

/** One page without script: a form, and what the code says. It tells search engines nothing, and nothing about people. */
export function certificatePage({ locale, typed, found, limited = false }: CertificatePage): Response {
  const terms = TERMS[locale];
  const html = `<!doctype html>
<html lang="${locale}" dir="${locale === 'fa' ? 'rtl' : 'ltr'}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="robots" content="noindex"><title>${terms.title}</title><style>${STYLE}</style></head>
<body><nav>${(Object.keys(LANGUAGES) as Locale[])
    .map(
      (each) =>
        `<a href="?locale=${each}" lang="${each}"${each === locale ? ' aria-current="true"' : ''}>${LANGUAGES[each]}</a>`,
    )
    .join('')}</nav>
<main><h1>${terms.title}</h1>
<form method="get"><input type="hidden" name="locale" value="${locale}">
<label for="code">${terms.label}</label><input id="code" name="code" dir="ltr" required maxlength="100" autocomplete="off" spellcheck="false" autocapitalize="characters" aria-describedby="hint" value="${escaped(typed)}">
<div id="hint">${terms.hint}</div><button>${terms.check}</button></form>
${answerOf({ locale, typed, found, limited })}</main></body></html>`;
  return new Response(html, {
    status: limited ? 429 : 200,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': POLICY,
      ...(limited ? { 'retry-after': '60' } : {}),
    },
  });
}

function answerOf({ locale, typed, found, limited }: CertificatePage): string {
  const terms = TERMS[locale];
  if (limited) return `<section class="unknown" role="status"><p>${terms.limited}</p></section>`;
  if (typed === '') return '';
  if (found === undefined) return `<section class="unknown" role="status"><p>✗ ${terms.unknown}</p></section>`;
  const { check } = found;
  // The month of the calendar that the page is in: one of another begins on another day.
  const facts = [
    [terms.device, `${check.brand} ${check.model}`],
    ...(check.serial === null ? [] : [[terms.serial, check.serial]]),
    [terms.month, documentWords(locale).month(found.installedOn)],
  ];
  return `<section class="valid" role="status"><p><strong>✓ ${terms.valid}</strong></p><dl>${facts
    .map(([name = '', value = '']) => `<dt>${escaped(name)}</dt><dd><bdi>${escaped(value)}</bdi></dd>`)
    .join('')}</dl></section>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
