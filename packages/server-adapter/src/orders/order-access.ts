import type { OrderState } from '@callweave/sdk/protocol';
import { isFinalOrderState, ORDER_STATES } from '@callweave/sdk/protocol';
import type { Kysely } from 'kysely';
import type { Caller } from '../http/operation.ts';
import { Problem } from '../problem.ts';
import type { Database } from '../store/schema.ts';
import { loadOrder, type OrderRecord, type OrderRow } from './order-records.ts';
import type { OrdersOptions } from './orders-context.ts';

type Db = Kysely<Database>;
type AccessOptions = Pick<OrdersOptions, 'directory' | 'calls'>;

/*
 * Who sees an order. A supervisor and a manager see all; a dealer sees what was submitted; an agent sees the orders they
 * took an instruction for, those of customers whom they serve as a responder, and those of the customer whom they have
 * on the line now (who may ring to withdraw what another agent took).
 */

const oversees = (caller: Caller) => caller.roles.includes('supervisor') || caller.roles.includes('manager');

async function servesNow(
  { directory, calls }: AccessOptions,
  db: Db,
  accountId: string,
  customerId: string,
): Promise<boolean> {
  if (await calls.isServing(db, accountId, customerId)) return true;
  return (await directory.findById(customerId))?.responders.includes(accountId) ?? false;
}

/** The order, if this person may see it; otherwise the same answer as when there is none. */
export async function readableOrder(
  options: AccessOptions,
  db: Db,
  orderId: string,
  caller: Caller,
): Promise<OrderRecord> {
  const record = await loadOrder(db, orderId);
  if (oversees(caller)) return record;
  if (caller.roles.includes('dealer') && record.order.submitted_at !== null) return record;
  if (caller.roles.includes('agent')) {
    if (record.instructions.some(({ agent_id }) => agent_id === caller.accountId)) return record;
    if (await servesNow(options, db, caller.accountId, record.order.customer_id)) return record;
  }
  throw new Problem('not-found', `There is no order ${orderId}.`);
}

export interface OrderFilter {
  readonly callId?: string | undefined;
  readonly customerId?: string | undefined;
  readonly state: 'open' | 'final' | 'all';
  readonly limit: number;
}

/** The newest orders that this person may see. */
export async function readableOrders(
  options: AccessOptions,
  db: Db,
  filter: OrderFilter,
  caller: Caller,
): Promise<OrderRow[]> {
  const { callId, customerId, state, limit } = filter;
  let query = db.selectFrom('orders').selectAll().orderBy('created_at', 'desc').orderBy('id', 'desc').limit(limit);
  if (callId !== undefined)
    query = query.where('id', 'in', db.selectFrom('instructions').select('order_id').where('call_id', '=', callId));
  if (customerId !== undefined) query = query.where('customer_id', '=', customerId);
  if (state !== 'all') {
    const states = ORDER_STATES.filter((each: OrderState) => isFinalOrderState(each) === (state === 'final'));
    query = query.where('state', 'in', states);
  }
  if (oversees(caller)) return query.execute();

  const agent = caller.roles.includes('agent');
  const wholeCustomer =
    agent && customerId !== undefined && (await servesNow(options, db, caller.accountId, customerId));
  const served =
    agent && customerId === undefined ? ((await options.directory.servedBy?.(caller.accountId)) ?? []) : [];
  return query
    .where((eb) =>
      eb.or([
        ...(caller.roles.includes('dealer') ? [eb('submitted_at', 'is not', null)] : []),
        ...(agent
          ? [eb('id', 'in', db.selectFrom('instructions').select('order_id').where('agent_id', '=', caller.accountId))]
          : []),
        ...(wholeCustomer ? [eb('customer_id', '=', customerId)] : []),
        ...(served.length > 0 ? [eb('customer_id', 'in', served)] : []),
      ]),
    )
    .execute();
}
