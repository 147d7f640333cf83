import type { SentCode } from '@callweave/sdk/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { TransferTerms } from '../../translations/transfer-terms.ts';

export interface ConsentView {
  readonly terms: TransferTerms;
  /** The exact text, in the language of the widget. */
  readonly text: string;
  readonly sent: SentCode | undefined;
  readonly code: string;
  readonly busy: boolean;
  /** Tells the fields of several on one page from each other. */
  readonly id: string;
  readonly action: string;
  send(): void;
  type(code: string): void;
  consent(): void;
}

/** The text that is consented to, and the code by which it is: first sent, then typed in. */
export function renderConsent({ terms: t, text, sent, code, busy, id, action, ...on }: ConsentView): TemplateResult {
  return html`<h3>${t.exactText}</h3>
    <blockquote class="text" part="text">${text}</blockquote>
    ${
      sent === undefined
        ? html`<div class="row"><button type="button" class="primary" data-action="send" ?disabled=${busy} @click=${on.send}>${t.sendCode}</button></div>`
        : html`<form class="stack" @submit=${(event: Event) => {
            event.preventDefault();
            on.consent();
          }}>
          <p class="small">${t.sentTo('\u2066' + sent.to + '\u2069')}</p>
          <div class="field"><label for=${`code-${id}`}>${t.code}</label>
            <input id=${`code-${id}`} class="tabular" dir="ltr" inputmode="numeric" autocomplete="one-time-code" maxlength="12" required
              aria-describedby=${`hint-${id}`} .value=${live(code)} @input=${(event: Event) => on.type((event.target as HTMLInputElement).value)}>
            <p class="hint" id=${`hint-${id}`}>${t.codeHint}</p></div>
          <div class="row"><button class="primary" data-action="consent" ?disabled=${busy || code.trim() === ''}>${action}</button>
            <button type="button" data-action="send" ?disabled=${busy} @click=${on.send}>${t.sendAgain}</button></div>
        </form>`
    }${nothing}`;
}
