import type { Call } from '@callweave/sdk/protocol';
import { html, type TemplateResult } from 'lit';
import { microphoneIcon, microphoneOffIcon, pauseIcon, shieldCheckIcon, shieldIcon } from '../../icons/icons.ts';
import type { SupervisionTerms } from '../../translations/supervision-terms.ts';

export function heldChip({ hold }: Call, t: SupervisionTerms, since: (instant: string) => string): TemplateResult {
  if (hold.since === null) return html`<span class="chip success">${t.talking}</span>`;
  return html`<span class="chip warning">${pauseIcon}<span class="tabular">${t.held(since(hold.since))}</span></span>`;
}

export function verifiedChip({ verification }: Call, t: SupervisionTerms): TemplateResult {
  return verification.state === 'passed'
    ? html`<span class="chip success">${shieldCheckIcon}${t.verified}</span>`
    : html`<span class="chip">${shieldIcon}${t.notVerified}</span>`;
}

export function recordedChip({ recording }: Call, t: SupervisionTerms): TemplateResult {
  if (recording.state === 'recording') return html`<span class="chip recording">${microphoneIcon}${t.recorded}</span>`;
  if (recording.state === 'paused') return html`<span class="chip warning">${pauseIcon}${t.recordingPaused}</span>`;
  return html`<span class="chip danger">${microphoneOffIcon}${t.notRecorded}</span>`;
}
