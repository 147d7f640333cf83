import type { Escalation } from '@callweave/sdk/protocol';
import type { Kysely, Selectable } from 'kysely';
import { newId } from '../id.ts';
import { namesOf } from '../listening/index.ts';
import type { Database } from '../store/schema.ts';
import type { Tx } from '../store/store.ts';

export type EscalationRow = Selectable<Database['escalations']>;

/** One escalation of a call goes on at a time; asking again while it does is the same one. */
export async function raiseEscalation(
  tx: Tx,
  raised: { readonly callId: string; readonly agentId: string; readonly note: string },
): Promise<EscalationRow> {
  const going = await escalationOf(tx.db, raised.callId);
  if (going !== undefined) return going;
  const row: EscalationRow = {
    id: newId('esc', tx.now),
    call_id: raised.callId,
    agent_id: raised.agentId,
    note: raised.note,
    state: 'open',
    unanswered: 0,
    supervisor_id: null,
    created_at: tx.now.toISOString(),
    accepted_at: null,
    closed_at: null,
  };
  await tx.db.insertInto('escalations').values(row).execute();
  await tx.record({
    actor: raised.agentId,
    action: 'call.escalated',
    subject: `call:${raised.callId}`,
    data: { escalationId: row.id },
  });
  await tell(tx, row);
  return row;
}

/** @returns the row as it is now; undefined when it was in none of the states it had to be in */
export async function moveEscalation(
  tx: Tx,
  id: string,
  from: readonly Escalation['state'][],
  change: Partial<Pick<EscalationRow, 'state' | 'unanswered' | 'supervisor_id'>>,
): Promise<EscalationRow | undefined> {
  const before = await findEscalation(tx.db, id);
  if (before === undefined || !from.includes(before.state as Escalation['state'])) return undefined;
  const at = tx.now.toISOString();
  const row: EscalationRow = {
    ...before,
    ...change,
    ...(change.state === 'accepted' && { accepted_at: at }),
    ...(change.state === 'open' && { accepted_at: null, supervisor_id: null }),
    ...((change.state === 'cancelled' || change.state === 'over') && { closed_at: at }),
  };
  const { id: _, ...columns } = row;
  await tx.db.updateTable('escalations').set(columns).where('id', '=', id).execute();
  await tell(tx, row);
  return row;
}

export async function findEscalation(db: Kysely<Database>, id: string): Promise<EscalationRow | undefined> {
  return db.selectFrom('escalations').selectAll().where('id', '=', id).executeTakeFirst();
}

/** The one of a call that goes on. */
export async function escalationOf(db: Kysely<Database>, callId: string): Promise<EscalationRow | undefined> {
  return db
    .selectFrom('escalations')
    .selectAll()
    .where('call_id', '=', callId)
    .where('state', 'in', ['open', 'accepted'])
    .executeTakeFirst();
}

export async function presentEscalations(db: Kysely<Database>): Promise<EscalationRow[]> {
  return db.selectFrom('escalations').selectAll().where('state', 'in', ['open', 'accepted']).orderBy('id').execute();
}

export async function showEscalations(db: Kysely<Database>, rows: readonly EscalationRow[]): Promise<Escalation[]> {
  const names = await namesOf(
    db,
    rows.flatMap(({ agent_id, supervisor_id }) => [agent_id, ...(supervisor_id === null ? [] : [supervisor_id])]),
  );
  const person = (id: string) => ({ id, name: names.get(id) ?? '' });
  return rows.map((row) => ({
    id: row.id,
    callId: row.call_id,
    agent: person(row.agent_id),
    note: row.note,
    state: row.state as Escalation['state'],
    unanswered: row.unanswered === 1,
    supervisor: row.supervisor_id === null ? null : person(row.supervisor_id),
    createdAt: row.created_at,
    acceptedAt: row.accepted_at,
  }));
}

async function tell(tx: Tx, row: EscalationRow): Promise<void> {
  const [shown] = await showEscalations(tx.db, [row]);
  if (shown !== undefined)
    await tx.publish({ type: 'escalation', data: shown }, [
      'role:supervisor',
      'role:manager',
      `account:${row.agent_id}`,
    ]);
}
