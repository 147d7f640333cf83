import type { VoicemailMessage } from '@callweave/sdk/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import type { Formats } from '../../formats/formats.ts';
import { phoneIcon, warningIcon } from '../../icons/icons.ts';
import type { VoicemailTerms } from '../../translations/voicemail-terms.ts';

export interface MessageDetailsParts {
  readonly message: VoicemailMessage;
  readonly player: TemplateResult;
  readonly terms: VoicemailTerms;
  readonly formats: Formats;
  /** A command is under way. */
  readonly busy: boolean;
  readonly onCallBack: () => void;
  readonly onNote: (note: string) => void;
  readonly onUnheard: () => void;
  readonly onDelete: () => void;
  readonly onRestore: () => void;
}

/** An opened message: its sound, what is known of it, and what can be done. */
export function messageDetails(parts: MessageDetailsParts): TemplateResult {
  const { message, terms: t, formats, busy } = parts;
  const { heardAt, heardBy } = message;
  const binned = message.deletedAt !== null;
  return html`
    <div class="opened">
      ${
        message.state === 'stored'
          ? html`${parts.player}<p class="small muted">${t.player.logged}</p>`
          : message.state === 'storing'
            ? html`<p class="message" role="status">${t.storing}</p>`
            : html`<p class="message warning">${warningIcon}<span>${t.failed}</span></p>`
      }
      <p class="small muted">
        <span>${t.called(formats.phone(message.to))}</span>
        ${heardAt === null || heardBy === null ? nothing : html`<span>${t.heardBy(heardBy.name, formats.dateTime(heardAt))}</span>`}
      </p>
      ${
        binned
          ? html`<p class="row"><button class="primary" data-action="restore" ?disabled=${busy} @click=${parts.onRestore}>${t.restore}</button>
              ${message.binnedUntil ? html`<span class="small muted">${t.goneOn(formats.dateTime(message.binnedUntil))}</span>` : nothing}</p>`
          : html`
            <p class="row">
              ${
                message.from === ''
                  ? html`<span class="small muted">${t.noCallBack}</span>`
                  : html`<button data-action="call-back" ?disabled=${busy} @click=${parts.onCallBack}>${phoneIcon}${t.callBack}</button>`
              }
              ${heardAt === null ? nothing : html`<button data-action="unheard" ?disabled=${busy} @click=${parts.onUnheard}>${t.markUnheard}</button>`}
              <button class="danger" data-action="delete" ?disabled=${busy || message.state === 'storing'} @click=${parts.onDelete}>${t.delete}</button>
            </p>
            <form class="field" @submit=${(event: SubmitEvent) => {
              event.preventDefault();
              const area = (event.currentTarget as HTMLFormElement).querySelector('textarea');
              parts.onNote(area?.value ?? '');
            }}>
              <label for="note">${t.note.label}</label>
              <textarea id="note" maxlength="2000" dir="auto" .value=${message.note}></textarea>
              <button data-action="note" ?disabled=${busy}>${t.note.save}</button>
            </form>`
      }
    </div>
  `;
}
