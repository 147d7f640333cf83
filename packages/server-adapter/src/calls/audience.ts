import type { Role } from '@callweave/sdk/protocol';
import type { Audience, Tx } from '../store/store.ts';
import { type CallRow, findCall, partiesOf } from './rows.ts';
import { asSeenBy, showCall, withdrawn } from './view.ts';

const WATCHERS: Audience = ['role:supervisor', 'role:manager'];

/**
 * Sends the present state of a call to those whom it concerns, and to nobody else: the agent who has it or at whom it
 * rings, whoever else is in it, and the supervisors and managers. While a group rings, each member gets it as theirs; those who watch get it
 * first, so that a supervisor at whom it rings ends up with their own.
 */
export async function publishCall(tx: Tx, row: CallRow): Promise<void> {
  const shown = await showCall(tx.db, row, tx.now);
  const { agent } = shown.call;
  const parties = partiesOf(row).flatMap(({ accountId, state }) =>
    accountId === null || state === 'failed' ? [] : (`account:${accountId}` as const),
  );
  if (agent !== null) {
    await tx.publish({ type: 'call', data: shown.call }, [...WATCHERS, `account:${agent.id}`, ...parties]);
    return;
  }
  await tx.publish({ type: 'call', data: shown.call }, [...WATCHERS, ...parties]);
  if (shown.ringingAt.length === 0) return;
  const members = await tx.db
    .selectFrom('accounts')
    .select(['id', 'name'])
    .where('id', 'in', shown.ringingAt)
    .execute();
  for (const member of members)
    await tx.publish({ type: 'call', data: asSeenBy(shown, member) }, [`account:${member.id}`]);
}

/**
 * Tells people at whom a call rang that it went elsewhere (see {@link withdrawn}). Whoever may watch all calls is left
 * out: they get the true state anyway, and this would overwrite it in their page.
 */
export async function withdrawFrom(tx: Tx, callId: string, accountIds: readonly string[]): Promise<void> {
  const row = await findCall(tx.db, callId);
  if (row === undefined || accountIds.length === 0) return;
  const accounts = await tx.db.selectFrom('accounts').select(['id', 'roles']).where('id', 'in', accountIds).execute();
  const audience = accounts
    .filter(({ roles }) => !mayWatch(JSON.parse(roles) as Role[]))
    .map(({ id }) => `account:${id}` as const);
  if (audience.length === 0) return;
  const { call } = await showCall(tx.db, row, tx.now);
  await tx.publish({ type: 'call', data: withdrawn(call, tx.now) }, audience);
}

export function mayWatch(roles: readonly Role[]): boolean {
  return roles.includes('supervisor') || roles.includes('manager');
}
