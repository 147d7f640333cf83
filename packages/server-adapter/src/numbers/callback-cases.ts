import type { CallbackCase } from '@callweave/sdk/protocol';
import { newId } from '../id.ts';
import type { Tx } from '../store/store.ts';
import { type CaseRow, type Db, findFieldCaller, projectNames } from './rows.ts';

export type CloseReason = NonNullable<CallbackCase['reason']>;

export interface MissedCall {
  readonly fieldCallerId: string;
  readonly pairingId: string;
  readonly projectId: string;
  readonly fictitiousNumber: string;
  readonly otherNumber: string;
}

/**
 * Notes a call that the field caller missed: one case per caller and pairing, however often they ring.
 * @returns the case, and whether it was opened by this call
 */
export async function noteMissed(
  tx: Tx,
  missed: MissedCall,
  openForHours: number,
): Promise<{ readonly row: CaseRow; readonly opened: boolean }> {
  const now = tx.now.toISOString();
  // What is over by the clock must neither hold an ordinal nor take this call.
  const late = await tx.db
    .selectFrom('callback_cases')
    .select('id')
    .where('field_caller_id', '=', missed.fieldCallerId)
    .where('state', '=', 'open')
    .where('expires_at', '<=', now)
    .execute();
  for (const { id } of late) await closeCases(tx, { caseId: id }, 'expired');

  const open = await openCases(tx.db, missed.fieldCallerId, tx.now);
  const expires = new Date(tx.now.getTime() + openForHours * 3_600_000).toISOString();
  const known = open.find((row) => row.pairing_id === missed.pairingId && row.other_number === missed.otherNumber);
  if (known !== undefined) {
    const changed = { missed: known.missed + 1, last_missed_at: now, expires_at: expires };
    await tx.db.updateTable('callback_cases').set(changed).where('id', '=', known.id).execute();
    const row = { ...known, ...changed };
    await publishCase(tx, row);
    return { row, opened: false };
  }
  const row: CaseRow = {
    id: newId('callback', tx.now),
    field_caller_id: missed.fieldCallerId,
    pairing_id: missed.pairingId,
    project_id: missed.projectId,
    fictitious_number: missed.fictitiousNumber,
    other_number: missed.otherNumber,
    ordinal: smallestFree(open.map(({ ordinal }) => ordinal)),
    state: 'open',
    reason: null,
    missed: 1,
    opened_at: now,
    last_missed_at: now,
    expires_at: expires,
    closed_at: null,
  };
  await tx.db.insertInto('callback_cases').values(row).execute();
  await tx.record({
    actor: 'system',
    action: 'callback.opened',
    subject: `callback:${row.id}`,
    data: { ordinal: row.ordinal, pairingId: row.pairing_id },
  });
  await publishCase(tx, row);
  return { row, opened: true };
}

/** The smallest number from 1 that nobody has: short to key, and free again when its holder has gone. */
export function smallestFree(taken: readonly number[]): number {
  const held = new Set(taken);
  let free = 1;
  while (held.has(free)) free += 1;
  return free;
}

/** Open callbacks of a field caller, by ordinal. */
export async function openCases(db: Db, fieldCallerId: string, at: Date): Promise<CaseRow[]> {
  return db
    .selectFrom('callback_cases')
    .selectAll()
    .where('field_caller_id', '=', fieldCallerId)
    .where('state', '=', 'open')
    .where('expires_at', '>', at.toISOString())
    .orderBy('ordinal')
    .execute();
}

/** Closes one case, those of a pairing, or those with one caller of a pairing. */
export async function closeCases(
  tx: Tx,
  which: { readonly caseId?: string; readonly pairingId?: string; readonly otherNumber?: string },
  reason: CloseReason,
): Promise<void> {
  let query = tx.db.selectFrom('callback_cases').selectAll().where('state', '=', 'open');
  if (which.caseId !== undefined) query = query.where('id', '=', which.caseId);
  if (which.pairingId !== undefined) query = query.where('pairing_id', '=', which.pairingId);
  if (which.otherNumber !== undefined) query = query.where('other_number', '=', which.otherNumber);
  for (const row of await query.execute()) {
    const changed = { state: 'closed', reason, closed_at: tx.now.toISOString() };
    await tx.db.updateTable('callback_cases').set(changed).where('id', '=', row.id).execute();
    await tx.record({ actor: 'system', action: 'callback.closed', subject: `callback:${row.id}`, data: { reason } });
    await publishCase(tx, { ...row, ...changed });
  }
}

export async function showCases(db: Db, rows: readonly CaseRow[]): Promise<CallbackCase[]> {
  const names = await projectNames(
    db,
    rows.map(({ project_id }) => project_id),
  );
  return rows.map((row) => ({
    id: row.id,
    ordinal: row.ordinal,
    state: row.state as CallbackCase['state'],
    reason: row.reason as CallbackCase['reason'],
    pairingId: row.pairing_id,
    project: { id: row.project_id, name: names.get(row.project_id) ?? '' },
    fictitiousNumber: row.fictitious_number,
    missed: row.missed,
    openedAt: row.opened_at,
    lastMissedAt: row.last_missed_at,
    expiresAt: row.expires_at,
    closedAt: row.closed_at,
  }));
}

async function publishCase(tx: Tx, row: CaseRow): Promise<void> {
  const accountId = (await findFieldCaller(tx.db, row.field_caller_id))?.account_id ?? null;
  if (accountId === null) return;
  const [shown] = await showCases(tx.db, [row]);
  if (shown !== undefined) await tx.publish({ type: 'callback-case', data: shown }, [`account:${accountId}`]);
}
