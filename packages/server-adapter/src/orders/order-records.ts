import { createHash } from 'node:crypto';
import type { Kysely } from 'kysely';
import { canonicalJson } from '../canonical-json.ts';
import { Problem } from '../problem.ts';
import { prepared, preparedList } from '../store/prepared.ts';
import type { Database } from '../store/schema.ts';

export type OrderRow = Database['orders'];
export type InstructionRow = Database['instructions'];
export type FillRow = Database['fills'];
type Db = Kysely<Database>;

/** All that is stored of one order. */
export interface OrderRecord {
  readonly order: OrderRow;
  readonly instructions: readonly InstructionRow[];
  readonly fills: readonly FillRow[];
}

const orderById = prepared((db, p) => db.selectFrom('orders').selectAll().where('id', '=', p(0)));
const instructionsOfOrders = preparedList((db, ids) =>
  db.selectFrom('instructions').selectAll().where('order_id', 'in', ids).orderBy('created_at').orderBy('id'),
);
const fillsOfOrders = preparedList((db, ids) =>
  db.selectFrom('fills').selectAll().where('order_id', 'in', ids).orderBy('at').orderBy('id'),
);

/** The records of these orders, in the order of the rows. */
export async function recordsOf(db: Db, rows: readonly OrderRow[]): Promise<OrderRecord[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const instructions = await instructionsOfOrders(db, ids);
  const fills = await fillsOfOrders(db, ids);
  return rows.map((order) => ({
    order,
    instructions: instructions.filter(({ order_id }) => order_id === order.id),
    fills: fills.filter(({ order_id }) => order_id === order.id),
  }));
}

export async function findOrder(db: Db, orderId: string): Promise<OrderRecord | undefined> {
  const [row] = await orderById(db, orderId);
  return row && (await recordsOf(db, [row]))[0];
}

export async function loadOrder(db: Db, orderId: string): Promise<OrderRecord> {
  const record = await findOrder(db, orderId);
  if (!record) throw new Problem('not-found', `There is no order ${orderId}.`);
  return record;
}

/**
 * SHA-256 over everything that is stored of an order. Each of its ledger lines carries the hash of the state it led to,
 * so a row that was changed without a line is found.
 */
export function orderHash({ order, instructions, fills }: OrderRecord): string {
  const byId = <T extends { id: string }>(rows: readonly T[]) => [...rows].sort((a, b) => (a.id < b.id ? -1 : 1));
  return createHash('sha256')
    .update(canonicalJson({ order, instructions: byId(instructions), fills: byId(fills) }))
    .digest('hex');
}

/**
 * SHA-256 over what the customer ordered, and for whom. Every ledger line of an order carries it: between two lines it
 * may differ only where the desk corrected a draft. Without it, a row that was tampered with would be taken for right by
 * the next honest step.
 */
export function termsHash({ order }: OrderRecord): string {
  const { customer_id, section, instrument_code, terms, replaces } = order;
  return createHash('sha256')
    .update(canonicalJson({ customer_id, section, instrument_code, terms, replaces }))
    .digest('hex');
}
