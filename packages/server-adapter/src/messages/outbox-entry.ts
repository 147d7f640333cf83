import { newId } from '../id.ts';
import type { Tx } from '../store/store.ts';
import { MESSAGES_OUTBOX } from './message-rows.ts';

/** Leaves a message for the outbox's worker. */
export async function enqueue(tx: Tx, messageId: string): Promise<void> {
  const now = tx.now.toISOString();
  await tx.db
    .insertInto('outbox')
    .values({
      id: newId('message', tx.now),
      kind: MESSAGES_OUTBOX,
      // Each for itself: one that cannot be delivered holds back no other.
      subject: `message:${messageId}`,
      payload: JSON.stringify({ messageId }),
      attempts: 0,
      next_at: now,
      delivered_at: null,
      last_error: null,
      created_at: now,
    })
    .execute();
}
