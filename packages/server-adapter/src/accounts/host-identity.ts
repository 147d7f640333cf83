import { CallMode, Id, Locale, ResponderDevice, Role } from '@callweave/sdk/protocol';
import * as z from 'zod/mini';
import type { Caller } from '../http/operation.ts';
import { Problem } from '../problem.ts';
import type { Store } from '../store/store.ts';
import { type AccountRow, publishAccount } from './account-rows.ts';

const HostIdentitySchema = z.object({
  id: z.string().check(z.regex(/^[A-Za-z0-9_-]{1,64}$/, 'must be 1 to 64 letters, digits, underscores or hyphens')),
  username: z
    .string()
    .check(
      z.regex(
        /^[A-Za-z0-9._-]{1,40}$/,
        'must be 1 to 40 letters, digits, dots, underscores or hyphens (it is also the name of the browser phone)',
      ),
    ),
  name: z.string().check(z.minLength(1), z.maxLength(120)),
  roles: z.array(Role).check(z.minLength(1)),
  branch: z.optional(z.string()),
  device: z.optional(ResponderDevice),
  inGroup: z.optional(z.boolean()),
  callMode: z.optional(CallMode),
  locale: z.optional(Locale),
  /** Of a buyer: the customer whose devices they see. */
  customerId: z.optional(Id),
});

/**
 * A person as the host knows them. `id` becomes the account's id, so a customer's responders may name it. `device`,
 * `inGroup`, `callMode` and `locale` are taken for the first time only: afterwards the person sets them in the desk.
 */
export type HostIdentity = z.input<typeof HostIdentitySchema>;

export interface HostAccounts {
  /** Makes or brings up to date the account of a person of the host. */
  provision(identity: HostIdentity): Promise<Caller>;
}

export function createHostAccounts(store: Store): HostAccounts {
  /** What was last seen of whom, so that a request of a known person costs no query. */
  const seen = new Map<string, string>();

  return {
    async provision(given) {
      const parsed = z.safeParse(HostIdentitySchema, given);
      if (!parsed.success) {
        const [issue] = parsed.error.issues;
        throw new Error(
          `authenticate() gave an identity that cannot be used: ${issue?.path.join('.')} ${issue?.message}.`,
        );
      }
      const identity = parsed.data;
      const branch = identity.branch ?? 'head office';
      const roles = JSON.stringify([...new Set(identity.roles)]);
      const customerId = identity.customerId ?? null;
      const caller: Caller = {
        accountId: identity.id,
        name: identity.name,
        roles: identity.roles,
        branch,
        ...(customerId === null ? {} : { customerId }),
      };
      const face = JSON.stringify([identity.username, identity.name, roles, branch, customerId]);
      if (seen.get(identity.id) === face) {
        const row = await store.db
          .selectFrom('accounts')
          .select('active')
          .where('id', '=', identity.id)
          .executeTakeFirst();
        if (row?.active === 1) return caller;
      }
      await store.write(async (tx) => {
        const username = identity.username.toLowerCase();
        const before = await tx.db.selectFrom('accounts').selectAll().where('id', '=', identity.id).executeTakeFirst();
        if (before?.active === 0) throw new Problem('not-allowed', 'This account was switched off in the desk.');
        const namesake = await tx.db
          .selectFrom('accounts')
          .select('id')
          .where('username', '=', username)
          .where('id', '<>', identity.id)
          .executeTakeFirst();
        if (namesake !== undefined)
          throw new Error(
            'authenticate() gave a username that belongs to another account. Usernames must be unique: they name the browser phones.',
          );
        const row: AccountRow = {
          id: identity.id,
          username,
          name: identity.name,
          roles,
          branch,
          device: before?.device ?? JSON.stringify(identity.device ?? { kind: 'browser' }),
          on_leave: before?.on_leave ?? 0,
          call_mode: before?.call_mode ?? identity.callMode ?? 'blended',
          customer_id: customerId,
          in_group: before?.in_group ?? (identity.inGroup === true ? 1 : 0),
          active: 1,
          password_hash: null,
          failures: 0,
          locked_until: null,
          invite_hash: null,
          invite_expires_at: null,
          locale: before?.locale ?? identity.locale ?? 'en',
          created_at: before?.created_at ?? tx.now.toISOString(),
        };
        if (
          before !== undefined &&
          JSON.stringify([before.username, before.name, before.roles, before.branch, before.customer_id]) ===
            JSON.stringify([username, row.name, roles, branch, customerId])
        )
          return;
        if (before === undefined) await tx.db.insertInto('accounts').values(row).execute();
        else await tx.db.updateTable('accounts').set(row).where('id', '=', row.id).execute();
        await tx.record({
          actor: 'system',
          action: 'account.provisioned',
          subject: `account:${row.id}`,
          data: { roles: identity.roles },
        });
        await publishAccount(tx, row);
      });
      seen.set(identity.id, face);
      return caller;
    },
  };
}
