import type { VoicemailMessage } from '@callweave/sdk/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import type { Formats } from '../../formats/formats.ts';
import { checkIcon, warningIcon } from '../../icons/icons.ts';
import type { VoicemailTerms } from '../../translations/voicemail-terms.ts';

export interface MessageRowParts {
  readonly open: boolean;
  /** Undefined: all are of one box. */
  readonly boxName: string | undefined;
  readonly terms: VoicemailTerms;
  readonly formats: Formats;
  readonly onToggle: () => void;
}

export function messageRow(
  message: VoicemailMessage,
  { open, boxName, terms: t, formats, onToggle }: MessageRowParts,
): TemplateResult {
  const from = message.from === '' ? t.withheld : formats.phone(message.from);
  const isNew = message.heardAt === null && message.deletedAt === null;
  const label = open ? t.close : t.open;
  return html`
    <tr role="row" part="row" data-message=${message.id} class="${open ? 'open' : ''} ${isNew ? 'new' : ''}">
      <td role="cell">
        ${renderCaller(message, t)}
        ${message.from === '' ? html`<span class="small under">${from}</span>` : html`<bdi dir="ltr" class="tabular small under">${from}</bdi>`}
      </td>
      ${boxName === undefined ? nothing : html`<td role="cell" class="small" data-label=${t.columns.box}><bdi>${boxName}</bdi></td>`}
      <td role="cell" class="tabular small"><time datetime=${message.startedAt}>${formats.dateTime(message.startedAt)}</time></td>
      <td role="cell" class="tabular" data-label=${t.columns.length}><bdi dir="ltr">${formats.duration(message.durationMs)}</bdi></td>
      <td role="cell">${renderState(message, t)}</td>
      <td role="cell"><button class="plain" data-action="open" aria-expanded=${open} aria-label="${label}: ${t.openNamed(from)}" @click=${onToggle}>${label}</button></td>
    </tr>
  `;
}

function renderCaller({ customer, candidates }: VoicemailMessage, t: VoicemailTerms): TemplateResult | typeof nothing {
  if (customer !== null) return html`<bdi>${customer.name}</bdi>`;
  return candidates.length > 1 ? html`<span class="muted">${t.candidates(candidates.length)}</span>` : nothing;
}

function renderState({ deletedAt, state, heardAt }: VoicemailMessage, t: VoicemailTerms): TemplateResult {
  if (deletedAt !== null) return html`<span class="chip">${t.state.binned}</span>`;
  if (state === 'failed') return html`<span class="chip danger">${warningIcon}${t.state.failed}</span>`;
  if (state === 'storing') return html`<span class="chip warning">${t.state.storing}</span>`;
  return heardAt === null
    ? html`<span class="chip success">● ${t.state.new}</span>`
    : html`<span class="chip">${checkIcon}${t.state.heard}</span>`;
}
