import type { contract, Role } from '@callweave/sdk/protocol';
import type { Clock } from '../clock.ts';
import type { Implementation } from '../http/operation.ts';
import { Problem } from '../problem.ts';
import type { Secrets } from '../secrets/hash.ts';
import type { Store, Tx } from '../store/store.ts';
import { type AccountRow, publishAccount, toAccount } from './account-rows.ts';
import { createAccount } from './create-account.ts';
import type { Sessions } from './sessions.ts';

export interface AccountParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly secrets: Secrets;
  readonly sessions: Sessions;
  readonly hostSignIn: boolean;
  /** Makes the credentials of a browser phone worthless and cuts it off. */
  readonly revokePhone: (username: string) => void;
}

export function createAccountOperations({
  store,
  clock,
  secrets,
  sessions,
  hostSignIn,
  revokePhone,
}: AccountParts): Implementation<typeof contract.accounts> {
  async function load(tx: Tx, accountId: string): Promise<AccountRow> {
    const row = await tx.db.selectFrom('accounts').selectAll().where('id', '=', accountId).executeTakeFirst();
    if (row === undefined) throw new Problem('not-found', `There is no account ${accountId}.`);
    return row;
  }

  /** Nobody could make a manager again. */
  async function keepAManager(tx: Tx, changed: AccountRow): Promise<void> {
    if (hostSignIn || isManager(changed)) return;
    const others = await tx.db
      .selectFrom('accounts')
      .select(['roles', 'active'])
      .where('id', '<>', changed.id)
      .execute();
    if (!others.some(isManager))
      throw new Problem('conflict', 'This is the last active manager. Make another one first.');
  }

  return {
    /** Of the staff: buyers may be thousands, and are found as buyers. */
    async list() {
      const rows = await store.db
        .selectFrom('accounts')
        .selectAll()
        .where('customer_id', 'is', null)
        .orderBy('name')
        .orderBy('id')
        .execute();
      return { accounts: rows.map((row) => toAccount(row, clock.now())) };
    },

    create: {
      async prepare({ password }) {
        if (hostSignIn) throw new Problem('not-allowed', 'The host page signs people in; accounts come from there.');
        return secrets.hashSecret(password);
      },
      async write(tx, { password: _, ...account }, { caller }, passwordHash: string) {
        return toAccount(await createAccount(tx, { ...account, passwordHash }, caller.accountId), tx.now);
      },
    },

    update: {
      async prepare({ password }) {
        return password === undefined ? undefined : secrets.hashSecret(password);
      },
      async write(tx, input, { caller }, passwordHash: string | undefined) {
        const before = await load(tx, input.accountId);
        if (passwordHash !== undefined && hostSignIn)
          throw new Problem('not-allowed', 'The host page keeps the passwords.');
        const row: AccountRow = {
          ...before,
          name: input.name ?? before.name,
          roles: input.roles === undefined ? before.roles : JSON.stringify([...new Set(input.roles)]),
          branch: input.branch ?? before.branch,
          device: input.device === undefined ? before.device : JSON.stringify(input.device),
          on_leave: bit(input.onLeave, before.on_leave),
          in_group: bit(input.inGroup, before.in_group),
          call_mode: input.callMode ?? before.call_mode,
          active: bit(input.active, before.active),
          locale: input.locale ?? before.locale,
          password_hash: passwordHash ?? before.password_hash,
          ...(passwordHash === undefined ? {} : { invite_hash: null, invite_expires_at: null }),
          ...(input.unlock === true || passwordHash !== undefined ? { failures: 0, locked_until: null } : {}),
        };
        if (isManager(before)) await keepAManager(tx, row);
        await tx.db.updateTable('accounts').set(row).where('id', '=', row.id).execute();
        // Whoever knew the old password, or was switched off, is out at once.
        if (passwordHash !== undefined || row.active === 0) {
          await sessions.endAll(tx, row.id);
          tx.afterCommit(() => revokePhone(row.username));
        }
        const { accountId: _id, password, ...changes } = input;
        const changed = [...Object.keys(changes), ...(password === undefined ? [] : ['password'])];
        await tx.record({
          actor: caller.accountId,
          action: 'account.changed',
          subject: `account:${row.id}`,
          data: { changed },
        });
        await publishAccount(tx, row);
        return toAccount(row, tx.now);
      },
    },

    setOwn: {
      async write(tx, { device, onLeave, locale }, { caller }) {
        const before = await load(tx, caller.accountId);
        const row: AccountRow = {
          ...before,
          device: device === undefined ? before.device : JSON.stringify(device),
          on_leave: bit(onLeave, before.on_leave),
          locale: locale ?? before.locale,
        };
        await tx.db.updateTable('accounts').set(row).where('id', '=', row.id).execute();
        const changed = Object.entries({ device, onLeave, locale }).flatMap(([name, value]) =>
          value === undefined ? [] : [name],
        );
        await tx.record({
          actor: caller.accountId,
          action: 'account.changed',
          subject: `account:${row.id}`,
          data: { changed },
        });
        await publishAccount(tx, row);
        return toAccount(row, tx.now);
      },
    },
  };
}

function bit(wanted: boolean | undefined, before: 0 | 1): 0 | 1 {
  return wanted === undefined ? before : wanted ? 1 : 0;
}

function isManager(row: { readonly roles: string; readonly active: 0 | 1 }): boolean {
  return row.active === 1 && (JSON.parse(row.roles) as Role[]).includes('manager');
}
