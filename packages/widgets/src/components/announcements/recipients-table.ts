import type { AnnouncementRecipient } from '@callweave/sdk/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Formats } from '../../formats/formats.ts';
import { messageChip } from '../../formats/message-words.ts';
import { checkIcon } from '../../icons/icons.ts';
import type { MissedCallTerms } from '../../translations/missed-call-terms.ts';
import type { NotificationTerms } from '../../translations/notification-terms.ts';

export interface RecipientsContext {
  readonly recipients: readonly AnnouncementRecipient[];
  readonly more: boolean;
  readonly label: string;
  readonly terms: NotificationTerms;
  /** Words of what became of a message, and why. */
  readonly messages: MissedCallTerms;
  readonly formats: Formats;
  readonly busy: boolean;
  readonly onMore: () => void;
}

/** Who has got an announcement, who has read it, and what became of the message to each. */
export function recipientsTable(context: RecipientsContext): TemplateResult {
  const { recipients, more, label, terms, busy, onMore } = context;
  const t = terms.manage.recipients;
  if (recipients.length === 0) return html`<p class="empty" part="recipients">${t.none}</p>`;
  return html`
    <div class="scroll" part="recipients" tabindex="0" role="group" aria-label="${t.title} — ${label}"><table role="table" aria-label="${t.title} — ${label}">
      <thead role="rowgroup"><tr role="row">${[t.columns.name, t.columns.state, t.columns.message].map(
        (name) => html`<th role="columnheader" scope="col">${name}</th>`,
      )}</tr></thead>
      <tbody role="rowgroup">${repeat(
        recipients,
        ({ customerId }) => customerId,
        (each) => row(each, context),
      )}</tbody>
    </table></div>
    ${more ? html`<div class="row"><button data-action="more-recipients" ?disabled=${busy} @click=${onMore}>${t.more}</button></div>` : nothing}`;
}

function row(recipient: AnnouncementRecipient, { terms, formats, ...rest }: RecipientsContext): TemplateResult {
  const { customerId, name, state, readAt, acknowledgedAt } = recipient;
  const at = acknowledgedAt ?? readAt;
  return html`
    <tr role="row" data-recipient=${customerId}>
      <td role="cell"><bdi>${name}</bdi></td>
      <td role="cell"><span class="chip ${state === 'unread' ? '' : 'success'}">${state === 'unread' ? nothing : checkIcon}${terms.state[state]}</span>
        ${at === null ? nothing : html`<span class="small muted tabular">${formats.dateTime(at)}</span>`}</td>
      <td role="cell" class="delivery">${delivery(recipient, { terms, formats, ...rest })}</td>
    </tr>`;
}

/** The message to one, or why there is none. */
function delivery(
  { message, messageDueAt, noMessage }: AnnouncementRecipient,
  { terms, messages, formats }: RecipientsContext,
): TemplateResult {
  const t = terms.manage.recipients;
  if (message !== null) {
    const reasons: Readonly<Record<string, string>> = messages.log.reason;
    const { channel, state, reason } = message;
    return html`${terms.channel[channel]} ${messageChip(state, messages)}
      ${reason === null ? nothing : html`<span class="small muted">${reasons[reason] ?? html`<bdi dir="ltr">${reason}</bdi>`}</span>`}`;
  }
  if (messageDueAt !== null) return html`<span class="muted">${t.due(formats.dateTime(messageDueAt))}</span>`;
  const why: Readonly<Record<string, string>> = t.noMessage;
  return html`<span class="muted">${noMessage === null ? t.underway : (why[noMessage] ?? noMessage)}</span>`;
}
