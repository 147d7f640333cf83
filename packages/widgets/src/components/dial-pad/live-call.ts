import { html, nothing, type TemplateResult } from 'lit';
import type { Formats } from '../../formats/formats.ts';
import { crossIcon, hangUpIcon, phoneIcon } from '../../icons/icons.ts';
import type { DialPadTerms } from '../../translations/dial-pad-terms.ts';
import type { LiveCall } from './dial-line.ts';
import { renderKeys } from './keys.ts';

export interface LiveCallOptions {
  readonly call: LiveCall;
  readonly terms: DialPadTerms;
  readonly formats: Formats;
  readonly talked: number | undefined;
  /** It rings at this browser, and is not answered by itself. */
  readonly ringsHere: boolean;
  readonly canSendTones: boolean;
  readonly sent: string;
  readonly pending: string | undefined;
  readonly onAnswer: () => void;
  readonly onHangUp: () => void;
  readonly onDismiss: () => void;
  readonly onTone: (key: string) => void;
}

/** Where the call is, its tones, and its end with the reason. */
export function renderLiveCall(options: LiveCallOptions): TemplateResult {
  const { call, terms, formats, talked, pending } = options;
  const who = html`<span class="who">${call.number === null ? nothing : html`<bdi dir="ltr" class="tabular">${formats.phone(call.number)}</bdi> `}${call.project === null ? nothing : html`<bdi>${call.project}</bdi>`}</span>`;
  if (call.stage === 'ended')
    return html`<div class="call row spread" part="call" data-stage="ended">
      <span>${who} <span class="muted">${call.outcome === null ? terms.ended : terms.outcomes[call.outcome]}</span></span>
      <button type="button" class="icon plain" data-action="dismiss" aria-label=${terms.dismiss} @click=${options.onDismiss}>${crossIcon}</button>
    </div>`;
  return html`<div class="call stack" part="call" data-stage=${call.stage}>
    <div class="row spread"><span>${who}</span>
      <span class="row"><span class="chip ${call.stage === 'answered' ? 'success' : ''}">${terms.stages[call.stage]}</span>
      ${talked === undefined ? nothing : html`<span class="tabular" role="timer" aria-live="off">${formats.duration(talked)}</span>`}</span></div>
    <div class="row">
      ${options.ringsHere ? html`<button type="button" class="primary" data-action="answer" ?disabled=${pending !== undefined} @click=${options.onAnswer}>${phoneIcon}${terms.answer}</button>` : nothing}
      <button type="button" class="danger ${options.ringsHere ? '' : 'primary'}" data-action="hang-up" ?disabled=${pending === 'hangup'} @click=${options.onHangUp}>${hangUpIcon}${terms.hangUp}</button>
    </div>
    ${options.canSendTones ? renderTones(options) : nothing}
  </div>`;
}

function renderTones({ terms, formats, sent, onTone }: LiveCallOptions): TemplateResult {
  return html`<details class="tones"><summary>${terms.tones}</summary><div class="stack">
    <p class="sent tabular" dir="ltr"><span class="visually-hidden">${terms.sentTones}</span>${formats.digits(sent)}</p>
    ${renderKeys({ label: terms.tones, write: formats.digits, plus: false, onKey: onTone })}
    <p class="hint">${terms.tonesHint}</p>
  </div></details>`;
}
