import type { MessageState } from '@callweave/sdk/protocol';
import { html, type TemplateResult } from 'lit';
import type { MissedCallTerms } from '../translations/missed-call-terms.ts';

const CHIPS: Readonly<Partial<Record<MessageState, string>>> = {
  delivered: 'success',
  failed: 'danger',
  expired: 'warning',
};

/** What became of a text message, as a word with a colour. */
export const messageChip = (state: MessageState, t: MissedCallTerms): TemplateResult =>
  html`<span class="chip ${CHIPS[state] ?? ''}">${t.messageState[state]}</span>`;
