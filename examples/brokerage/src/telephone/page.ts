import { html } from '../portal/html.ts';

/** Server-rendered frame of the customer's telephone. */
export function telephonePage(
  callers: readonly { readonly name: string; readonly number: string }[],
  publicNumber: string,
): string {
  return html`<!doctype html>
<html lang="fa" dir="rtl"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>تلفن مشتری</title>
<link rel="icon" href="/portal.svg"><link rel="stylesheet" href="/fonts/vazirmatn/index.css"><link rel="stylesheet" href="/portal.css"><script type="module" src="/telephone/telephone.js"></script></head>
<body data-call="idle"><main><section class="card telephone"><h1>تلفن مشتری</h1>
<label>از شمارهٔ<select id="caller">${callers.map((caller) => html`<option value="${caller.number}">${caller.name} · ${caller.number}</option>`)}</select></label>
<label>به شمارهٔ<input id="number" value="${publicNumber}" dir="ltr" inputmode="tel"></label>
<output id="status" role="status"></output>
<button id="call">تماس</button><button id="answer" disabled>پاسخ</button><button id="hangup" class="danger" disabled>قطع</button>
<label class="switch"><input id="on" type="checkbox"> روشن بماند و زنگ بخورد</label>
<div class="keys">${[...'123456789*0#'].map((key) => html`<button data-key="${key}" disabled>${key}</button>`)}</div>
</section></main></body></html>`.text;
}
