import { type contract, MAX_ATTACHMENTS, type TicketFilter } from '@callweave/sdk/protocol';
import type { Caller, Implementation } from '../http/operation.ts';
import { Problem } from '../problem.ts';
import { eligibilityOf } from './eligibility.ts';
import type { TicketParts } from './parts.ts';
import type { TicketPolicy } from './policy.ts';
import { type EntryRow, type TicketRow, toEntries, toTickets } from './rows.ts';
import { countTickets, type Place, searchQuery } from './search.ts';
import { customerOf, type Standing, standingOf, type TicketSide, visibleTicket } from './standing.ts';

type Reads = Pick<
  Implementation<typeof contract.tickets>,
  'rules' | 'eligibility' | 'technicians' | 'list' | 'count' | 'get' | 'entries'
>;

const FIRST_ENTRIES = 50;

export function createTicketReads(parts: TicketParts, policy: TicketPolicy): Reads {
  const { store, clock, calls } = parts;

  async function entriesBefore(row: TicketRow, side: TicketSide, before: string | undefined, limit: number) {
    let query = store.db
      .selectFrom('ticket_entries')
      .selectAll()
      .where('ticket_id', '=', row.id)
      .orderBy('id', 'desc')
      .limit(limit + 1);
    if (side === 'customer') query = query.where('internal', '=', 0);
    if (before !== undefined) query = query.where('id', '<', before);
    const rows: EntryRow[] = await query.execute();
    return { entries: await toEntries(store.db, rows.slice(0, limit).reverse()), more: rows.length > limit };
  }

  /** What one may look among. Agents have to say in which call: without one, theirs is no list. */
  async function standing(caller: Caller, filter: TicketFilter): Promise<Standing> {
    const found = await standingOf(store.db, calls, caller, filter.callId);
    if (found !== undefined) return found;
    throw new Problem('not-found', 'There is no call of yours whose caller is known.');
  }

  return {
    rules: async () => ({
      attachments: {
        maxBytes: policy.maxBytes,
        maxFiles: parts.files === undefined ? 0 : Math.min(policy.maxFiles, MAX_ATTACHMENTS),
        mediaTypes: [...policy.mediaTypes],
      },
      goals: policy.goals,
    }),

    async eligibility({ deviceId, callId }, { caller }) {
      const customer = await customerOf(store.db, calls, caller, callId);
      const device = await parts.findDevice(store.db, deviceId);
      if (customer === undefined || device === undefined || device.customerId !== customer.customerId)
        throw new Problem('not-found', `There is no device ${deviceId}.`);
      return eligibilityOf(await parts.entitlement(store.db, device));
    },

    technicians: async () => ({ technicians: [...(await parts.technicians(store.db))] }),

    async list({ after, limit, ...filter }, { caller }) {
      const options = { standing: await standing(caller, filter), now: clock.now() };
      const rows = await searchQuery(store.db, filter, { after: placeOf(after), limit: limit + 1 }, options).execute();
      const page = rows.slice(0, limit);
      const last = page.at(-1);
      const place = last === undefined ? '' : `${filter.late === true ? (last.next_due ?? '') : ''}~${last.id}`;
      return {
        tickets: await toTickets(store.db, page, options.standing.side, options.now),
        next: rows.length > limit ? place : null,
      };
    },

    async count(filter, { caller }) {
      const options = { standing: await standing(caller, filter), now: clock.now() };
      return { tickets: await countTickets(store.db, filter, options) };
    },

    async get({ ticketId }, { caller }) {
      const { row, side } = await visibleTicket(store.db, calls, caller, ticketId);
      const [ticket] = await toTickets(store.db, [row], side, clock.now());
      return {
        ticket: ticket as NonNullable<typeof ticket>,
        ...(await entriesBefore(row, side, undefined, FIRST_ENTRIES)),
      };
    },

    async entries({ ticketId, before, limit }, { caller }) {
      const { row, side } = await visibleTicket(store.db, calls, caller, ticketId);
      return entriesBefore(row, side, before, limit);
    },
  };
}

function placeOf(after: string | undefined): Place | undefined {
  if (after === undefined) return undefined;
  const [due = '', id = ''] = after.split('~');
  return { due, id };
}
