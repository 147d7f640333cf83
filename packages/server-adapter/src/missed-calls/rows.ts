import type { CustomerSummary, MissedCall, MissedCallEnd } from '@callweave/sdk/protocol';
import type { Kysely } from 'kysely';
import { messageStates } from '../messages/index.ts';
import type { Database } from '../store/schema.ts';
import type { Tx } from '../store/store.ts';
import { audienceOf } from './visibility.ts';

export type MissedCallRow = Database['missed_calls'];
type Db = Kysely<Database>;

export async function findMissedCall(db: Db, id: string): Promise<MissedCallRow | undefined> {
  return db.selectFrom('missed_calls').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Whether somebody is calling back now. A claim ends by itself: whoever closed their page holds up nobody. */
export function isClaimed(row: MissedCallRow, at: Date): boolean {
  return row.claimed_by !== null && row.claimed_until !== null && Date.parse(row.claimed_until) > at.getTime();
}

export async function toMissedCalls(db: Db, rows: readonly MissedCallRow[], at: Date): Promise<MissedCall[]> {
  const messages = await messageStates(
    db,
    rows.flatMap(({ message_id }) => message_id ?? []),
  );
  return rows.map((row) => ({
    id: row.id,
    number: row.number,
    calledNumber: row.called_number,
    customer: row.customer === null ? null : (JSON.parse(row.customer) as CustomerSummary),
    count: row.count,
    attempts: row.attempts,
    firstAt: row.first_at,
    lastAt: row.last_at,
    lastOutcome: row.last_outcome as MissedCall['lastOutcome'],
    state: row.state as MissedCall['state'],
    claim: isClaimed(row, at)
      ? {
          by: { id: row.claimed_by as string, name: row.claimed_name ?? '' },
          until: row.claimed_until as string,
        }
      : null,
    message: row.message_id === null ? null : (messages.get(row.message_id) ?? null),
    end:
      row.ended_at === null
        ? null
        : {
            reason: row.end_reason as MissedCallEnd,
            at: row.ended_at,
            by: row.ended_by === null ? null : { id: row.ended_by, name: row.ended_name ?? '' },
            note: row.end_note,
          },
  }));
}

/** Writes columns of a case and tells those whom it concerns. */
export async function updateMissedCall(
  tx: Tx,
  row: MissedCallRow,
  columns: Partial<MissedCallRow>,
): Promise<MissedCallRow> {
  const changed = { ...row, ...columns };
  await tx.db.updateTable('missed_calls').set(columns).where('id', '=', row.id).execute();
  await publishMissedCall(tx, changed);
  return changed;
}

export async function publishMissedCall(tx: Tx, row: MissedCallRow): Promise<void> {
  const [data] = await toMissedCalls(tx.db, [row], tx.now);
  if (data !== undefined) await tx.publish({ type: 'missed-call', data }, await audienceOf(tx, row.id));
}

export interface End {
  readonly reason: MissedCallEnd;
  readonly by: { readonly id: string; readonly name: string } | null;
  readonly note?: string;
}

export async function endMissedCall(tx: Tx, row: MissedCallRow, { reason, by, note }: End): Promise<MissedCallRow> {
  await tx.record({
    actor: by?.id ?? 'system',
    action: 'missed-call.closed',
    subject: `missed-call:${row.id}`,
    data: { reason },
  });
  return updateMissedCall(tx, row, {
    state: 'closed',
    claimed_by: null,
    claimed_name: null,
    claimed_until: null,
    ended_at: tx.now.toISOString(),
    end_reason: reason,
    ended_by: by?.id ?? null,
    ended_name: by?.name ?? null,
    end_note: note ?? null,
  });
}
