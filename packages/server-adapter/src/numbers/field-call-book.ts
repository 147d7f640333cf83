import type { FieldCall, FieldCallKind, FieldCallOutcome } from '@callweave/sdk/protocol';
import type { Tx } from '../store/store.ts';
import { type Db, type FieldCallRow, findFieldCaller, projectNames } from './rows.ts';

/** What a call through a fictitious number is about. */
export interface FieldCallSubject {
  readonly callId: string;
  readonly kind: FieldCallKind;
  readonly pairingId: string;
  readonly projectId: string;
  readonly fieldCallerId: string;
  readonly fictitiousNumber: string;
  readonly otherNumber: string;
  readonly caseId: string | null;
}

export async function openFieldCall(
  tx: Tx,
  subject: FieldCallSubject,
  state: 'own-phone' | 'dialling',
  startedAt: Date,
): Promise<void> {
  const row: FieldCallRow = {
    call_id: subject.callId,
    kind: subject.kind,
    state,
    outcome: null,
    pairing_id: subject.pairingId,
    project_id: subject.projectId,
    field_caller_id: subject.fieldCallerId,
    fictitious_number: subject.fictitiousNumber,
    other_number: subject.otherNumber,
    case_id: subject.caseId,
    started_at: startedAt.toISOString(),
    answered_at: null,
    ended_at: null,
  };
  await tx.db.insertInto('field_calls').values(row).execute();
  await publishFieldCall(tx, row);
}

export async function moveFieldCall(
  tx: Tx,
  callId: string,
  step: { readonly state: 'dialling' | 'answered' } | { readonly state: 'ended'; readonly outcome: FieldCallOutcome },
): Promise<FieldCallRow | undefined> {
  const row = await findFieldCall(tx.db, callId);
  // Over is over: an event of a telephone may be late.
  if (row === undefined || row.state === 'ended') return row;
  const now = tx.now.toISOString();
  const changed = {
    state: step.state,
    ...(step.state === 'answered' && { answered_at: now }),
    ...(step.state === 'ended' && { outcome: step.outcome, ended_at: now }),
  };
  await tx.db.updateTable('field_calls').set(changed).where('call_id', '=', callId).execute();
  const after = { ...row, ...changed };
  await publishFieldCall(tx, after);
  return after;
}

export async function findFieldCall(db: Db, callId: string): Promise<FieldCallRow | undefined> {
  return db.selectFrom('field_calls').selectAll().where('call_id', '=', callId).executeTakeFirst();
}

export async function latestFieldCalls(db: Db, fieldCallerId: string, limit: number): Promise<FieldCallRow[]> {
  return db
    .selectFrom('field_calls')
    .selectAll()
    .where('field_caller_id', '=', fieldCallerId)
    .orderBy('started_at', 'desc')
    .orderBy('call_id', 'desc')
    .limit(limit)
    .execute();
}

/** The newest call that went out from this fictitious number to this other one, not before `since`. */
export async function latestCallTo(
  db: Db,
  fictitiousNumber: string,
  otherNumber: string,
  since: Date,
): Promise<FieldCallRow | undefined> {
  return db
    .selectFrom('field_calls')
    .selectAll()
    .where('fictitious_number', '=', fictitiousNumber)
    .where('other_number', '=', otherNumber)
    .where('started_at', '>=', since.toISOString())
    .where('kind', 'in', ['out', 'callback'])
    .orderBy('started_at', 'desc')
    .limit(1)
    .executeTakeFirst();
}

export async function showFieldCalls(db: Db, rows: readonly FieldCallRow[]): Promise<FieldCall[]> {
  const names = await projectNames(
    db,
    rows.map(({ project_id }) => project_id),
  );
  return rows.map((row) => ({
    id: row.call_id,
    kind: row.kind as FieldCallKind,
    state: row.state as FieldCall['state'],
    outcome: row.outcome as FieldCall['outcome'],
    pairingId: row.pairing_id,
    project: { id: row.project_id, name: names.get(row.project_id) ?? '' },
    fictitiousNumber: row.fictitious_number,
    dialled: row.kind === 'out' ? row.other_number : null,
    startedAt: row.started_at,
    answeredAt: row.answered_at,
    endedAt: row.ended_at,
  }));
}

async function publishFieldCall(tx: Tx, row: FieldCallRow): Promise<void> {
  const accountId = (await findFieldCaller(tx.db, row.field_caller_id))?.account_id ?? null;
  if (accountId === null) return;
  const [shown] = await showFieldCalls(tx.db, [row]);
  if (shown !== undefined) await tx.publish({ type: 'field-call', data: shown }, [`account:${accountId}`]);
}
