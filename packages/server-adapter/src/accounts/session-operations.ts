import type { contract, SessionView } from '@callweave/sdk/protocol';
import type { Clock } from '../clock.ts';
import type { HttpContext } from '../http/handler.ts';
import type { Implementation, RequestContext } from '../http/operation.ts';
import { Problem } from '../problem.ts';
import type { Secrets } from '../secrets/hash.ts';
import type { Store } from '../store/store.ts';
import { type Exchange, ExchangeError } from '../telephony/exchange.ts';
import { type AccountRow, toAccount } from './account-rows.ts';
import type { Guesses } from './guesses.ts';
import type { Sessions } from './sessions.ts';

export interface SessionParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly secrets: Secrets;
  readonly sessions: Sessions;
  readonly guesses: Guesses;
  readonly exchange: Exchange | undefined;
  /** The host signs people in. */
  readonly hostSignIn: boolean;
  /** Makes the credentials of a browser phone worthless and cuts it off. */
  readonly revokePhone: (username: string) => void;
}

export function createSessionOperations(parts: SessionParts): Implementation<typeof contract.session> {
  const { store, clock, secrets, sessions, guesses, exchange, hostSignIn } = parts;

  const view = (row: AccountRow, expiresAt: string | null): SessionView => {
    const { id, username, name, roles, branch, device, onLeave, locale, customerId } = toAccount(row, clock.now());
    return {
      account: { id, username, name, roles, branch, device, onLeave, locale, customerId },
      ownSignIn: !hostSignIn,
      expiresAt,
      ...(!hostSignIn && row.password_hash === null ? { mustSetPassword: true } : {}),
    };
  };
  const own = async ({ caller }: RequestContext): Promise<AccountRow> => {
    const row = await store.db.selectFrom('accounts').selectAll().where('id', '=', caller.accountId).executeTakeFirst();
    if (row === undefined) throw new Problem('not-signed-in', 'The account is gone.');
    return row;
  };

  return {
    signIn: {
      async prepare({ username, password }) {
        if (hostSignIn) throw new Problem('not-allowed', 'People sign in at the host page here, not at the adapter.');
        return (await guesses.check(username, password)).id;
      },
      async write(tx, _input, context, accountId: string) {
        const row = await tx.db.selectFrom('accounts').selectAll().where('id', '=', accountId).executeTakeFirst();
        // Switched off while the password was being checked.
        if (row === undefined || row.active === 0)
          throw new Problem('wrong-credentials', 'The username or the password is wrong.');
        await tx.db
          .updateTable('accounts')
          .set({ failures: 0, locked_until: null })
          .where('id', '=', accountId)
          .execute();
        const { cookie, expiresAt } = await sessions.open(tx, accountId, context.request);
        await tx.record({ actor: accountId, action: 'session.opened', subject: `account:${accountId}` });
        (context as HttpContext).setCookie(cookie);
        return view(row, expiresAt);
      },
    },

    setPassword: {
      async prepare({ password }, context) {
        const row = await own(context);
        if (hostSignIn || row.password_hash !== null)
          throw new Problem('password-set-already', 'This account has a password.');
        const spoken = password.trim().toLowerCase();
        if (spoken === row.username || (await secrets.verifySecret(spoken, row.invite_hash)))
          throw new Problem('password-too-near', 'This password is known to others.', {
            fields: [{ path: 'password', message: 'must be neither the username nor the one-time secret' }],
          });
        return { passwordHash: await secrets.hashSecret(password), inviteHash: row.invite_hash };
      },
      async write(tx, _input, context, { passwordHash, inviteHash }: { passwordHash: string; inviteHash: string }) {
        const { accountId } = context.caller;
        const { numUpdatedRows } = await tx.db
          .updateTable('accounts')
          .set({
            password_hash: passwordHash,
            invite_hash: null,
            invite_expires_at: null,
            failures: 0,
            locked_until: null,
          })
          .where('id', '=', accountId)
          .where('password_hash', 'is', null)
          // Reset or switched off while the password was being hashed.
          .where('invite_hash', '=', inviteHash)
          .where('active', '=', 1)
          .executeTakeFirst();
        if (numUpdatedRows !== 1n) throw new Problem('password-set-already', 'This account has a password.');
        const open = await sessions.find(context.request);
        await sessions.endAll(tx, accountId, open?.idHash);
        await tx.record({ actor: accountId, action: 'account.password-set', subject: `account:${accountId}` });
        const row = await tx.db
          .selectFrom('accounts')
          .selectAll()
          .where('id', '=', accountId)
          .executeTakeFirstOrThrow();
        return view(row, open?.expiresAt ?? null);
      },
    },

    async get(_input, context) {
      const open = hostSignIn ? undefined : await sessions.find(context.request);
      return view(await own(context), open?.expiresAt ?? null);
    },

    signOut: {
      async write(tx, _input, context) {
        (context as HttpContext).setCookie(await sessions.end(tx, context.request));
        const account = await tx.db
          .selectFrom('accounts')
          .select('username')
          .where('id', '=', context.caller.accountId)
          .executeTakeFirst();
        const elsewhere = await tx.db
          .selectFrom('sessions')
          .select('id_hash')
          .where('account_id', '=', context.caller.accountId)
          .executeTakeFirst();
        // Signed in nowhere: no phone may ring for them any more. Under the host's sign-in we cannot know.
        if (account !== undefined && elsewhere === undefined && !hostSignIn)
          tx.afterCommit(() => parts.revokePhone(account.username));
        await tx.record({
          actor: context.caller.accountId,
          action: 'session.ended',
          subject: `account:${context.caller.accountId}`,
        });
        return {};
      },
    },

    async phoneCredentials(_input, context) {
      if (exchange === undefined)
        throw new Problem('exchange-unavailable', 'The adapter was made without a telephone exchange.');
      const { username } = await own(context);
      try {
        const { expiresAt, ...credentials } = await exchange.credentials(username);
        return { ...credentials, expiresAt: expiresAt.toISOString() };
      } catch (error) {
        if (error instanceof ExchangeError)
          throw new Problem('exchange-unavailable', 'The exchange gave no credentials.', {
            cause: error,
            retryAfterSeconds: 2,
          });
        throw error;
      }
    },
  };
}
