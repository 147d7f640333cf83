import type { Locale, Message, MessageState } from '@callweave/sdk/protocol';
import type { Kysely, Selectable } from 'kysely';
import type { Database } from '../store/schema.ts';
import type { Audience } from '../store/store.ts';
import { maskNumber } from './mask-number.ts';

export type MessageRow = Selectable<Database['messages']>;

export const MESSAGES_OUTBOX = 'sms';

/** Who may see that a message was sent, and what became of it. */
export const MESSAGE_WATCHERS: Audience = ['role:supervisor', 'role:manager'];

export async function findMessage(db: Kysely<Database>, id: string): Promise<MessageRow | undefined> {
  return db.selectFrom('messages').selectAll().where('id', '=', id).executeTakeFirst();
}

export function toMessage(row: MessageRow): Message {
  return {
    id: row.id,
    purpose: row.purpose,
    channel: row.channel,
    template: row.template,
    recipient: maskNumber(row.recipient),
    locale: row.locale as Locale,
    state: row.state as MessageState,
    reason: row.reason,
    attempts: row.attempts,
    createdAt: row.created_at,
    sentAt: row.sent_at,
    finishedAt: row.finished_at,
  };
}

/** What became of messages, by id, for domains that show it beside their own things. */
export async function messageStates(db: Kysely<Database>, ids: readonly string[]): Promise<Map<string, MessageState>> {
  if (ids.length === 0) return new Map();
  const rows = await db.selectFrom('messages').select(['id', 'state']).where('id', 'in', ids).execute();
  return new Map(rows.map(({ id, state }) => [id, state as MessageState]));
}
