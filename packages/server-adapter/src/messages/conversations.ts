import type { Kysely } from 'kysely';
import type { WhatsAppNews } from '../connectors/whatsapp/whatsapp-driver.ts';
import type { Database } from '../store/schema.ts';
import type { Tx } from '../store/store.ts';

/** WhatsApp's window for free words, less some minutes for the way. */
const OPEN_MS = 24 * 3_600_000 - 300_000;

/** Keeps when somebody last wrote to us: nothing of what they wrote. */
export async function noteHeard(tx: Tx, heard: WhatsAppNews['heard']): Promise<void> {
  for (const { from, at } of heard) {
    const heard_at = new Date(Math.min(at.getTime(), tx.now.getTime())).toISOString();
    await tx.db
      .insertInto('whatsapp_conversations')
      .values({ number: from, heard_at })
      .onConflict((conflict) =>
        // Notices come unordered: the latest counts.
        conflict.column('number').doUpdateSet({ heard_at }).where('whatsapp_conversations.heard_at', '<', heard_at),
      )
      .execute();
  }
}

export async function isConversationOpen(db: Kysely<Database>, number: string, now: Date): Promise<boolean> {
  const row = await db
    .selectFrom('whatsapp_conversations')
    .select('heard_at')
    .where('number', '=', number)
    .executeTakeFirst();
  return row !== undefined && Date.parse(row.heard_at) > now.getTime() - OPEN_MS;
}

/** Who wrote longer ago than the window is of no more use. */
export async function forgetConversations(tx: Tx): Promise<void> {
  const before = new Date(tx.now.getTime() - OPEN_MS).toISOString();
  await tx.db.deleteFrom('whatsapp_conversations').where('heard_at', '<', before).execute();
}
