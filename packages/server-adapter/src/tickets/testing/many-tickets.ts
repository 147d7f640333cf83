import { TICKET_PRIORITIES, TICKET_STATES } from '@callweave/sdk/protocol';
import type { Store } from '../../store/store.ts';
import type { TicketRow } from '../rows.ts';
import { ticketWords } from '../search.ts';

const BATCH = 250;
const BEGIN = Date.parse('2026-01-01T00:00:00.000Z');
const WORDS = ['screen', 'cable', 'driver', 'update', 'printer', 'licence', 'noise', 'power'] as const;

export const idOfTicket = (index: number) => `ticket_${String(index).padStart(9, '0')}`;

/** A ticket as it would have come about: an hour apart, of many customers, most of them closed. */
export function ticketRow(index: number): TicketRow {
  const at = new Date(BEGIN + index * 3_600_000).toISOString();
  const closed = index % 5 !== 0;
  const due = closed ? null : new Date(BEGIN + (index + 8) * 3_600_000).toISOString();
  return {
    id: idOfTicket(index),
    number: index + 1,
    version: 1,
    customer_id: `customer_${index % 500}`,
    device_id: `device_${index % 900}`,
    device: JSON.stringify({ brand: 'Artin', model: 'S1', serial: `SN-${index % 900}` }),
    title: `The ${WORDS[index % WORDS.length]} of machine${index} does not work`,
    description: 'Since this morning.',
    priority: TICKET_PRIORITIES[index % 4] ?? 'low',
    state: TICKET_STATES[index % 3] ?? 'open',
    closed: closed ? 1 : 0,
    closed_at: closed ? at : null,
    closed_by: closed ? 'account_1' : null,
    closed_name: closed ? 'Technician' : null,
    assignee_id: index % 7 === 0 ? null : `account_${index % 7}`,
    assignee_name: index % 7 === 0 ? null : 'Technician',
    created_by: 'account_0',
    created_name: 'Buyer',
    call_id: null,
    created_at: at,
    updated_at: at,
    first_answer_due: due,
    first_answered_at: closed ? at : null,
    first_answer_late: 0,
    resolution_since: closed ? null : at,
    resolution_spent_ms: 0,
    resolution_due: due,
    resolved_at: closed ? at : null,
    resolution_late: 0,
    next_due: due,
    entries: 0,
    shown_entries: 0,
  };
}

export async function fillTickets(store: Store, tickets: number): Promise<void> {
  for (let start = 0; start < tickets; start += BATCH) {
    const rows = Array.from({ length: Math.min(BATCH, tickets - start) }, (_, at) => ticketRow(start + at));
    await store.write(async (tx) => {
      await tx.db.insertInto('tickets').values(rows).execute();
      await tx.db
        .insertInto('ticket_words')
        .values(rows.flatMap(({ id, title }) => ticketWords(title).map((word) => ({ word, ticket_id: id }))))
        .execute();
    });
  }
}
