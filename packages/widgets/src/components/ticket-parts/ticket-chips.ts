import type { Ticket } from '@callweave/sdk/protocol';
import { html, type TemplateResult } from 'lit';
import type { TicketTerms } from '../../translations/ticket-terms.ts';

/** What needs somebody stands out; a closed one is quiet. */
const STATE_LOOKS = { open: 'warning', 'in-review': '', answered: 'success', closed: '' } as const;
const STATE_SHAPES = { open: '○', 'in-review': '◐', answered: '●', closed: '✕' } as const;
const PRIORITY_LOOKS = { low: '', medium: '', high: 'warning', urgent: 'danger' } as const;
const PRIORITY_SHAPES = { low: '↓', medium: '–', high: '↑', urgent: '⇈' } as const;

export const stateOf = ({ state, closed }: Pick<Ticket, 'state' | 'closed'>): keyof typeof STATE_LOOKS =>
  closed === null ? state : 'closed';

export function stateChip(ticket: Ticket, terms: TicketTerms): TemplateResult {
  const state = stateOf(ticket);
  return html`<span class="chip ${STATE_LOOKS[state]}" data-state=${state}><span aria-hidden="true">${STATE_SHAPES[state]}</span>${terms.state[state]}</span>`;
}

export function priorityChip({ priority }: Ticket, terms: TicketTerms): TemplateResult {
  return html`<span class="chip ${PRIORITY_LOOKS[priority]}" data-priority=${priority}><span class="visually-hidden">${terms.form.priority}: </span><span aria-hidden="true">${PRIORITY_SHAPES[priority]}</span>${terms.priority[priority]}</span>`;
}
