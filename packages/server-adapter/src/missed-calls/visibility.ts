import type { Role } from '@callweave/sdk/protocol';
import type { Kysely } from 'kysely';
import type { Caller } from '../http/operation.ts';
import type { Database } from '../store/schema.ts';
import type { Audience, Tx } from '../store/store.ts';

/** Supervisors and managers see every case. */
export function seesAll(roles: readonly Role[]): boolean {
  return roles.includes('supervisor') || roles.includes('manager');
}

/** The group takes calls that reach no responder; so it also calls back. */
export async function isInGroup(db: Kysely<Database>, accountId: string): Promise<boolean> {
  const row = await db
    .selectFrom('accounts')
    .select('id')
    .where('id', '=', accountId)
    .where('in_group', '=', 1)
    .where('active', '=', 1)
    .executeTakeFirst();
  return row !== undefined;
}

export async function maySee(db: Kysely<Database>, missedCallId: string, caller: Caller): Promise<boolean> {
  if (seesAll(caller.roles) || (await isInGroup(db, caller.accountId))) return true;
  const row = await db
    .selectFrom('missed_call_viewers')
    .select('account_id')
    .where('missed_call_id', '=', missedCallId)
    .where('account_id', '=', caller.accountId)
    .executeTakeFirst();
  return row !== undefined;
}

/** The responders of the customer, the group, and whoever watches the desk. */
export async function audienceOf(tx: Tx, missedCallId: string): Promise<Audience> {
  const viewers = await tx.db
    .selectFrom('missed_call_viewers')
    .select('account_id as id')
    .where('missed_call_id', '=', missedCallId)
    .execute();
  const group = await tx.db
    .selectFrom('accounts')
    .select('id')
    .where('in_group', '=', 1)
    .where('active', '=', 1)
    .execute();
  const ids = new Set([...viewers, ...group].map(({ id }) => id));
  return ['role:supervisor', 'role:manager', ...Array.from(ids, (id) => `account:${id}` as const)];
}

export async function addViewers(tx: Tx, missedCallId: string, accountIds: readonly string[]): Promise<void> {
  if (accountIds.length === 0) return;
  await tx.db
    .insertInto('missed_call_viewers')
    .values([...new Set(accountIds)].map((account_id) => ({ missed_call_id: missedCallId, account_id })))
    .onConflict((conflict) => conflict.columns(['missed_call_id', 'account_id']).doNothing())
    .execute();
}
