import type { contract } from '@callweave/sdk/protocol';
import type { Caller, Implementation } from '../http/operation.ts';
import { Problem } from '../problem.ts';
import type { Tx } from '../store/store.ts';
import { attach } from './attachments/attach.ts';
import type { Goals } from './goals.ts';
import { changeTicket, entryRows, lifeAfter, type NewEntry, publishChange } from './history.ts';
import type { TicketParts } from './parts.ts';
import type { TicketPolicy } from './policy.ts';
import type { TicketRow } from './rows.ts';
import { visibleTicket } from './standing.ts';

type Writes = Pick<
  Implementation<typeof contract.tickets>,
  'answer' | 'note' | 'assign' | 'setPriority' | 'recordWork'
>;

const author = ({ accountId, name }: Caller) => ({ id: accountId, name });

/** What the technical team does. */
export function createStaffOperations(parts: TicketParts, policy: TicketPolicy, goals: Goals): Writes {
  const { calls } = parts;

  /** Tells the buyer that there is an answer; what it says stays in the portal. */
  async function notify(tx: Tx, row: TicketRow, entryId: string): Promise<void> {
    const contact = await parts.contact(tx.db, row.customer_id);
    if (contact === undefined) return;
    await parts.messages.send(tx, {
      to: contact.telephone,
      template: 'ticket-answered',
      values: { number: row.number },
      locale: contact.locale,
      purpose: 'ticket',
      dedupeKey: `ticket-answered:${entryId}`,
    });
  }

  return {
    answer: {
      async write(tx, { ticketId, text, attachmentIds, close }, { caller }) {
        const { row } = await visibleTicket(tx.db, calls, caller, ticketId);
        const life = lifeAfter(row, 'answer', 'staff');
        const by = author(caller);
        const end: NewEntry[] = close ? [{ kind: 'closed', by }] : [];
        const entries = entryRows(tx, row, [{ kind: 'answer', by, text }, ...end]);
        const closing = close
          ? { closed: 1 as const, closed_at: tx.now.toISOString(), closed_by: by.id, closed_name: by.name }
          : {};
        const settled = goals.settled(row, tx.now, true);
        const changed = await changeTicket(tx, row, { ...life, ...settled, ...closing }, entries);
        const [first] = entries;
        await attach(tx, first, attachmentIds, by.id, policy);
        const subject = `ticket:${row.id}`;
        await tx.record({ actor: by.id, action: 'ticket.answered', subject, data: { entryId: first?.id ?? null } });
        if (close) await tx.record({ actor: by.id, action: 'ticket.closed', subject, data: { side: 'staff' } });
        // What is added to an answer that stands already is no news.
        if (row.state !== 'answered' && first !== undefined) await notify(tx, row, first.id);
        return publishChange(tx, calls, changed, entries, 'staff');
      },
    },

    note: {
      async write(tx, { ticketId, text, attachmentIds }, { caller }) {
        const { row } = await visibleTicket(tx.db, calls, caller, ticketId);
        const by = author(caller);
        const entries = entryRows(tx, row, [{ kind: 'note', by, text, internal: true }]);
        const changed = await changeTicket(tx, row, lifeAfter(row, 'note', 'staff'), entries);
        await attach(tx, entries[0], attachmentIds, by.id, policy);
        return publishChange(tx, calls, changed, entries, 'staff');
      },
    },

    assign: {
      async write(tx, { ticketId, accountId, from }, { caller }) {
        const { row } = await visibleTicket(tx.db, calls, caller, ticketId);
        lifeAfter(row, 'assign', 'staff');
        if (row.assignee_id !== from)
          throw new Problem('ticket-taken', `${row.assignee_name ?? 'Nobody'} has the ticket now.`);
        const to = await technician(tx, accountId);
        const step = to === null ? 'release' : 'review';
        const moves = row.state === (to === null ? 'in-review' : 'open');
        if (!moves && accountId === row.assignee_id) return publishChange(tx, calls, row, [], 'staff');
        const by = author(caller);
        const assigned: NewEntry[] =
          accountId === row.assignee_id ? [] : [{ kind: 'assigned', by, details: { assignee: to } }];
        const reviewed: NewEntry[] = moves && to !== null ? [{ kind: 'reviewed', by }] : [];
        const entries = entryRows(tx, row, [...assigned, ...reviewed]);
        const columns = {
          ...(moves ? lifeAfter(row, step, 'staff') : {}),
          assignee_id: to?.id ?? null,
          assignee_name: to?.name ?? null,
        };
        const changed = await changeTicket(tx, row, columns, entries);
        await tx.record({
          actor: by.id,
          action: 'ticket.assigned',
          subject: `ticket:${row.id}`,
          data: { to: accountId, from },
        });
        return publishChange(tx, calls, changed, entries, 'staff');
      },
    },

    setPriority: {
      async write(tx, { ticketId, priority }, { caller }) {
        const { row } = await visibleTicket(tx.db, calls, caller, ticketId);
        lifeAfter(row, 'set-priority', 'staff');
        if (row.priority === priority) return publishChange(tx, calls, row, [], 'staff');
        const by = author(caller);
        const entries = entryRows(tx, row, [{ kind: 'priority', by, details: { from: row.priority, to: priority } }]);
        const changed = await changeTicket(tx, row, { priority, ...goals.reprioritised(row, priority) }, entries);
        await tx.record({
          actor: by.id,
          action: 'ticket.prioritised',
          subject: `ticket:${row.id}`,
          data: { from: row.priority, to: priority },
        });
        return publishChange(tx, calls, changed, entries, 'staff');
      },
    },

    recordWork: {
      async write(tx, { ticketId, difficulty, quantity, note }, { caller }) {
        const { row } = await visibleTicket(tx.db, calls, caller, ticketId);
        lifeAfter(row, 'record-work', 'staff');
        const by = author(caller);
        const entries = entryRows(tx, row, [{ kind: 'work', by, text: note, details: { difficulty, quantity } }]);
        const changed = await changeTicket(tx, row, {}, entries);
        const entryId = entries[0]?.id ?? '';
        await parts.recordWork(tx, {
          customerId: row.customer_id,
          deviceId: row.device_id,
          ticketId: row.id,
          difficulty,
          quantity,
          note,
          actor: by.id,
          dedupeKey: `ticket-work:${entryId}`,
        });
        await tx.record({
          actor: by.id,
          action: 'ticket.worked',
          subject: `ticket:${row.id}`,
          data: { entryId, difficulty, quantity },
        });
        return publishChange(tx, calls, changed, entries, 'staff');
      },
    },
  };

  async function technician(tx: Tx, accountId: string | null) {
    if (accountId === null) return null;
    const found = (await parts.technicians(tx.db)).find(({ id }) => id === accountId);
    if (found === undefined) throw new Problem('unknown-technician', 'This is nobody of the technical team.');
    return { id: found.id, name: found.name };
  }
}
