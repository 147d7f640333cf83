import type { InputOf, ListeningEntry, ListeningKind, supervision } from '@callweave/sdk/protocol';
import type { Kysely } from 'kysely';
import { newId } from '../id.ts';
import type { Database } from '../store/schema.ts';
import type { Tx } from '../store/store.ts';
import { namesOf } from './names.ts';

export interface Listening {
  readonly kind: ListeningKind;
  readonly accountId: string;
  readonly callId: string | null;
  readonly recordingId?: string;
  readonly voicemailId?: string;
  readonly supervisionId?: string;
  readonly agentId: string | null;
  /** Empty: none was given. Free text: it stays out of the hash chain, which can never forget. */
  readonly reason: string;
}

const ACTIONS: Partial<Record<ListeningKind, string>> = {
  recording: 'recording.listened',
  download: 'recording.downloaded',
  voicemail: 'voicemail.listened',
};

/** Writes down who hears what (G8), in the hash chain as well. To be durable before the first sound. */
export async function logListening(tx: Tx, listening: Listening): Promise<void> {
  const { kind, accountId, callId, recordingId, voicemailId, supervisionId, agentId, reason } = listening;
  const id = newId('lis', tx.now);
  await tx.db
    .insertInto('listening_log')
    .values({
      id,
      kind,
      account_id: accountId,
      call_id: callId,
      recording_id: recordingId ?? null,
      voicemail_id: voicemailId ?? null,
      agent_id: agentId,
      supervision_id: supervisionId ?? null,
      reason,
      started_at: tx.now.toISOString(),
      ended_at: null,
    })
    .execute();
  await tx.record({
    actor: accountId,
    action: ACTIONS[kind] ?? 'call.listened',
    subject: subjectOf(listening),
    data: { entry: id, ...(recordingId === undefined && voicemailId === undefined ? { kind } : { callId }) },
  });
}

function subjectOf({ callId, recordingId, voicemailId }: Listening): string {
  if (voicemailId !== undefined) return `voicemail:${voicemailId}`;
  return recordingId === undefined ? `call:${callId}` : `recording:${recordingId}`;
}

/** The supervisor hears, or speaks, no longer in the way that was written last. */
export async function endListening(tx: Tx, supervisionId: string): Promise<void> {
  await tx.db
    .updateTable('listening_log')
    .set({ ended_at: tx.now.toISOString() })
    .where('supervision_id', '=', supervisionId)
    .where('ended_at', 'is', null)
    .execute();
}

type Filter = Required<Pick<InputOf<typeof supervision.listeningLog>, 'limit'>> &
  Omit<InputOf<typeof supervision.listeningLog>, 'limit'>;

/** Newest first. `next` is where the following page begins; null on the last one. */
export async function readListeningLog(
  db: Kysely<Database>,
  filter: Filter & { readonly limit: unknown },
): Promise<{ entries: ListeningEntry[]; next: string | null }> {
  const limit = Number(filter.limit);
  let query = db
    .selectFrom('listening_log')
    .selectAll()
    .orderBy('started_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1);
  if (filter.listenerId !== undefined) query = query.where('account_id', '=', filter.listenerId);
  if (filter.agentId !== undefined) query = query.where('agent_id', '=', filter.agentId);
  if (filter.callId !== undefined) query = query.where('call_id', '=', filter.callId);
  if (filter.kind !== undefined) query = query.where('kind', '=', filter.kind);
  if (filter.from !== undefined) query = query.where('started_at', '>=', filter.from);
  if (filter.to !== undefined) query = query.where('started_at', '<', filter.to);
  if (filter.before !== undefined) {
    const { before } = filter;
    const last = await db.selectFrom('listening_log').select('started_at').where('id', '=', before).executeTakeFirst();
    if (last === undefined) return { entries: [], next: null };
    query = query.where((eb) =>
      eb.or([
        eb('started_at', '<', last.started_at),
        eb.and([eb('started_at', '=', last.started_at), eb('id', '<', before)]),
      ]),
    );
  }
  const rows = await query.execute();
  const page = rows.slice(0, limit);
  const names = await namesOf(
    db,
    page.flatMap(({ account_id, agent_id }) => [account_id, ...(agent_id === null ? [] : [agent_id])]),
  );
  const person = (id: string) => ({ id, name: names.get(id) ?? '' });
  return {
    entries: page.map((row) => ({
      id: row.id,
      kind: row.kind as ListeningKind,
      listener: person(row.account_id),
      callId: row.call_id,
      recordingId: row.recording_id,
      voicemailId: row.voicemail_id,
      agent: row.agent_id === null ? null : person(row.agent_id),
      reason: row.reason,
      startedAt: row.started_at,
      endedAt: row.ended_at,
    })),
    next: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
  };
}
