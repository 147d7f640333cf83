import type { Account, Locale, ResponderDevice, Role } from '@callweave/sdk/protocol';
import type { Selectable } from 'kysely';
import type { Caller } from '../http/operation.ts';
import type { Database } from '../store/schema.ts';
import type { Audience, Tx } from '../store/store.ts';

export type AccountRow = Selectable<Database['accounts']>;

/** A row as the contract shows it: without the hash and the count of failures. */
export function toAccount(row: AccountRow, now: Date): Account {
  return {
    id: row.id,
    username: row.username,
    name: row.name,
    roles: JSON.parse(row.roles) as Role[],
    branch: row.branch,
    device: JSON.parse(row.device) as ResponderDevice,
    onLeave: row.on_leave === 1,
    inGroup: row.in_group === 1,
    callMode: row.call_mode,
    customerId: row.customer_id,
    active: row.active === 1,
    // A lock that has ended is no lock.
    lockedUntil: row.locked_until !== null && row.locked_until > now.toISOString() ? row.locked_until : null,
    locale: row.locale as Locale,
  };
}

export function toCaller(
  row: Pick<AccountRow, 'id' | 'name' | 'roles' | 'branch' | 'customer_id' | 'password_hash'>,
): Caller {
  return {
    accountId: row.id,
    name: row.name,
    roles: JSON.parse(row.roles) as Role[],
    branch: row.branch,
    ...(row.customer_id === null ? {} : { customerId: row.customer_id }),
    ...(row.password_hash === null ? { mustSetPassword: true } : {}),
  };
}

/** Those who may list accounts, and the person. A buyer's account is the managers' matter. */
export async function publishAccount(tx: Tx, row: AccountRow): Promise<void> {
  const audience: Audience =
    row.customer_id === null
      ? [`account:${row.id}`, 'role:agent', 'role:supervisor', 'role:manager']
      : [`account:${row.id}`, 'role:manager'];
  await tx.publish({ type: 'account', data: toAccount(row, tx.now) }, audience);
}
