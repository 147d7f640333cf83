import type { Buyer, contract } from '@callweave/sdk/protocol';
import { accountOfCustomer, createAccount, inviteAccount, newOneTimeSecret, switchAccount } from '../accounts/index.ts';
import { changesBetween, recordChange } from '../audit/index.ts';
import { customerSummaries } from '../customers/index.ts';
import type { Implementation } from '../http/operation.ts';
import { newId } from '../id.ts';
import { Problem } from '../problem.ts';
import type { Store } from '../store/store.ts';
import type { BuyerRow } from './buyer-rows.ts';
import type { BuyersParts } from './operations.ts';

interface Shown {
  readonly load: (db: Store['db'], customerId: string) => Promise<BuyerRow>;
  readonly show: (db: Store['db'], row: BuyerRow) => Promise<Buyer>;
}

/** How buyers come to sign in (D1): only by a manager, who never knows their password. */
export function createBuyerAccess(
  { store, secrets, house, messages }: BuyersParts,
  { load, show }: Shown,
): Pick<Implementation<typeof contract.buyers>, 'invite' | 'setAccount'> {
  const refuseHost = () => {
    if (house.hostSignIn) throw new Problem('not-allowed', 'The host page signs people in; accounts come from there.');
  };

  return {
    invite: {
      async prepare({ customerId }) {
        refuseHost();
        await load(store.db, customerId);
        const secret = newOneTimeSecret();
        return { secret, secretHash: await secrets.hashSecret(secret) };
      },
      async write(tx, input, { caller }, { secret, secretHash }: { secret: string; secretHash: string }) {
        const row = await load(tx.db, input.customerId);
        const actor = caller.accountId;
        const known = await accountOfCustomer(tx.db, row.customer_id);
        if (known?.active === 0)
          throw new Problem('conflict', 'The account is switched off. Switch it on before you invite.');
        const account =
          known ??
          (await createAccount(
            tx,
            {
              username:
                input.username ??
                (await customerSummaries(tx.db, [row.customer_id])).get(row.customer_id)?.username ??
                row.customer_id,
              passwordHash: null,
              name: row.name,
              roles: ['buyer'],
              branch: '-',
              device: { kind: 'browser' },
              inGroup: false,
              customerId: row.customer_id,
              locale: row.locale as Buyer['locale'],
            },
            actor,
          ));
        const invited = await inviteAccount(tx, account, { secretHash, actor });
        await recordChange(tx, {
          actor,
          subject: `buyer:${row.customer_id}`,
          changes: { invitedUntil: { from: known?.invite_expires_at ?? null, to: invited.invite_expires_at } },
        });
        const expiresAt = invited.invite_expires_at ?? tx.now.toISOString();
        if (input.byTextMessage)
          await messages.send(tx, {
            to: row.telephone,
            template: 'buyer-invitation',
            values: { username: invited.username, secret },
            locale: row.locale as Buyer['locale'],
            purpose: 'buyer-invitation',
            // Each invitation has a secret of its own, and only the latest one opens anything.
            dedupeKey: `buyer-invitation:${newId('invitation', tx.now)}`,
            sendBefore: new Date(expiresAt),
          });
        return { buyer: await show(tx.db, row), secret, expiresAt };
      },
    },

    setAccount: {
      async prepare() {
        refuseHost();
      },
      async write(tx, { customerId, active, unlock, reason }, { caller }) {
        const row = await load(tx.db, customerId);
        const account = await accountOfCustomer(tx.db, customerId);
        if (account === undefined) throw new Problem('not-found', 'This buyer has no account yet.');
        const before = { active: account.active === 1, locked: account.locked_until };
        const after = await switchAccount(tx, account, { active, unlock, actor: caller.accountId });
        await recordChange(tx, {
          actor: caller.accountId,
          subject: `buyer:${customerId}`,
          changes: changesBetween(before, { active: after.active === 1, locked: after.locked_until }, [
            'active',
            'locked',
          ]),
          reason,
        });
        return show(tx.db, row);
      },
    },
  };
}
