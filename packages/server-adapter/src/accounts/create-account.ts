import type { CallMode, Locale, ResponderDevice, Role } from '@callweave/sdk/protocol';
import { newId } from '../id.ts';
import { Problem } from '../problem.ts';
import type { Tx } from '../store/store.ts';
import { type AccountRow, publishAccount } from './account-rows.ts';

export interface NewAccount {
  readonly username: string;
  /** Null for somebody who is invited: they set it at their first sign-in. */
  readonly passwordHash: string | null;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly branch: string;
  readonly device: ResponderDevice;
  readonly inGroup: boolean;
  /** Of a buyer. @default nobody */
  readonly customerId?: string;
  /** @default 'blended' */
  readonly callMode?: CallMode;
  readonly locale: Locale;
}

/** @param actor account id of the manager, or `system` for the first account */
export async function createAccount(tx: Tx, account: NewAccount, actor: string): Promise<AccountRow> {
  const taken = await tx.db
    .selectFrom('accounts')
    .select('id')
    .where('username', '=', account.username)
    .executeTakeFirst();
  if (taken !== undefined)
    throw new Problem('username-taken', `The username ${account.username} is taken.`, {
      fields: [{ path: 'username', message: 'is taken' }],
    });
  const row: AccountRow = {
    id: newId('account', tx.now),
    username: account.username,
    name: account.name,
    roles: JSON.stringify([...new Set(account.roles)]),
    branch: account.branch,
    device: JSON.stringify(account.device),
    on_leave: 0,
    in_group: account.inGroup ? 1 : 0,
    call_mode: account.callMode ?? 'blended',
    customer_id: account.customerId ?? null,
    active: 1,
    password_hash: account.passwordHash,
    failures: 0,
    locked_until: null,
    invite_hash: null,
    invite_expires_at: null,
    locale: account.locale,
    created_at: tx.now.toISOString(),
  };
  await tx.db.insertInto('accounts').values(row).execute();
  await tx.record({
    actor,
    action: 'account.created',
    subject: `account:${row.id}`,
    data: { roles: [...account.roles] },
  });
  await publishAccount(tx, row);
  return row;
}
