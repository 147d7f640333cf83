import type { CustomerSummary, VoicemailMessage } from '@callweave/sdk/protocol';
import type { ExpressionBuilder, Kysely } from 'kysely';
import { customerSummaries } from '../customers/index.ts';
import { namesOf } from '../listening/index.ts';
import type { Database } from '../store/schema.ts';
import type { Tx } from '../store/store.ts';
import type { VoicemailShelf } from './shelf.ts';

export type MessageRow = Database['voicemail_messages'];

const DAY_MS = 86_400_000;

/**
 * What is shown: not before it is known to be long enough to be kept. What was found after a restart (without a length) is
 * shown when it is stored.
 */
export function isShown({ state, duration_ms }: Pick<MessageRow, 'state' | 'duration_ms'>): boolean {
  return state === 'stored' || state === 'failed' || state === 'expired' || (state === 'storing' && duration_ms > 0);
}

/** {@link isShown}, as a condition of a query. */
export function whereShown(eb: ExpressionBuilder<Database, 'voicemail_messages'>) {
  return eb.or([
    eb('state', 'in', ['stored', 'failed', 'expired']),
    eb.and([eb('state', '=', 'storing'), eb('duration_ms', '>', 0)]),
  ]);
}

/** Messages as pages see them. One query for all customers, and one for all names. */
export async function toMessages(
  db: Kysely<Database>,
  rows: readonly MessageRow[],
  binDays: number,
): Promise<VoicemailMessage[]> {
  const ids = rows.flatMap((row) => [...(row.customer_id === null ? [] : [row.customer_id]), ...candidatesOf(row)]);
  const customers = await customerSummaries(db, ids);
  const names = await namesOf(
    db,
    rows.flatMap(({ heard_by }) => heard_by ?? []),
  );
  return rows.map((row) => toMessage(row, customers, names, binDays));
}

function toMessage(
  row: MessageRow,
  customers: ReadonlyMap<string, CustomerSummary>,
  names: ReadonlyMap<string, string>,
  binDays: number,
): VoicemailMessage {
  return {
    id: row.id,
    boxId: row.box,
    callId: row.call_id,
    state: row.state as VoicemailMessage['state'],
    from: row.caller_number,
    to: row.called_number,
    customer: (row.customer_id === null ? undefined : customers.get(row.customer_id)) ?? null,
    candidates: row.customer_id === null ? candidatesOf(row).flatMap((id) => customers.get(id) ?? []) : [],
    startedAt: row.started_at,
    durationMs: row.duration_ms,
    heardAt: row.heard_at,
    heardBy: row.heard_by === null ? null : { id: row.heard_by, name: names.get(row.heard_by) ?? '' },
    note: row.note,
    sha256: row.sha256,
    deletedAt: row.deleted_at,
    binnedUntil: row.deleted_at === null ? null : new Date(Date.parse(row.deleted_at) + binDays * DAY_MS).toISOString(),
  };
}

function candidatesOf(row: MessageRow): string[] {
  return JSON.parse(row.candidates) as string[];
}

export async function findMessage(db: Kysely<Database>, id: string): Promise<MessageRow | undefined> {
  return db.selectFrom('voicemail_messages').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Changes a message, and tells the pages of everyone whose box it is in. */
export async function changeMessage(
  shelf: VoicemailShelf,
  tx: Tx,
  id: string,
  change: Partial<MessageRow>,
): Promise<VoicemailMessage> {
  await tx.db.updateTable('voicemail_messages').set(change).where('id', '=', id).execute();
  return publishMessage(shelf, tx, id);
}

export async function publishMessage(shelf: VoicemailShelf, tx: Tx, id: string): Promise<VoicemailMessage> {
  const row = await tx.db.selectFrom('voicemail_messages').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  const [message] = (await toMessages(tx.db, [row], shelf.policy.binDays)) as [VoicemailMessage];
  await tx.publish({ type: 'voicemail', data: message }, await shelf.boxes.audience(tx.db, row.box));
  return message;
}
