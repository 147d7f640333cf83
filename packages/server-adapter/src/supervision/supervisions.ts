import type { CallParty, Supervision, SupervisionMode } from '@callweave/sdk/protocol';
import type { Kysely, Selectable } from 'kysely';
import { findCall, partiesOf, setParties } from '../calls/index.ts';
import { endListening, logListening, namesOf } from '../listening/index.ts';
import type { Database } from '../store/schema.ts';
import type { Tx } from '../store/store.ts';

export type SupervisionRow = Selectable<Database['supervisions']>;

export interface NewSupervision {
  readonly id: string;
  readonly callId: string;
  readonly accountId: string;
  readonly legId: string;
  readonly mode: SupervisionMode;
  readonly reason: string;
  readonly visible: boolean;
  readonly escalationId: string | null;
}

export async function openSupervision(tx: Tx, opened: NewSupervision): Promise<void> {
  const row: SupervisionRow = {
    id: opened.id,
    call_id: opened.callId,
    account_id: opened.accountId,
    leg_id: opened.legId,
    mode: opened.mode,
    state: 'ringing',
    reason: opened.reason,
    visible: opened.visible ? 1 : 0,
    escalation_id: opened.escalationId,
    track: null,
    since: tx.now.toISOString(),
    ended_at: null,
  };
  await tx.db.insertInto('supervisions').values(row).execute();
  await tell(tx, row);
}

/** The supervisor hears the call from now on, in this way: what was before is closed in the log, this is opened. */
export async function moveSupervision(
  tx: Tx,
  id: string,
  change: { readonly mode: SupervisionMode; readonly visible: boolean; readonly agentId: string | null },
): Promise<void> {
  const before = await findSupervision(tx.db, id);
  if (before === undefined || before.state === 'ended') return;
  const row: SupervisionRow = {
    ...before,
    mode: change.mode,
    visible: change.visible ? 1 : 0,
    state: 'on',
    since: tx.now.toISOString(),
  };
  await write(tx, row);
  await endListening(tx, id);
  await logListening(tx, {
    kind: change.mode,
    accountId: row.account_id,
    callId: row.call_id,
    supervisionId: id,
    agentId: change.agentId,
    reason: row.reason,
  });
  await tell(tx, row);
}

/** @param takenOver they are no longer a supervisor of the call: they have it */
export async function closeSupervision(
  tx: Tx,
  id: string,
  takenOver?: { readonly agentId: string },
): Promise<SupervisionRow | undefined> {
  const before = await findSupervision(tx.db, id);
  if (before === undefined || before.state === 'ended') return undefined;
  const at = tx.now.toISOString();
  const row: SupervisionRow = { ...before, state: 'ended', ended_at: at };
  await write(tx, row);
  if (takenOver !== undefined)
    await logListening(tx, {
      kind: 'take-over',
      accountId: row.account_id,
      callId: row.call_id,
      supervisionId: id,
      agentId: takenOver.agentId,
      reason: row.reason,
    });
  await endListening(tx, id);
  await tell(tx, row);
  return row;
}

/** Their own track on the call's recording, while they speak to everybody: a restarted adapter must be able to stop it. */
export async function noteSupervisionTrack(tx: Tx, id: string, track: string | null): Promise<void> {
  await tx.db.updateTable('supervisions').set({ track }).where('id', '=', id).execute();
}

export async function findSupervision(db: Kysely<Database>, id: string): Promise<SupervisionRow | undefined> {
  return db.selectFrom('supervisions').selectAll().where('id', '=', id).executeTakeFirst();
}

export async function presentSupervisions(db: Kysely<Database>): Promise<SupervisionRow[]> {
  return db.selectFrom('supervisions').selectAll().where('state', '!=', 'ended').orderBy('id').execute();
}

/** At which call each of these people is as a supervisor now, if at any: their phone rings, or they are there. */
export async function supervisedBy(
  db: Kysely<Database>,
  accountIds: readonly string[],
): Promise<ReadonlyMap<string, { readonly callId: string; readonly since: string }>> {
  if (accountIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('supervisions')
    .select(['account_id', 'call_id', 'since'])
    .where('account_id', 'in', accountIds)
    .where('state', '!=', 'ended')
    .orderBy('id')
    .execute();
  return new Map(rows.map(({ account_id, call_id, since }) => [account_id, { callId: call_id, since }]));
}

export async function showSupervisions(db: Kysely<Database>, rows: readonly SupervisionRow[]): Promise<Supervision[]> {
  const names = await namesOf(
    db,
    rows.map(({ account_id }) => account_id),
  );
  return rows.map((row) => ({
    id: row.id,
    callId: row.call_id,
    supervisor: { id: row.account_id, name: names.get(row.account_id) ?? '' },
    mode: row.mode as SupervisionMode,
    state: row.state as Supervision['state'],
    reason: row.reason,
    visible: row.visible === 1,
    escalationId: row.escalation_id,
    since: row.since,
  }));
}

async function write(tx: Tx, row: SupervisionRow): Promise<void> {
  const { id, ...columns } = row;
  await tx.db.updateTable('supervisions').set(columns).where('id', '=', id).execute();
}

/** Supervisors and managers always know; the agent by the call itself, and only where it is visible. */
async function tell(tx: Tx, row: SupervisionRow): Promise<void> {
  const [shown] = await showSupervisions(tx.db, [row]);
  if (shown === undefined) return;
  await tx.publish({ type: 'supervision', data: shown }, ['role:supervisor', 'role:manager']);
  const call = await findCall(tx.db, row.call_id);
  if (call === undefined) return;
  const present = partiesOf(call).filter(({ role }) => role === 'supervisor');
  const others = present.filter(({ id }) => id !== row.leg_id);
  if (row.state !== 'ended' && row.visible === 1)
    await setParties(tx, row.call_id, 'supervisor', [...others, asParty(row, shown)]);
  else if (others.length < present.length) await setParties(tx, row.call_id, 'supervisor', others);
}

const HEARD: Readonly<Record<SupervisionMode, CallParty['state']>> = {
  listen: 'listening',
  whisper: 'whispering',
  barge: 'talking',
};

function asParty(row: SupervisionRow, { supervisor, mode }: Supervision): CallParty {
  return {
    id: row.leg_id,
    role: 'supervisor',
    accountId: supervisor.id,
    name: supervisor.name,
    number: null,
    state: row.state === 'ringing' ? 'ringing' : HEARD[mode],
    reason: null,
    since: row.since,
  };
}
