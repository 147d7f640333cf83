import type { VoicemailBox } from '@callweave/sdk/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import type { Formats } from '../../formats/formats.ts';
import { microphoneIcon } from '../../icons/icons.ts';
import type { VoicemailTerms } from '../../translations/voicemail-terms.ts';

export interface GreetingPanelParts {
  readonly box: VoicemailBox;
  readonly name: string;
  readonly player: TemplateResult;
  readonly terms: VoicemailTerms['greeting'];
  readonly formats: Formats;
  readonly busy: boolean;
  /** Asked for, and not yet confirmed. */
  readonly resetting: boolean;
  readonly onRecord: () => void;
  readonly onReset: (step: 'ask' | 'sure' | 'keep') => void;
}

/** What callers of a box hear, and how its people change it. */
export function greetingPanel(parts: GreetingPanelParts): TemplateResult {
  const { box, name, terms: t, formats, busy, resetting, onRecord, onReset } = parts;
  const { kind, recordedAt, recordedBy, beingRecorded } = box.greeting;
  return html`
    <details part="greeting">
      <summary>${t.title}: <bdi>${name}</bdi></summary>
      <div class="greeting">
        <p role="status">${
          beingRecorded
            ? html`<span class="chip recording">${t.beingRecorded}</span>`
            : kind === 'own' && recordedAt !== null
              ? t.own(recordedBy?.name ?? '', formats.dateTime(recordedAt))
              : t.default
        }</p>
        ${kind === 'own' ? parts.player : nothing}
        ${
          box.mayGreet
            ? html`
              <p class="row">
                <button data-action="record-greeting" ?disabled=${busy || beingRecorded} @click=${onRecord}>${microphoneIcon}${t.record}</button>
                ${
                  kind === 'default'
                    ? nothing
                    : resetting
                      ? html`<button class="danger" data-action="reset-sure" ?disabled=${busy} @click=${() => onReset('sure')}>${t.resetSure}</button>
                          <button data-action="reset-keep" @click=${() => onReset('keep')}>${t.keep}</button>`
                      : html`<button class="plain" data-action="reset" ?disabled=${busy} @click=${() => onReset('ask')}>${t.reset}</button>`
                }
              </p>
              <p class="small muted">${t.how}</p>`
            : html`<p class="small muted">${t.onlySupervisors}</p>`
        }
      </div>
    </details>
  `;
}
