import type { Presence, ResponderDevice, Role } from '@callweave/sdk/protocol';
import type { Kysely, Selectable } from 'kysely';
import { type AgentsCall, callsOfAgents } from '../calls/index.ts';
import type { Database } from '../store/schema.ts';
import type { Tx } from '../store/store.ts';
import { supervisedBy } from '../supervision/index.ts';
import type { PresencePolicy } from './policy.ts';
import { type KnownOfAgent, presenceOf } from './state.ts';

type PresenceRow = Selectable<Database['presences']>;

/** Whoever may be rung: agents, and supervisors who take calls as well. */
const takesCalls = (roles: readonly Role[]) => roles.includes('agent') || roles.includes('supervisor');

export const SILENT: Omit<PresenceRow, 'account_id' | 'since'> = {
  ready: 1,
  reason: null,
  do_not_disturb: 0,
  declared_at: null,
  declared_by: null,
  phone: 'unknown',
  extended_call: null,
  shown: null,
  call_id: null,
};

interface Seen {
  readonly presence: Presence;
  readonly row: PresenceRow | undefined;
}

/** Derives presences from what is stored now. @param accountIds undefined: of everybody who takes calls */
async function derive(
  db: Kysely<Database>,
  now: Date,
  policy: PresencePolicy,
  accountIds?: readonly string[],
): Promise<Seen[]> {
  if (accountIds?.length === 0) return [];
  let query = db
    .selectFrom('accounts')
    .select(['id', 'name', 'roles', 'device', 'on_leave', 'created_at'])
    .where('active', '=', 1)
    .orderBy('name')
    .orderBy('id');
  if (accountIds !== undefined) query = query.where('id', 'in', accountIds);
  const accounts = (await query.execute()).filter(({ roles }) => takesCalls(JSON.parse(roles) as Role[]));
  const ids = accounts.map(({ id }) => id);
  if (ids.length === 0) return [];
  const rows = await db.selectFrom('presences').selectAll().where('account_id', 'in', ids).execute();
  const calls = await callsOfAgents(db, ids);
  const supervised = await supervisedBy(db, ids);
  return accounts.map((account) => {
    const row = rows.find(({ account_id }) => account_id === account.id);
    const { ready, reason, do_not_disturb, declared_at, declared_by, phone, extended_call, shown } = row ?? SILENT;
    const device = JSON.parse(account.device) as ResponderDevice;
    const known: KnownOfAgent = {
      accountId: account.id,
      name: account.name,
      onLeave: Number(account.on_leave) === 1,
      ready: Number(ready) === 1,
      reason,
      doNotDisturb: Number(do_not_disturb) === 1,
      declaredAt: declared_at,
      declaredBy: declared_by,
      phone: device.kind === 'browser' ? (phone as Presence['phone']) : 'telephone',
      call: atCall(account.id, calls, supervised),
      extendedCall: extended_call,
    };
    const presence = presenceOf(known, policy.wrapUpExtensionSeconds);
    const before = shown === null ? undefined : (JSON.parse(shown) as Presence);
    const same = before !== undefined && before.state === presence.state && before.reason === presence.reason;
    const began = known.call?.since ?? (before === undefined && row === undefined ? account.created_at : undefined);
    return { presence: { ...presence, since: same ? before.since : (began ?? now.toISOString()) }, row };
  });
}

/** Their own conversation; or the one that they are at as a supervisor, which goes on before a wrap-up of theirs does. */
function atCall(
  accountId: string,
  calls: ReadonlyMap<string, AgentsCall>,
  supervised: Awaited<ReturnType<typeof supervisedBy>>,
): AgentsCall | undefined {
  const own = calls.get(accountId);
  const other = supervised.get(accountId);
  if (other === undefined || own?.state === 'busy') return own;
  return { id: other.callId, agentId: accountId, state: 'busy', since: other.since, wrapUpUntil: null };
}

/** What agents do now, as stored; it is the same whether or not it was published yet. */
export async function readPresences(
  db: Kysely<Database>,
  now: Date,
  policy: PresencePolicy,
  accountIds?: readonly string[],
): Promise<Presence[]> {
  return (await derive(db, now, policy, accountIds)).map(({ presence }) => presence);
}

/** Publishes, and writes, what has changed of these people since it was last published. */
export async function refreshPresences(
  tx: Tx,
  policy: PresencePolicy,
  accountIds?: readonly string[],
): Promise<Presence[]> {
  const seen = await derive(tx.db, tx.now, policy, accountIds);
  for (const { presence, row } of seen) {
    const shown = JSON.stringify(presence);
    if (row?.shown === shown) continue;
    const columns = { shown, call_id: presence.callId, since: presence.since };
    await tx.db
      .insertInto('presences')
      .values({ ...SILENT, account_id: presence.accountId, ...columns })
      .onConflict((conflict) => conflict.column('account_id').doUpdateSet(columns))
      .execute();
    await tx.publish({ type: 'presence', data: presence }, [
      'role:supervisor',
      'role:manager',
      `account:${presence.accountId}`,
    ]);
  }
  return seen.map(({ presence }) => presence);
}

/** Writes what is known of a person, and publishes what follows from it. */
export async function notePresence(
  tx: Tx,
  policy: PresencePolicy,
  accountId: string,
  columns: Partial<Omit<PresenceRow, 'account_id'>>,
): Promise<Presence | undefined> {
  await tx.db
    .insertInto('presences')
    .values({ ...SILENT, account_id: accountId, since: tx.now.toISOString(), ...columns })
    .onConflict((conflict) => conflict.column('account_id').doUpdateSet(columns))
    .execute();
  return (await refreshPresences(tx, policy, [accountId]))[0];
}
