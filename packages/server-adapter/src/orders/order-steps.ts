import type { Order, OrderAction, OrderState } from '@callweave/sdk/protocol';
import { nextOrderState } from '@callweave/sdk/protocol';
import { Problem } from '../problem.ts';
import type { Audience, Tx } from '../store/store.ts';
import { type InstructionRow, type OrderRecord, type OrderRow, orderHash, termsHash } from './order-records.ts';
import { showOrders } from './order-views.ts';
import type { OrdersOptions } from './orders-context.ts';

/** The state that an action leads to; the only way to a new state is the life cycle's table. */
export function stateAfter(
  { order }: OrderRecord,
  action: Exclude<OrderAction, 'discard'>,
  openAfter?: number,
): OrderState {
  const next = nextOrderState(order.state as OrderState, action, openAfter);
  if (next === undefined)
    throw new Problem(
      'order-state',
      `Order ${order.number || order.id} is ${order.state}; "${action}" is not possible.`,
    );
  return next;
}

/** Changes the row if it is still the one that was read: two adapters on one database cannot both win. */
export async function updateOrder(tx: Tx, record: OrderRecord, set: Partial<OrderRow>): Promise<OrderRecord> {
  const { order } = record;
  const changed = { ...set, updated_at: tx.now.toISOString() };
  const { numUpdatedRows } = await tx.db
    .updateTable('orders')
    .set(changed)
    .where('id', '=', order.id)
    .where('state', '=', order.state)
    .where('filled_quantity', '=', order.filled_quantity)
    .where('claimed_by', order.claimed_by === null ? 'is' : '=', order.claimed_by)
    .where('updated_at', '=', order.updated_at)
    .executeTakeFirst();
  if (numUpdatedRows !== 1n)
    throw new Problem('conflict', `Order ${order.number || order.id} was changed by someone else at the same time.`);
  return { ...record, order: { ...order, ...changed } };
}

/** Changes one instruction of an order. */
export async function updateInstruction(
  tx: Tx,
  record: OrderRecord,
  id: string,
  set: Partial<InstructionRow>,
): Promise<OrderRecord> {
  await tx.db.updateTable('instructions').set(set).where('id', '=', id).execute();
  const instructions = record.instructions.map((row) => (row.id === id ? { ...row, ...set } : row));
  return { ...record, instructions };
}

/** Who hears of an order: the agents who took its instructions, those who oversee, and the floor once it is submitted. */
export function audienceOf({ order, instructions }: OrderRecord): Audience {
  const agents = new Set(instructions.map(({ agent_id }) => `account:${agent_id}` as const));
  return [
    ...agents,
    'role:supervisor',
    'role:manager',
    ...(order.submitted_at === null ? [] : (['role:dealer'] as const)),
  ];
}

/**
 * Ends a step: writes its ledger line, which carries the hash of the order as it is now, and tells the pages. Every
 * change of an order, its instructions or its fills goes through here. `record` is the order as this write has left it;
 * it is not read again, for most steps would spend a third of their time on that.
 */
export async function sealStep(
  options: Pick<OrdersOptions, 'accountNames'>,
  tx: Tx,
  record: OrderRecord,
  step: { readonly actor: string; readonly action: string; readonly data?: Readonly<Record<string, unknown>> },
): Promise<Order> {
  await tx.record({
    actor: step.actor,
    action: `order.${step.action}`,
    subject: `order:${record.order.id}`,
    data: { ...step.data, state: record.order.state, termsHash: termsHash(record), orderHash: orderHash(record) },
  });
  const [order] = await showOrders(options, tx.db, [record]);
  if (!order) throw new Error('unreachable: a loaded order is shown');
  await tx.publish({ type: 'order', data: order }, audienceOf(record));
  return order;
}
