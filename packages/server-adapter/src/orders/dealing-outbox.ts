import type { Order } from '@callweave/sdk/protocol';
import { newId } from '../id.ts';
import type { Tx } from '../store/store.ts';

/** What leaves for the dealing floor, as it was when it was submitted. */
export type DealingJob =
  | { readonly type: 'new'; readonly order: Order; readonly instructionId: string }
  | { readonly type: 'replace'; readonly order: Order; readonly original: Order; readonly instructionId: string }
  | { readonly type: 'cancel'; readonly order: Order; readonly instructionId: string };

export const DEALING_OUTBOX = 'dealing';

/**
 * Puts a message into the outbox, in the same write as what it tells of. Messages of one chain of orders (an order, what
 * replaced it, its withdrawal) share a subject and are delivered one after the other.
 */
export async function enqueueDealing(tx: Tx, job: DealingJob): Promise<void> {
  const now = tx.now.toISOString();
  await tx.db
    .insertInto('outbox')
    .values({
      id: newId('message', tx.now),
      kind: DEALING_OUTBOX,
      subject: `order:${await firstOfChain(tx, job.order)}`,
      payload: JSON.stringify(job),
      attempts: 0,
      next_at: now,
      delivered_at: null,
      last_error: null,
      created_at: now,
    })
    .execute();
}

async function firstOfChain(tx: Tx, order: Order): Promise<string> {
  let id = order.id;
  let earlier = order.replaces;
  while (earlier !== null) {
    id = earlier;
    earlier =
      (await tx.db.selectFrom('orders').select('replaces').where('id', '=', id).executeTakeFirst())?.replaces ?? null;
  }
  return id;
}
