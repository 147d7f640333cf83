import type { QualityEstimate } from '@callweave/sdk/phone';
import type { Call } from '@callweave/sdk/protocol';
import { html, nothing, svg, type TemplateResult } from 'lit';
import type { TimerController } from '../../controllers/timer-controller.ts';
import type { Formats } from '../../formats/formats.ts';
import { lockIcon, shieldCheckIcon, shieldIcon, warningIcon } from '../../icons/icons.ts';
import type { Translation } from '../../translations/translation.ts';
import { soundOf } from './notices.ts';

interface FactsOptions {
  readonly call: Call;
  readonly terms: Pick<Translation, 'essential' | 'desk'>;
  readonly formats: Formats;
  readonly timer: TimerController;
}

/** Who, verified or not, recorded or not, how long: always in this order. */
export function renderFacts({ call, terms, formats, timer }: FactsOptions): TemplateResult {
  const { essential, desk } = terms;
  const name =
    call.customer?.name ??
    (call.candidates.length > 1 ? essential.incomingCall.candidates(call.candidates.length) : essential.unknownCaller);
  const number = call.direction === 'outbound' ? call.calledNumber : call.callerNumber;
  // In the wrap-up the duration stands still.
  const duration = call.endedAt
    ? Date.parse(call.endedAt) - Date.parse(call.answeredAt ?? call.startedAt)
    : timer.since(call.answeredAt ?? call.startedAt);
  return html`
    <div class="facts" part="facts">
      <div class="who">
        <p class="name" title=${name}><bdi>${name}</bdi></p>
        <p class="number"><bdi dir="ltr" class="tabular">${number ? formats.phone(number) : essential.withheldNumber}</bdi></p>
      </div>
      ${renderVerified(call, terms, formats, timer)}${renderRecording(call, terms)}
      <span class="duration tabular" role="timer" aria-label=${desk.callBar.callDuration} title=${desk.callBar.callDuration}>${formats.duration(duration)}</span>
    </div>
  `;
}

const VERIFIED_LOOKS = {
  none: 'warning',
  asking: '',
  passed: 'success',
  failed: 'danger',
  locked: 'danger',
  expired: 'warning',
} as const;

function renderVerified(
  call: Call,
  { desk }: Pick<Translation, 'desk'>,
  formats: Formats,
  timer: TimerController,
): TemplateResult {
  const { state, expiresAt } = call.verification;
  const icon = state === 'passed' ? shieldCheckIcon : state === 'locked' ? lockIcon : shieldIcon;
  const left =
    state === 'passed' && expiresAt && call.state === 'answered' ? formats.duration(timer.until(expiresAt)) : undefined;
  return html`<span class="chip verified ${VERIFIED_LOOKS[state]}" part="verified">${icon}${desk.verificationState[state]}${
    left === undefined
      ? nothing
      : html`<span class="tabular" role="timer" title=${desk.verification.expiresIn} aria-label=${desk.callBar.validFor(left)}>${left}</span>`
  }</span>`;
}

function renderRecording(call: Call, { desk }: Pick<Translation, 'desk'>): TemplateResult {
  const { state } = call.recording;
  const live = state === 'recording';
  const bad = state === 'none' || state === 'failed';
  const sign = live ? html`<span class="dot"></span>` : bad ? warningIcon : nothing;
  return html`<span class="chip recorded ${live ? 'recording' : bad ? 'danger' : ''}" part="recording">${sign}${desk.recordingState[state]}</span>`;
}

/** Three bars and a word; an estimate, and it says so. */
export function renderSignal(
  quality: QualityEstimate | undefined,
  { desk: { callBar: t } }: Pick<Translation, 'desk'>,
  formats: Formats,
): TemplateResult {
  const sound = quality && soundOf(quality.mos);
  const bars = sound === 'good' ? 3 : sound === 'fair' ? 2 : sound === 'poor' ? 1 : 0;
  const title = quality
    ? `${t.quality}: ${t.qualityEstimate(formats.number(Math.round(quality.mos * 10) / 10))}`
    : `${t.quality}: ${t.qualityUnknown}`;
  return html`<span class="signal ${sound ?? ''}" part="signal" title=${title}>
    <svg viewBox="0 0 24 16" aria-hidden="true">${[0, 1, 2].map((bar) => svg`<rect x=${2 + bar * 7} y=${10 - bar * 4} width="5" height=${5 + bar * 4} rx="1" class=${bar < bars ? '' : 'off'}></rect>`)}</svg>
    <span class="visually-hidden">${t.quality}:</span><span>${sound ? t.qualityOf[sound] : '—'}</span>
  </span>`;
}
