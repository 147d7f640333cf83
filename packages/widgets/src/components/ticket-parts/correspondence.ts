import type { Attachment, TicketEntry } from '@callweave/sdk/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Formats } from '../../formats/formats.ts';
import { lockIcon } from '../../icons/icons.ts';
import type { TicketTerms } from '../../translations/ticket-terms.ts';
import { fileSize } from './file-size.ts';

export interface CorrespondenceParts {
  readonly entries: readonly TicketEntry[];
  readonly terms: TicketTerms;
  readonly formats: Formats;
  /** Account id of whoever looks. */
  readonly me: string | undefined;
  readonly fileUrl: (attachmentId: string) => string;
}

/** The history of a ticket: what was written as paragraphs, what was done as single lines. */
export function correspondence(parts: CorrespondenceParts): TemplateResult {
  return html`<ol class="entries" part="correspondence" aria-label=${parts.terms.detail.correspondence}>${repeat(
    parts.entries,
    ({ id }) => id,
    (entry) => renderEntry(entry, parts),
  )}</ol>`;
}

function renderEntry(entry: TicketEntry, parts: CorrespondenceParts): TemplateResult {
  const { terms, formats, me } = parts;
  const when = html`<time class="small muted tabular" datetime=${entry.at}>${formats.dateTime(entry.at)}</time>`;
  if (!('attachments' in entry)) {
    const reason = 'text' in entry && entry.text !== '' ? html`<p class="text" dir="auto">${entry.text}</p>` : nothing;
    return html`<li class="happened" data-kind=${entry.kind}><span class="small">${whatHappened(entry, terms, formats)}</span> ${when}${reason}</li>`;
  }
  const { kind, by, text, attachments } = entry;
  const label = kind === 'message' ? '' : kind === 'created' ? terms.events.created : terms.events[kind];
  return html`
    <li class="written ${kind}" part=${kind === 'note' ? 'note' : 'message'} data-kind=${kind}>
      <p class="row spread"><span class="row">
        <strong>${by.id === me ? terms.events.you : html`<bdi>${by.name}</bdi>`}</strong>
        ${label === '' ? nothing : html`<span class="chip ${kind === 'note' ? 'warning' : ''}">${kind === 'note' ? lockIcon : nothing}${label}</span>`}
      </span>${when}</p>
      <p class="text" dir="auto">${text}</p>
      ${attachments.length === 0 ? nothing : html`<ul class="files">${attachments.map((each) => renderAttachment(each, parts))}</ul>`}
    </li>
  `;
}

function renderAttachment(attachment: Attachment, { terms, formats, fileUrl }: CorrespondenceParts): TemplateResult {
  const t = terms.attachments;
  const { id, name, bytes, state, scanned } = attachment;
  const size = html`<span class="small muted tabular">${fileSize(bytes, t, formats)}</span>`;
  return html`<li class="row" data-attachment=${id} data-file=${state}>
    ${state === 'ready' ? html`<a href=${fileUrl(id)} download=${name} aria-label=${t.download(name)}><bdi>${name}</bdi></a>` : html`<bdi>${name}</bdi>`}
    ${size}
    ${state === 'scanning' ? html`<span class="chip">${t.scanning}</span>` : nothing}
    ${state === 'infected' ? html`<span class="chip danger">${t.infected}</span>` : nothing}
    ${state === 'ready' && !scanned ? html`<span class="small muted">${t.unscanned}</span>` : nothing}
  </li>`;
}

type Happened = Exclude<TicketEntry, { attachments: unknown }>;

function whatHappened(entry: Happened, { events: t, priority, difficulty }: TicketTerms, formats: Formats): string {
  // Names are of any direction, and stand in a sentence of one.
  const who = isolated(entry.by.name);
  switch (entry.kind) {
    case 'assigned':
      return entry.assignee === null ? t.released(who) : t.assigned(who, isolated(entry.assignee.name));
    case 'reviewed':
      return t.reviewed(who);
    case 'priority':
      return t.priority(who, priority[entry.from], priority[entry.to]);
    case 'work':
      return t.work(who, difficulty[entry.difficulty], formats.number(entry.quantity));
    case 'closed':
      return t.closed(who);
    case 'reopened':
      return t.reopened(who);
  }
}

const isolated = (text: string): string => `\u2068${text}\u2069`;
