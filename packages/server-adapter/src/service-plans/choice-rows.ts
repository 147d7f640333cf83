import type { Currency, ServicePlanChoice } from '@callweave/sdk/protocol';
import type { Database } from '../store/schema.ts';
import type { Store, Tx } from '../store/store.ts';

export type ChoiceRow = Database['service_choices'];
type Db = Store['db'];

/** Hears of every choice and of what becomes of it, in the write that changes it. */
export type ChoiceListener = (tx: Tx, choice: ServicePlanChoice) => Promise<void>;

export function toChoice(row: ChoiceRow): ServicePlanChoice {
  return {
    id: row.id,
    deviceId: row.device_id,
    customerId: row.customer_id,
    kind: row.kind as ServicePlanChoice['kind'],
    state: row.state as ServicePlanChoice['state'],
    years: row.years as ServicePlanChoice['years'],
    amount:
      row.amount === null || row.currency === null ? null : { amount: row.amount, currency: row.currency as Currency },
    priceHoldsUntil: row.price_holds_until,
    paymentId: row.payment_id,
    reason: row.reason,
    serviceEndsOn: row.service_ends_on,
    chosenAt: row.chosen_at,
    settledAt: row.settled_at,
  };
}

export const findChoice = (db: Db, id: string): Promise<ChoiceRow | undefined> =>
  db.selectFrom('service_choices').selectAll().where('id', '=', id).executeTakeFirst();

/** A choice as it stands now. */
export async function readChoice(db: Db, id: string): Promise<ServicePlanChoice | undefined> {
  const row = await findChoice(db, id);
  return row === undefined ? undefined : toChoice(row);
}

/** The last choice of a customer for a device. */
export const lastChoice = (db: Db, deviceId: string, customerId: string): Promise<ChoiceRow | undefined> =>
  db
    .selectFrom('service_choices')
    .selectAll()
    .where('device_id', '=', deviceId)
    .where('customer_id', '=', customerId)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();

export async function nextSeq(tx: Tx, deviceId: string): Promise<number> {
  const row = await tx.db
    .selectFrom('service_choices')
    .select('seq')
    .where('device_id', '=', deviceId)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  return (row?.seq ?? 0) + 1;
}

export async function insertChoice(tx: Tx, row: ChoiceRow, changed: ChoiceListener): Promise<ServicePlanChoice> {
  await tx.db.insertInto('service_choices').values(row).execute();
  return tellChoice(tx, row, changed);
}

/** Writes what became of a choice, and tells who may see it. */
export async function changeChoice(
  tx: Tx,
  row: ChoiceRow,
  set: Partial<ChoiceRow>,
  changed: ChoiceListener,
): Promise<ServicePlanChoice> {
  await tx.db.updateTable('service_choices').set(set).where('id', '=', row.id).execute();
  return tellChoice(tx, { ...row, ...set }, changed);
}

async function tellChoice(tx: Tx, row: ChoiceRow, changed: ChoiceListener): Promise<ServicePlanChoice> {
  const choice = toChoice(row);
  await tx.record({
    actor: row.actor,
    action: `service-choice.${choice.state}`,
    subject: `service-choice:${choice.id}`,
    data: { device: choice.deviceId, kind: choice.kind, years: choice.years, amount: choice.amount?.amount ?? null },
  });
  await tx.publish({ type: 'service-choice', data: choice }, [
    `customer:${choice.customerId}`,
    'role:manager',
    'role:supervisor',
    'role:agent',
    'role:technician',
  ]);
  await changed(tx, choice);
  return choice;
}
