import type { Ticket } from '@callweave/sdk/protocol';
import { html, type TemplateResult } from 'lit';
import type { Formats } from '../../formats/formats.ts';
import type { TicketTerms } from '../../translations/ticket-terms.ts';
import { priorityChip, stateChip } from '../ticket-parts/ticket-chips.ts';

export function ticketRow(ticket: Ticket, terms: TicketTerms, formats: Formats, onOpen: () => void): TemplateResult {
  const { id, number, title, device, updatedAt } = ticket;
  return html`<li part="row" data-ticket=${id}>
    <button class="plain" data-action="open" @click=${onOpen}>
      <span class="visually-hidden">${terms.openNamed('')}</span>
      <span class="name"><bdi>${title}</bdi></span>
      <span class="row">${stateChip(ticket, terms)}${priorityChip(ticket, terms)}</span>
      <span class="about small muted">
        <span class="tabular">${terms.number(formats.digits(String(number)))}</span>
        <bdi>${device.brand} ${device.model}</bdi>
        <span class="tabular">${terms.updated(formats.dateTime(updatedAt))}</span>
      </span>
    </button>
  </li>`;
}
