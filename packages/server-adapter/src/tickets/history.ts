import { nextTicketLife, type Ticket, type TicketAction, type TicketChange } from '@callweave/sdk/protocol';
import { newId } from '../id.ts';
import { Problem } from '../problem.ts';
import type { Audience, Tx } from '../store/store.ts';
import { type EntryRow, type TicketRow, toEntries, toTickets } from './rows.ts';
import type { TicketCalls, TicketSide } from './standing.ts';

export interface Author {
  readonly id: string;
  readonly name: string;
}

export interface NewEntry {
  readonly kind: string;
  readonly by: Author;
  readonly text?: string;
  readonly details?: Readonly<Record<string, unknown>>;
  readonly internal?: boolean;
}

/**
 * Rows of entries, in the order in which they happened. Ids sort by time, and what one millisecond brings must not sort by
 * chance: each is a millisecond further on than the one before. A number of its own would tell customers of internal ones.
 */
export function entryRows(
  tx: Tx,
  { id, entries: before }: Pick<TicketRow, 'id' | 'entries'>,
  entries: readonly NewEntry[],
): EntryRow[] {
  return entries.map(({ kind, by, text = '', details = {}, internal = false }, index) => ({
    id: newId('entry', new Date(tx.now.getTime() + before + index)),
    ticket_id: id,
    at: tx.now.toISOString(),
    kind,
    by_id: by.id,
    by_name: by.name,
    text,
    details: JSON.stringify(details),
    internal: internal ? 1 : 0,
  }));
}

/** The state after an action, as columns; throws what the reader can do about it when the action is not allowed. */
export function lifeAfter(row: TicketRow, action: TicketAction, by: TicketSide): Pick<TicketRow, 'state' | 'closed'> {
  const next = nextTicketLife({ state: row.state as Ticket['state'], closed: row.closed === 1 }, action, by);
  if (next === undefined)
    throw row.closed === 1
      ? new Problem('ticket-closed', 'The ticket is closed.')
      : new Problem('ticket-open', 'The ticket is not closed.');
  return { state: next.state, closed: next.closed ? 1 : 0 };
}

/** Writes columns and entries of a ticket. Whoever changed it at the same moment in another process is not overwritten. */
export async function changeTicket(
  tx: Tx,
  row: TicketRow,
  columns: Partial<TicketRow>,
  entries: readonly EntryRow[],
): Promise<TicketRow> {
  const shown = entries.filter(({ internal }) => internal === 0).length;
  const set = {
    ...columns,
    version: row.version + 1,
    entries: row.entries + entries.length,
    shown_entries: row.shown_entries + shown,
    // What is internal leaves no trace that the customer could see.
    ...(entries.length > 0 && shown === 0 ? {} : { updated_at: tx.now.toISOString() }),
  };
  const { numUpdatedRows } = await tx.db
    .updateTable('tickets')
    .set(set)
    .where('id', '=', row.id)
    .where('version', '=', row.version)
    .executeTakeFirst();
  if (numUpdatedRows !== 1n) throw new Problem('conflict', 'The ticket has changed in the meantime.');
  if (entries.length > 0) await tx.db.insertInto('ticket_entries').values(entries).execute();
  return { ...row, ...set };
}

/**
 * Tells those who may see it, each side as much as it may see, and gives the change as the side that asked sees it. Who is
 * on both sides gets the fuller one last.
 */
export async function publishChange(
  tx: Tx,
  calls: TicketCalls,
  row: TicketRow,
  entries: readonly EntryRow[],
  side: TicketSide,
): Promise<TicketChange> {
  const shown = new Set(entries.filter(({ internal }) => internal === 0).map(({ id }) => id));
  const [ticket] = await toTickets(tx.db, [row], 'staff', tx.now);
  const ours: TicketChange = { ticket: ticket as Ticket, entries: await toEntries(tx.db, entries) };
  const theirs: TicketChange = {
    ticket: { ...ours.ticket, entries: row.shown_entries },
    entries: ours.entries.filter(({ id }) => shown.has(id)),
  };
  if (entries.length === 0 || shown.size > 0) {
    const agents = await calls.agentsWithCustomer(tx.db, row.customer_id);
    const audience: Audience = [`customer:${row.customer_id}`, ...agents.map((id) => `account:${id}` as const)];
    await tx.publish({ type: 'ticket', data: theirs }, audience);
  }
  await tx.publish({ type: 'ticket', data: ours }, ['role:technician', 'role:manager']);
  return side === 'staff' ? ours : theirs;
}
