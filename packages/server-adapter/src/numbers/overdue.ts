import type { Tx } from '../store/store.ts';
import { forgetAttempts } from './attempts.ts';
import { closeCases } from './callback-cases.ts';

/**
 * Writes what the calendar has ended: projects, pairings and callbacks whose time is over. Whoever reads does not depend on
 * it (see `isOver`); it frees names, numbers, IDs and ordinals for what comes after.
 */
export async function endOverdue(tx: Tx, today: string): Promise<void> {
  const now = tx.now.toISOString();
  const projects = await tx.db
    .selectFrom('projects')
    .select('id')
    .where('ended_at', 'is', null)
    .where('ends_on', '<', today)
    .execute();
  const ofProjects = await activePairings(
    tx,
    projects.map(({ id }) => id),
  );
  for (const { id } of projects) await endProject(tx, id, 'system');
  const expired = await tx.db
    .selectFrom('pairings')
    .select('id')
    .where('state', '=', 'active')
    .where('expires_on', '<', today)
    .execute();
  for (const { id } of expired) {
    await tx.db.updateTable('pairings').set({ state: 'expired', ended_at: now }).where('id', '=', id).execute();
    await tx.record({ actor: 'system', action: 'pairing.expired', subject: `pairing:${id}` });
    await closeCases(tx, { pairingId: id }, 'pairing-over');
  }
  const late = await tx.db
    .selectFrom('callback_cases')
    .select('id')
    .where('state', '=', 'open')
    .where('expires_at', '<=', now)
    .execute();
  for (const { id } of late) await closeCases(tx, { caseId: id }, 'expired');
  await forgetAttempts(tx);
  if (projects.length + expired.length === 0) return;
  await publishChange(tx, await accountsWithPairings(tx, [...ofProjects, ...expired.map(({ id }) => id)]));
}

async function activePairings(tx: Tx, projectIds: readonly string[]): Promise<string[]> {
  if (projectIds.length === 0) return [];
  const rows = await tx.db
    .selectFrom('pairings')
    .select('id')
    .where('project_id', 'in', [...projectIds])
    .where('state', '=', 'active')
    .execute();
  return rows.map(({ id }) => id);
}

/** Ends the project, its pairings and their callbacks, and frees its numbers. */
export async function endProject(tx: Tx, projectId: string, actor: string): Promise<void> {
  const now = tx.now.toISOString();
  const active = await tx.db
    .selectFrom('pairings')
    .select('id')
    .where('project_id', '=', projectId)
    .where('state', '=', 'active')
    .execute();
  for (const { id } of active) await endPairing(tx, id);
  await tx.db.updateTable('fictitious_numbers').set({ project_id: null }).where('project_id', '=', projectId).execute();
  await tx.db.updateTable('projects').set({ ended_at: now, updated_at: now }).where('id', '=', projectId).execute();
  await tx.record({
    actor,
    action: 'project.ended',
    subject: `project:${projectId}`,
    data: { pairings: active.length },
  });
}

export async function endPairing(tx: Tx, pairingId: string): Promise<void> {
  await tx.db
    .updateTable('pairings')
    .set({ state: 'ended', ended_at: tx.now.toISOString() })
    .where('id', '=', pairingId)
    .where('state', '=', 'active')
    .execute();
  await closeCases(tx, { pairingId }, 'pairing-over');
}

/** Accounts of the field callers whom these pairings belong to. */
export async function accountsWithPairings(tx: Tx, pairingIds: readonly string[]): Promise<string[]> {
  if (pairingIds.length === 0) return [];
  const rows = await tx.db
    .selectFrom('field_callers')
    .innerJoin('pairings', 'pairings.field_caller_id', 'field_callers.id')
    .select('field_callers.account_id')
    .distinct()
    .where('pairings.id', 'in', [...pairingIds])
    .where('field_callers.account_id', 'is not', null)
    .execute();
  return rows.flatMap(({ account_id }) => account_id ?? []);
}

/** Tells managers, and the field callers whom it concerns, that what they have loaded is no longer so. */
export async function publishChange(tx: Tx, accountIds: readonly string[]): Promise<void> {
  await tx.publish({ type: 'pairings-changed', data: {} }, [
    'role:manager',
    ...[...new Set(accountIds)].map((id) => `account:${id}` as const),
  ]);
}
