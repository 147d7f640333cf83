import type { Attachment, CustomerSummary, Ticket, TicketEntry } from '@callweave/sdk/protocol';
import type { Kysely } from 'kysely';
import { customerSummaries } from '../customers/index.ts';
import type { Database } from '../store/schema.ts';
import type { TicketSide } from './standing.ts';

export type TicketRow = Database['tickets'];
export type EntryRow = Database['ticket_entries'];
export type AttachmentRow = Database['ticket_attachments'];
export type Db = Kysely<Database>;

export async function findTicket(db: Db, ticketId: string): Promise<TicketRow | undefined> {
  return db.selectFrom('tickets').selectAll().where('id', '=', ticketId).executeTakeFirst();
}

/** Tickets as one side sees them: how much is internal, the customer's side is not told. */
export async function toTickets(db: Db, rows: readonly TicketRow[], side: TicketSide, now: Date): Promise<Ticket[]> {
  const customers = await customerSummaries(
    db,
    rows.map((row) => row.customer_id),
  );
  return rows.map((row) => toTicket(row, customers.get(row.customer_id), side, now.toISOString()));
}

function toTicket(row: TicketRow, customer: CustomerSummary | undefined, side: TicketSide, now: string): Ticket {
  const isLate = (due: string | null) => due !== null && due < now;
  return {
    id: row.id,
    number: row.number,
    customer: customer ?? { id: row.customer_id, name: '', username: '', kind: 'devices' },
    device: { id: row.device_id, ...(JSON.parse(row.device) as Omit<Ticket['device'], 'id'>) },
    title: row.title,
    description: row.description,
    priority: row.priority as Ticket['priority'],
    state: row.state as Ticket['state'],
    closed:
      row.closed_at === null
        ? null
        : { at: row.closed_at, by: { id: row.closed_by ?? '', name: row.closed_name ?? '' } },
    assignee: row.assignee_id === null ? null : { id: row.assignee_id, name: row.assignee_name ?? '' },
    createdBy: { id: row.created_by, name: row.created_name },
    callId: row.call_id,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    firstAnswer: {
      due: row.first_answer_due,
      metAt: row.first_answered_at,
      late: row.first_answer_late === 1 || isLate(row.first_answer_due),
    },
    resolution: {
      due: row.resolution_due,
      metAt: row.resolved_at,
      late: row.resolution_late === 1 || isLate(row.resolution_due),
    },
    entries: side === 'staff' ? row.entries : row.shown_entries,
  };
}

export function toAttachment(row: AttachmentRow): Attachment {
  return {
    id: row.id,
    name: row.name,
    mediaType: row.media_type as Attachment['mediaType'],
    bytes: row.bytes,
    state: row.state as Attachment['state'],
    scanned: row.scanned === 1,
  };
}

/** The kinds of entries that are written, and may have files. */
const WRITTEN = new Set(['created', 'message', 'answer', 'note']);

/** Entries with their attachments; one query for all of these. */
export async function toEntries(db: Db, rows: readonly EntryRow[]): Promise<TicketEntry[]> {
  const ids = rows.filter(({ kind }) => WRITTEN.has(kind)).map(({ id }) => id);
  const files =
    ids.length === 0
      ? []
      : await db.selectFrom('ticket_attachments').selectAll().where('entry_id', 'in', ids).orderBy('id').execute();
  return rows.map((row) => {
    const head = { id: row.id, ticketId: row.ticket_id, at: row.at, by: { id: row.by_id, name: row.by_name } };
    const written = WRITTEN.has(row.kind)
      ? { attachments: files.filter(({ entry_id }) => entry_id === row.id).map(toAttachment) }
      : {};
    const text = TEXTLESS.has(row.kind) ? {} : { text: row.text };
    return {
      ...head,
      kind: row.kind,
      ...text,
      ...written,
      ...(JSON.parse(row.details) as object),
    } as TicketEntry;
  });
}

const TEXTLESS = new Set(['assigned', 'reviewed', 'priority']);
