import type { Buyer } from '@callweave/sdk/protocol';
import { type AccountRow, accountsOfCustomers } from '../accounts/index.ts';
import type { Store } from '../store/store.ts';
import { type BuyerRow, toProfile } from './buyer-rows.ts';

export interface BuyerHouse {
  /** The host signs people in: their accounts come from there. */
  readonly hostSignIn: boolean;
  /** The customer base is the host's. */
  readonly hostBase: boolean;
}

/** Buyers as managers see them, with what became of their accounts. */
export async function viewBuyers(
  db: Store['db'],
  rows: readonly BuyerRow[],
  house: BuyerHouse,
  now: Date,
): Promise<Buyer[]> {
  const accounts = house.hostSignIn
    ? new Map<string, AccountRow>()
    : await accountsOfCustomers(
        db,
        rows.map(({ customer_id }) => customer_id),
      );
  return rows.map((row) => {
    const account = accounts.get(row.customer_id);
    return {
      ...toProfile(row),
      account: account === undefined ? null : viewAccount(account, now.toISOString()),
      invitable: !house.hostSignIn,
      keptByHost: house.hostBase,
      updatedAt: row.updated_at,
    };
  });
}

function viewAccount(row: AccountRow, now: string): NonNullable<Buyer['account']> {
  const face = { id: row.id, username: row.username };
  if (row.active === 0) return { ...face, state: 'off', until: null };
  if (row.locked_until !== null && row.locked_until > now) return { ...face, state: 'locked', until: row.locked_until };
  if (row.password_hash !== null) return { ...face, state: 'active', until: null };
  const open = row.invite_expires_at !== null && row.invite_expires_at > now;
  return { ...face, state: open ? 'invited' : 'invitation-over', until: row.invite_expires_at };
}
