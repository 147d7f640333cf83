import { randomInt } from 'node:crypto';
import type { Store, Tx } from '../store/store.ts';
import { type AccountRow, publishAccount } from './account-rows.ts';

/** Long enough to be handed over at a counter or by post office the next day, short enough to be worthless when found. */
export const INVITATION_HOURS = 72;

/** Without letters and digits that are taken for each other when read out or copied by hand. */
const ALPHABET = '23456789abcdefghjkmnpqrstvwxyz';

/** Four groups of four: 78 bits, and still possible to type from paper. */
export function newOneTimeSecret(): string {
  const group = () => Array.from({ length: 4 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  return Array.from({ length: 4 }, group).join('-');
}

/** The account that stands for a customer, if there is one. */
export async function accountOfCustomer(db: Store['db'], customerId: string): Promise<AccountRow | undefined> {
  return db
    .selectFrom('accounts')
    .selectAll()
    .where('customer_id', '=', customerId)
    .orderBy('created_at')
    .limit(1)
    .executeTakeFirst();
}

/** Accounts of these customers, by customer. */
export async function accountsOfCustomers(
  db: Store['db'],
  customerIds: readonly string[],
): Promise<ReadonlyMap<string, AccountRow>> {
  if (customerIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('accounts')
    .selectAll()
    .where('customer_id', 'in', [...customerIds])
    .orderBy('created_at', 'desc')
    .execute();
  return new Map(rows.map((row) => [row.customer_id ?? '', row]));
}

/**
 * Takes the password away and lets a one-time secret open the account once, to set a new one. Whoever was signed in is
 * out at once.
 */
export async function inviteAccount(
  tx: Tx,
  before: AccountRow,
  { secretHash, actor }: { readonly secretHash: string; readonly actor: string },
): Promise<AccountRow> {
  const row: AccountRow = {
    ...before,
    password_hash: null,
    invite_hash: secretHash,
    invite_expires_at: new Date(tx.now.getTime() + INVITATION_HOURS * 3_600_000).toISOString(),
    failures: 0,
    locked_until: null,
  };
  await keep(tx, row);
  await endSessions(tx, row.id);
  await tx.record({
    actor,
    action: 'account.invited',
    subject: `account:${row.id}`,
    data: { until: row.invite_expires_at },
  });
  await publishAccount(tx, row);
  return row;
}

/** Switches an account off or on, or lifts its lock. */
export async function switchAccount(
  tx: Tx,
  before: AccountRow,
  {
    active,
    unlock,
    actor,
  }: { readonly active?: boolean | undefined; readonly unlock?: boolean | undefined; readonly actor: string },
): Promise<AccountRow> {
  const row: AccountRow = {
    ...before,
    active: active === undefined ? before.active : active ? 1 : 0,
    ...(unlock === true ? { failures: 0, locked_until: null } : {}),
  };
  await keep(tx, row);
  if (row.active === 0) await endSessions(tx, row.id);
  await tx.record({
    actor,
    action: 'account.changed',
    subject: `account:${row.id}`,
    data: { changed: [...(active === undefined ? [] : ['active']), ...(unlock === true ? ['unlock'] : [])] },
  });
  await publishAccount(tx, row);
  return row;
}

async function keep(tx: Tx, row: AccountRow): Promise<void> {
  await tx.db.updateTable('accounts').set(row).where('id', '=', row.id).execute();
}

async function endSessions(tx: Tx, accountId: string): Promise<void> {
  await tx.db.deleteFrom('sessions').where('account_id', '=', accountId).execute();
}
