import type { contract } from '@callweave/sdk/protocol';
import type { Implementation } from '../http/operation.ts';
import { newId } from '../id.ts';
import { Problem } from '../problem.ts';
import { attach } from './attachments/attach.ts';
import { assertEntitled } from './eligibility.ts';
import type { Goals } from './goals.ts';
import { changeTicket, entryRows, lifeAfter, publishChange } from './history.ts';
import type { TicketParts } from './parts.ts';
import type { TicketPolicy } from './policy.ts';
import type { TicketRow } from './rows.ts';
import { indexTicket } from './search.ts';
import { customerOf, isStaff, visibleTicket } from './standing.ts';

type Writes = Pick<Implementation<typeof contract.tickets>, 'create' | 'write' | 'close' | 'reopen'>;

/** What the customer's side does: the buyer, or an agent for them while they speak. Closing and reopening both sides do. */
export function createCustomerOperations(parts: TicketParts, policy: TicketPolicy, goals: Goals): Writes {
  const { calls } = parts;
  return {
    create: {
      async write(tx, { deviceId, title, description, priority, attachmentIds, callId }, { caller }) {
        const customer = await customerOf(tx.db, calls, caller, callId);
        const device = await parts.findDevice(tx.db, deviceId);
        if (customer === undefined || device === undefined || device.customerId !== customer.customerId)
          throw new Problem('not-found', `There is no device ${deviceId}.`);
        if (!customer.answered) throw new Problem('call-not-live', 'This call is not going on yet.');
        assertEntitled(await parts.entitlement(tx.db, device));
        const by = { id: caller.accountId, name: caller.name };
        const now = tx.now.toISOString();
        const row: TicketRow = {
          id: newId('ticket', tx.now),
          number: await tx.next('ticket'),
          version: 1,
          customer_id: customer.customerId,
          device_id: device.id,
          device: JSON.stringify({
            brand: device.brand,
            model: device.model,
            serial: device.serial ?? device.dongle ?? device.userId ?? '',
          }),
          title,
          description,
          priority,
          state: 'open',
          closed: 0,
          closed_at: null,
          closed_by: null,
          closed_name: null,
          assignee_id: null,
          assignee_name: null,
          created_by: by.id,
          created_name: by.name,
          call_id: callId ?? null,
          created_at: now,
          updated_at: now,
          ...goals.begun(priority, tx.now),
          entries: 1,
          shown_entries: 1,
        };
        const entries = entryRows(tx, { id: row.id, entries: 0 }, [{ kind: 'created', by, text: description }]);
        await tx.db.insertInto('tickets').values(row).execute();
        await tx.db.insertInto('ticket_entries').values(entries).execute();
        await indexTicket(tx, row);
        await attach(tx, entries[0], attachmentIds, by.id, policy);
        await tx.record({
          actor: by.id,
          action: 'ticket.created',
          subject: `ticket:${row.id}`,
          data: {
            number: row.number,
            customerId: row.customer_id,
            deviceId: row.device_id,
            priority,
            callId: row.call_id,
          },
        });
        return publishChange(tx, calls, row, entries, 'customer');
      },
    },

    write: {
      async write(tx, { ticketId, text, attachmentIds }, { caller }) {
        const { row } = await visibleTicket(tx.db, calls, caller, ticketId);
        const life = lifeAfter(row, 'write', 'customer');
        const by = { id: caller.accountId, name: caller.name };
        const entries = entryRows(tx, row, [{ kind: 'message', by, text }]);
        const changed = await changeTicket(tx, row, { ...life, ...goals.resumed(row, tx.now) }, entries);
        await attach(tx, entries[0], attachmentIds, by.id, policy);
        return publishChange(tx, calls, changed, entries, isStaff(caller) ? 'staff' : 'customer');
      },
    },

    close: {
      async write(tx, { ticketId, text }, { caller }) {
        const { row, side } = await visibleTicket(tx.db, calls, caller, ticketId);
        const life = lifeAfter(row, 'close', side);
        const by = { id: caller.accountId, name: caller.name };
        const entries = entryRows(tx, row, [{ kind: 'closed', by, text }]);
        const columns = {
          ...life,
          ...goals.settled(row, tx.now, side === 'staff'),
          closed_at: tx.now.toISOString(),
          closed_by: by.id,
          closed_name: by.name,
        };
        const changed = await changeTicket(tx, row, columns, entries);
        await tx.record({ actor: by.id, action: 'ticket.closed', subject: `ticket:${row.id}`, data: { side } });
        return publishChange(tx, calls, changed, entries, side);
      },
    },

    reopen: {
      async write(tx, { ticketId, text }, { caller }) {
        const { row, side } = await visibleTicket(tx.db, calls, caller, ticketId);
        const life = lifeAfter(row, 'reopen', side);
        // Otherwise an old ticket would be the way round the ceiling.
        if (side === 'customer') {
          const device = await parts.findDevice(tx.db, row.device_id);
          if (device === undefined || device.customerId !== row.customer_id)
            throw new Problem('not-found', "The device is another owner's now.");
          assertEntitled(await parts.entitlement(tx.db, device));
        }
        const by = { id: caller.accountId, name: caller.name };
        const entries = entryRows(tx, row, [{ kind: 'reopened', by, text }]);
        const columns = {
          ...life,
          ...goals.resumed(row, tx.now),
          closed_at: null,
          closed_by: null,
          closed_name: null,
        };
        const changed = await changeTicket(tx, row, columns, entries);
        await tx.record({ actor: by.id, action: 'ticket.reopened', subject: `ticket:${row.id}`, data: { side } });
        return publishChange(tx, calls, changed, entries, side);
      },
    },
  };
}
