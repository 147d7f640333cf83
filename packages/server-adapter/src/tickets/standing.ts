import type { Kysely } from 'kysely';
import type { Caller } from '../http/operation.ts';
import { Problem } from '../problem.ts';
import type { Database } from '../store/schema.ts';
import { findTicket, type TicketRow } from './rows.ts';

export type TicketSide = 'customer' | 'staff';
type Db = Kysely<Database>;

/** What tickets ask of calls. */
export interface TicketCalls {
  /** Whose call this is, while this agent has it or it rings at them. */
  customerInCall(
    db: Db,
    callId: string,
    accountId: string,
  ): Promise<{ customerId: string; answered: boolean } | undefined>;
  /** Agents who have a call of this customer now, or at whom it rings. */
  agentsWithCustomer(db: Db, customerId: string): Promise<readonly string[]>;
}

/** As what somebody comes: the technical team sees all tickets, everybody else those of one customer. */
export type Standing = { readonly side: 'staff' } | { readonly side: 'customer'; readonly customerId: string };

export const noTicket = (ticketId: string) => new Problem('not-found', `There is no ticket ${ticketId}.`);

export function isStaff({ roles }: Caller): boolean {
  return roles.includes('technician') || roles.includes('manager');
}

/**
 * The customer for whom somebody acts: a buyer for themselves, an agent for the caller in the call that they name. Nobody
 * names a customer: what is not theirs cannot be asked for.
 */
export async function customerOf(
  db: Db,
  calls: TicketCalls,
  caller: Caller,
  callId: string | undefined,
): Promise<{ readonly customerId: string; readonly answered: boolean } | undefined> {
  if (callId !== undefined)
    return caller.roles.includes('agent') ? calls.customerInCall(db, callId, caller.accountId) : undefined;
  if (!caller.roles.includes('buyer') || caller.customerId === undefined) return undefined;
  return { customerId: caller.customerId, answered: true };
}

export async function standingOf(
  db: Db,
  calls: TicketCalls,
  caller: Caller,
  callId: string | undefined,
): Promise<Standing | undefined> {
  if (isStaff(caller)) return { side: 'staff' };
  const customer = await customerOf(db, calls, caller, callId);
  return customer === undefined ? undefined : { side: 'customer', customerId: customer.customerId };
}

/** From which side somebody sees a ticket; undefined when they do not. */
export async function sideOf(
  db: Db,
  calls: TicketCalls,
  caller: Caller,
  row: Pick<TicketRow, 'customer_id'>,
): Promise<TicketSide | undefined> {
  if (isStaff(caller)) return 'staff';
  if (caller.roles.includes('buyer') && caller.customerId === row.customer_id) return 'customer';
  if (!caller.roles.includes('agent')) return undefined;
  return (await calls.agentsWithCustomer(db, row.customer_id)).includes(caller.accountId) ? 'customer' : undefined;
}

/** A ticket that this person may see; what is not theirs looks as if it were not there. */
export async function visibleTicket(
  db: Db,
  calls: TicketCalls,
  caller: Caller,
  ticketId: string,
): Promise<{ readonly row: TicketRow; readonly side: TicketSide }> {
  const row = await findTicket(db, ticketId);
  const side = row === undefined ? undefined : await sideOf(db, calls, caller, row);
  if (row === undefined || side === undefined) throw noTicket(ticketId);
  return { row, side };
}
