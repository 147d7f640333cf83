import { type BalanceLevel, balanceLevelOf, type CustomerBalance, crossedUpwards } from '@callweave/sdk/protocol';
import type { Insertable, Selectable } from 'kysely';
import { agentsWithCustomer } from '../calls/index.ts';
import { newId } from '../id.ts';
import type { Audience, Tx } from '../store/store.ts';
import type { BillingTables } from '../store/tables/billing.ts';
import type { BillingContext, Db } from './billing-context.ts';
import { runningOverride } from './override-rows.ts';

export type EntryRow = Selectable<BillingTables['billing_entries']>;
type EntryDraft = Omit<Insertable<BillingTables['billing_entries']>, 'id' | 'seq' | 'currency' | 'at'>;

/** Who could ask for the account of a customer: agents only while they have them on the line. */
export async function billingAudience(db: Db, customerId: string): Promise<Audience> {
  const agents = await agentsWithCustomer(db, customerId);
  const accounts = agents.map((id) => `account:${id}` as const);
  return [`customer:${customerId}`, ...accounts, 'role:technician', 'role:supervisor', 'role:manager'];
}

export function findEntry(db: Db, dedupeKey: string): Promise<EntryRow | undefined> {
  return db.selectFrom('billing_entries').selectAll().where('dedupe_key', '=', dedupeKey).executeTakeFirst();
}

/**
 * Adds a line to the account, and with it what is owed changes: both in the caller's write. The same key adds nothing
 * twice, whatever is retried.
 */
export async function addEntry(
  tx: Tx,
  context: BillingContext,
  draft: EntryDraft,
): Promise<{ readonly row: EntryRow; readonly isNew: boolean }> {
  const known = await findEntry(tx.db, draft.dedupe_key);
  if (known !== undefined) return { row: known, isNew: false };
  const row = await tx.db
    .insertInto('billing_entries')
    .values({
      ...draft,
      id: newId('entry', tx.now),
      seq: await tx.next('billing-entries'),
      currency: context.policy.currency,
      at: tx.now.toISOString(),
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  await tx.record({
    actor: draft.actor,
    action: `billing.${draft.kind}`,
    subject: `billing-entry:${row.id}`,
    data: {
      customerId: row.customer_id,
      amount: row.amount,
      currency: row.currency,
      corrects: row.corrects,
      paymentId: row.payment_id,
      priceListVersion: row.price_list_version,
    },
  });
  await moveBalance(tx, context, row);
  return { row, isNew: true };
}

async function moveBalance(tx: Tx, context: BillingContext, { customer_id, amount }: EntryRow): Promise<void> {
  const { policy } = context;
  const before = await findAccount(tx.db, context, customer_id);
  const balance = (before?.balance ?? 0) + amount;
  if (!Number.isSafeInteger(balance)) throw new RangeError('The balance is larger than can be counted exactly.');
  const level = balanceLevelOf({ amount: balance, currency: policy.currency }, policy);
  const crossed = crossedUpwards((before?.level ?? 'clear') as BalanceLevel, level);
  const crossings = (before?.crossings ?? 0) + (crossed ? 1 : 0);
  const state = { balance, level, crossings, updated_at: tx.now.toISOString() };
  await tx.db
    .insertInto('billing_accounts')
    .values({ customer_id, currency: policy.currency, ...state })
    .onConflict((conflict) => conflict.columns(['customer_id', 'currency']).doUpdateSet(state))
    .execute();
  if (crossed && level !== 'clear') await tellOfCrossing(tx, context, customer_id, level, crossings);
  await publishBalance(tx, context, customer_id);
}

/** By text message, once for each crossing: the key names it for ever. The message holds no name and no sum. */
async function tellOfCrossing(
  tx: Tx,
  { customerOf, messages }: BillingContext,
  customerId: string,
  level: 'warning' | 'ceiling',
  crossing: number,
): Promise<void> {
  const customer = await customerOf(tx.db, customerId);
  if (customer?.telephone == null) return;
  await messages.send(tx, {
    to: customer.telephone,
    template: `billing-${level}`,
    values: {},
    locale: customer.locale,
    purpose: `billing-${level}`,
    dedupeKey: `billing:${customerId}:${crossing}`,
  });
}

function findAccount(db: Db, { policy }: BillingContext, customerId: string) {
  return db
    .selectFrom('billing_accounts')
    .selectAll()
    .where('customer_id', '=', customerId)
    .where('currency', '=', policy.currency)
    .executeTakeFirst();
}

/** What a customer owes, against what they may owe. */
export async function balanceOf(
  db: Db,
  context: BillingContext,
  customerId: string,
  at: Date,
): Promise<CustomerBalance> {
  const { policy } = context;
  const account = await findAccount(db, context, customerId);
  const balance = { amount: account?.balance ?? 0, currency: policy.currency };
  return {
    customerId,
    balance,
    threshold: policy.threshold,
    ceiling: policy.ceiling,
    // Not the level of the last change: the limits may have been set anew since.
    level: balanceLevelOf(balance, policy),
    overrideUntil: (await runningOverride(db, customerId, at))?.ends_at ?? null,
  };
}

export async function publishBalance(tx: Tx, context: BillingContext, customerId: string): Promise<void> {
  const data = await balanceOf(tx.db, context, customerId, tx.now);
  await tx.publish({ type: 'balance', data }, await billingAudience(tx.db, customerId));
}
