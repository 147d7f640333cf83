import type { Locale, Message, MessageChannel, MessageState } from '@callweave/sdk/protocol';
import type { Kysely, Selectable } from 'kysely';
import type { Database } from '../store/schema.ts';
import { startsWith } from '../store/starts-with.ts';
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

export interface MessageOutcome {
  readonly channel: MessageChannel;
  readonly state: MessageState;
  readonly reason: string | null;
}

/** The same with channel and reason. */
export async function messageOutcomes(
  db: Kysely<Database>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, MessageOutcome>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('messages')
    .select(['id', 'channel', 'state', 'reason'])
    .where('id', 'in', ids)
    .execute();
  return new Map(rows.map(({ id, channel, state, reason }) => [id, { channel, state: state as MessageState, reason }]));
}

/** How many of the messages whose `dedupeKey` begins so are in each state. */
export async function countMessages(db: Kysely<Database>, keyPrefix: string): Promise<Record<MessageState, number>> {
  const rows = await db
    .selectFrom('messages')
    .select(['state', (eb) => eb.fn.countAll().as('count')])
    .where(startsWith('dedupe_key', keyPrefix))
    .groupBy('state')
    .execute();
  const counts: Record<MessageState, number> = { queued: 0, sent: 0, delivered: 0, failed: 0, expired: 0 };
  for (const { state, count } of rows) counts[state as MessageState] = Number(count);
  return counts;
}

/** What became of messages, by id, for domains that show it beside their own things. */
export async function messageStates(db: Kysely<Database>, ids: readonly string[]): Promise<Map<string, MessageState>> {
  if (ids.length === 0) return new Map();
  const rows = await db.selectFrom('messages').select(['id', 'state']).where('id', 'in', ids).execute();
  return new Map(rows.map(({ id, state }) => [id, state as MessageState]));
}
