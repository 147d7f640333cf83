import { addMonths, type Payment } from '@callweave/sdk/protocol';
import type { Tx } from '../store/store.ts';
import { type ChoiceRow, changeChoice, findChoice } from './choice-rows.ts';
import type { ServiceContext } from './service-context.ts';

/** What was chosen before for this device no longer is. Of what is done, only what no money was paid for. */
export async function replaceChoices(
  tx: Tx,
  context: ServiceContext,
  deviceId: string,
  states: readonly ('waiting' | 'done')[],
  except?: string,
): Promise<void> {
  const rows = await tx.db
    .selectFrom('service_choices')
    .selectAll()
    .where('device_id', '=', deviceId)
    .where('state', 'in', [...states])
    .orderBy('seq')
    .execute();
  for (const row of rows)
    if (row.id !== except && !(row.state === 'done' && row.kind === 'renewal'))
      await changeChoice(tx, row, { state: 'replaced' }, context.changed);
}

async function choiceOf(tx: Tx, payment: Payment): Promise<ChoiceRow> {
  const row = await findChoice(tx.db, payment.subject.replace('service-choice:', ''));
  if (row === undefined || row.payment_id !== payment.id)
    throw new Error(`The payment ${payment.id} is of a renewal that nobody has chosen.`);
  return row;
}

/**
 * A renewal is paid: the service is longer in the very write that says so. Also when another choice was made meanwhile, or
 * its time was over: a paid renewal is never lost.
 */
export async function bookRenewal(tx: Tx, context: ServiceContext, payment: Payment): Promise<void> {
  const row = await choiceOf(tx, payment);
  // It was paid already: this write comes once, and if it came twice, years would not.
  if (row.settled_at !== null || row.years === null) return;
  const before = await context.devices.findDevice(tx.db, row.device_id);
  await replaceChoices(tx, context, row.device_id, ['waiting', 'done'], row.id);
  const device = await context.devices.extendService(tx, {
    deviceId: row.device_id,
    years: row.years,
    renewalId: row.id,
    actor: row.actor,
  });
  await changeChoice(
    tx,
    row,
    {
      state: 'done',
      service_ended_before: before?.serviceEndsOn ?? null,
      service_ends_on: device.serviceEndsOn,
      settled_at: tx.now.toISOString(),
    },
    context.changed,
  );
}

/** The money went back, so the years do: to the day before, or by as many years where more came after. */
export async function takeBackRenewal(tx: Tx, context: ServiceContext, payment: Payment): Promise<void> {
  const row = await choiceOf(tx, payment);
  if (row.state !== 'done' || row.years === null) return;
  const device = await context.devices.findDevice(tx.db, row.device_id);
  if (device?.serviceEndsOn != null) {
    const paid = await tx.db
      .selectFrom('service_choices')
      .select('id')
      .where('device_id', '=', row.device_id)
      .where('kind', '=', 'renewal')
      .where('state', '=', 'done')
      .where('id', '<>', row.id)
      .executeTakeFirst();
    await context.devices.takeBackService(tx, {
      deviceId: row.device_id,
      serviceEndsOn:
        device.serviceEndsOn === row.service_ends_on
          ? row.service_ended_before
          : addMonths(device.serviceEndsOn, -12 * row.years),
      renewed: paid !== undefined,
      renewalId: row.id,
      actor: row.actor,
    });
  }
  await changeChoice(tx, row, { state: 'refunded' }, context.changed);
}

/** A price does not hold for ever: what was not paid in time has to be chosen anew. */
export async function lapseChoices(context: Pick<ServiceContext, 'store' | 'clock' | 'changed'>): Promise<void> {
  const now = context.clock.now().toISOString();
  const due = (db: Tx['db']) =>
    db
      .selectFrom('service_choices')
      .selectAll()
      .where('state', '=', 'waiting')
      .where('price_holds_until', '<=', now)
      .orderBy('price_holds_until')
      .limit(200);
  if ((await due(context.store.db).execute()).length === 0) return;
  await context.store.write(async (tx) => {
    for (const row of await due(tx.db).execute()) await changeChoice(tx, row, { state: 'lapsed' }, context.changed);
  });
}
