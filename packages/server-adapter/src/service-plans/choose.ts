import {
  type Amount,
  type Device,
  type RenewalYears,
  renewalPriceIn,
  type ServicePlanChoice,
} from '@callweave/sdk/protocol';
import type { Caller } from '../http/operation.ts';
import { newId } from '../id.ts';
import { Problem } from '../problem.ts';
import type { Tx } from '../store/store.ts';
import { type ChoiceRow, insertChoice, lastChoice, nextSeq, toChoice } from './choice-rows.ts';
import { renewalWords } from './renewal-words.ts';
import type { ServiceContext } from './service-context.ts';
import { replaceChoices } from './settle.ts';

/** Somebody else's device looks as if there were none. */
async function ownDevice(tx: Tx, { devices }: ServiceContext, deviceId: string, caller: Caller): Promise<Device> {
  const device = await devices.findDevice(tx.db, deviceId);
  if (device === undefined || caller.customerId === undefined || device.customerId !== caller.customerId)
    throw new Problem('not-found', `There is no device ${deviceId}.`);
  if (device.service.state === 'not-activated')
    throw new Problem('service-not-activated', 'The device was not installed yet: its service has not begun.');
  return device;
}

/**
 * Chooses a renewal and opens its payment. The price is that of this moment and holds as long as the payment can be
 * started. The same choice again, while it holds, is the same payment: two tabs do not pay one renewal twice.
 */
export async function chooseRenewal(
  tx: Tx,
  context: ServiceContext,
  { deviceId, years, amount }: { readonly deviceId: string; readonly years: RenewalYears; readonly amount: Amount },
  caller: Caller,
): Promise<ServicePlanChoice> {
  const device = await ownDevice(tx, context, deviceId, caller);
  if (context.payments === undefined) throw new Problem('no-gateway', 'Nothing can be paid here.');
  const last = await lastChoice(tx.db, deviceId, device.customerId);
  const holds =
    last?.state === 'waiting' && last.price_holds_until !== null && last.price_holds_until > tx.now.toISOString();
  if (holds && last.years === years && last.amount === amount.amount && last.currency === amount.currency)
    return toChoice(last);
  const list = await context.priceListInForce(tx.db, tx.now);
  const price = list && renewalPriceIn(list, device.typeId, years);
  if (list === undefined || price === undefined || price.amount === 0)
    throw new Problem('renewal-not-sold', `No renewal for ${years} years is sold for this device now.`);
  if (price.amount !== amount.amount || price.currency !== amount.currency)
    throw new Problem('renewal-price-changed', 'The price is another one now.');

  await replaceChoices(tx, context, deviceId, ['waiting']);
  const id = newId('choice', tx.now);
  const locale = await context.localeOf(tx.db, device.customerId);
  const payment = await context.payments.openPayment(tx, {
    purpose: 'renewal',
    subject: `service-choice:${id}`,
    amount: price,
    customerId: device.customerId,
    accountId: caller.accountId,
    description: renewalWords(locale, device, years),
    dedupeKey: `renewal:${id}`,
  });
  return insertChoice(
    tx,
    {
      ...(await blank(tx, id, device, caller)),
      kind: 'renewal',
      state: 'waiting',
      years,
      amount: price.amount,
      currency: price.currency,
      price_list_id: list.id,
      price_list_version: list.version,
      price_holds_until: payment.expiresAt,
      payment_id: payment.id,
    },
    context.changed,
  );
}

export async function choosePerCase(
  tx: Tx,
  context: ServiceContext,
  { deviceId }: { readonly deviceId: string },
  caller: Caller,
): Promise<ServicePlanChoice> {
  const device = await ownDevice(tx, context, deviceId, caller);
  const last = await lastChoice(tx.db, deviceId, device.customerId);
  if (last?.kind === 'per-case' && last.state === 'done' && device.service.choice === 'per-case') return toChoice(last);
  if ((await context.priceListInForce(tx.db, tx.now)) === undefined)
    throw new Problem('no-price', 'There are no prices of cases yet.');
  await replaceChoices(tx, context, deviceId, ['waiting', 'done']);
  await context.devices.setPerCase(tx, { deviceId, actor: caller.accountId });
  return settled(tx, context, device, caller, { kind: 'per-case' });
}

export async function declineService(
  tx: Tx,
  context: ServiceContext,
  { deviceId, reason }: { readonly deviceId: string; readonly reason: string },
  caller: Caller,
): Promise<ServicePlanChoice> {
  const device = await ownDevice(tx, context, deviceId, caller);
  const last = await lastChoice(tx.db, deviceId, device.customerId);
  const same = last?.kind === 'declined' && last.state === 'done' && last.reason === reason;
  if (same && device.service.choice === 'declined') return toChoice(last);
  await replaceChoices(tx, context, deviceId, ['waiting', 'done']);
  await context.devices.declineService(tx, { deviceId, reason, actor: caller.accountId });
  return settled(tx, context, device, caller, { kind: 'declined', reason });
}

async function settled(tx: Tx, context: ServiceContext, device: Device, caller: Caller, set: Partial<ChoiceRow>) {
  const row = await blank(tx, newId('choice', tx.now), device, caller);
  return insertChoice(tx, { ...row, state: 'done', settled_at: tx.now.toISOString(), ...set }, context.changed);
}

const blank = async (tx: Tx, id: string, device: Device, caller: Caller): Promise<ChoiceRow> => ({
  id,
  device_id: device.id,
  seq: await nextSeq(tx, device.id),
  customer_id: device.customerId,
  kind: 'renewal',
  state: 'waiting',
  years: null,
  amount: null,
  currency: null,
  price_list_id: null,
  price_list_version: null,
  price_holds_until: null,
  payment_id: null,
  reason: null,
  service_ended_before: null,
  service_ends_on: null,
  actor: caller.accountId,
  chosen_at: tx.now.toISOString(),
  settled_at: null,
});
