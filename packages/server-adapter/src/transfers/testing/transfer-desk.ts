import { IRAN, type Transfer, type TransferOffer } from '@callweave/sdk/protocol';
import { vi } from 'vitest';
import { findBuyer, findBuyerByNationalCode } from '../../buyers/index.ts';
import type { SmsDriver, SmsMessage } from '../../connectors/sms/sms-driver.ts';
import type { MakeStore } from '../../store/testing.ts';
import { createTestDesk, type Send } from '../../testing/desk.ts';
import { createTransfers, type TransfersOptions } from '../index.ts';

/** A clock that a test sets. */
class SetClock {
  at = new Date('2026-11-22T08:00:00.000Z');
  now(): Date {
    return this.at;
  }
  advance(ms: number): void {
    this.at = new Date(this.at.getTime() + ms);
  }
}

export const MINUTE = 60_000;
export const DAY = 24 * 60 * MINUTE;
export const LINK = 'https://shop.example/transfer#';
export const HEIR = { name: 'Nima Karimi', nationalCode: '0790419904', telephone: '09123450009', locale: 'en' };
export const HEIR_ADDRESS = {
  operator: 'Nima',
  address: { city: 'Shiraz', street: 'Zand', building: '7' },
};

/** A desk with two buyers with a device each, prices, and a service for text messages that keeps them. */
export async function createTransferDesk(makeStore: MakeStore, transfers: TransfersOptions = { acceptUrl: LINK }) {
  const clock = new SetClock();
  const store = await makeStore({ clock });
  const sent: SmsMessage[] = [];
  const driver: SmsDriver = {
    name: 'kept',
    async send(message) {
      sent.push(message);
      return { providerId: message.id, state: 'delivered' };
    },
    find: async () => undefined,
  };
  const desk = await createTestDesk(store, {
    clock,
    timeZone: 'Asia/Tehran',
    sms: { driver },
    devicePortal: { transfers },
    session: { idleMinutes: 10_000_000, longestMinutes: 10_000_000 },
  });
  const manager = await desk.as('manager');
  const made = async <T>(path: string, body: unknown): Promise<T> => {
    const answer = await manager('POST', path, body);
    if (answer.status !== 200) throw new Error(`${path}: ${answer.text}`);
    return answer.body as T;
  };
  const type = await made<{ id: string }>('/device-types', {
    names: { en: 'Scanner S1', fa: 'اسکنر اس۱', cs: 'Skener S1' },
    brand: 'Artin',
    model: 'S1',
    serviceMonths: 12,
    warrantyMonths: 24,
  });
  const buyer = async (name: string, nationalCode: string, telephone: string) => {
    const { customerId } = await made<{ customerId: string }>('/buyers', {
      name,
      nationalCode,
      telephone,
      operator: name,
      address: { city: 'Tehran', street: 'Azadi', building: '12' },
      locale: 'en',
    });
    const device = await made<{ id: string }>('/devices', {
      customerId,
      typeId: type.id,
      serial: `SN-${telephone.slice(-1)}`,
      installedOn: '2026-10-01',
      serviceEndsOn: '2027-09-30',
    });
    return { customerId, deviceId: device.id, nationalCode, send: await desk.asBuyer(customerId) };
  };
  const sara = await buyer('Sara Ahmadi', '0013542419', '09123450001');
  const omid = await buyer('Omid Rahimi', '0499370899', '09123450002');

  /** The newest text with this template that has not been read yet. */
  const read = new Set<SmsMessage>();
  async function text(template: string): Promise<SmsMessage> {
    return vi.waitFor(
      () => {
        const found = sent.findLast((message) => message.template === template && !read.has(message));
        if (found === undefined) throw new Error(`No ${template} was sent.`);
        read.add(found);
        return found;
      },
      { timeout: 20_000, interval: 20 },
    );
  }
  const codeIn = (message: SmsMessage): string => message.values['code'] ?? '';

  async function start(who: { send: Send; deviceId: string } = sara, newOwner: object = HEIR): Promise<Transfer> {
    const answer = await who.send('POST', '/transfers', { deviceId: who.deviceId, newOwner });
    if (answer.status !== 200) throw new Error(answer.text);
    return answer.body as Transfer;
  }
  async function giveCode(transfer: Transfer, who: { send: Send } = sara): Promise<string> {
    const answer = await who.send('POST', `/transfers/${transfer.id}/code`, {});
    if (answer.status !== 200) throw new Error(answer.text);
    return codeIn(await text('transfer-give-code'));
  }
  const confirm = (transfer: Transfer, code: string, changes: object = {}, who: { send: Send } = sara, headers = {}) =>
    who.send(
      'POST',
      `/transfers/${transfer.id}/confirm`,
      { locale: 'en', digest: transfer.wordings.en.digest, code, ...changes },
      headers,
    );
  /** Up to the link that the new owner gets. */
  async function confirmed(who = sara, newOwner: object = HEIR): Promise<{ transfer: Transfer; token: string }> {
    const transfer = await start(who, newOwner);
    const answer = await confirm(transfer, await giveCode(transfer, who), {}, who);
    if (answer.status !== 200) throw new Error(answer.text);
    const link = (await text('transfer-offer')).values['link'] ?? '';
    return { transfer: answer.body as Transfer, token: link.slice(LINK.length) };
  }
  async function takeCode(token: string): Promise<string> {
    const answer = await desk.anyone('POST', `/transfer-acceptances/${token}/code`, {});
    if (answer.status !== 200) throw new Error(answer.text);
    return codeIn(await text('transfer-take-code'));
  }
  async function offer(token: string): Promise<TransferOffer> {
    const answer = await desk.anyone('GET', `/transfer-acceptances/${token}`);
    if (answer.status !== 200) throw new Error(answer.text);
    return answer.body as TransferOffer;
  }
  const accept = async (token: string, code: string, changes: object = {}, headers = {}) =>
    desk.anyone(
      'POST',
      `/transfer-acceptances/${token}/accept`,
      { locale: 'en', digest: (await offer(token)).wordings.en.digest, code, ...changes },
      headers,
    );
  /** Up to where the house decides. */
  async function accepted(who = sara, newOwner: object = HEIR): Promise<{ transfer: Transfer; token: string }> {
    const { transfer, token } = await confirmed(who, newOwner);
    const answer = await accept(token, await takeCode(token));
    if (answer.status !== 200) throw new Error(answer.text);
    const { body } = await manager('GET', '/transfers');
    const reviewed = (body.transfers as Transfer[]).find(({ id }) => id === transfer.id);
    if (reviewed === undefined) throw new Error('The manager does not see the transfer.');
    return { transfer: reviewed, token };
  }
  const approve = (transfer: Transfer, changes: object = { buyer: HEIR_ADDRESS }) =>
    manager('POST', `/transfers/${transfer.id}/approve`, { revision: transfer.revision, ...changes });

  const unused = () => Promise.reject(new Error('The clock needs none of this.'));
  /** What the housekeeping does once an hour. */
  const { expire } = createTransfers({
    store,
    clock,
    options: transfers,
    messages: { send: unused },
    codes: { send: unused, redeem: unused, use: unused, forgetOld: unused },
    plan: IRAN,
    clientAddress: () => '',
    findDevice: unused,
    moveToOwner: unused,
    findBuyer,
    findBuyerByNationalCode,
    makeBuyer: unused,
    balanceOf: async () => ({ amount: 0, currency: 'IRR' }),
    countOpenTickets: async () => 0,
    closeTickets: unused,
  });

  return {
    ...desk,
    expire,
    clock,
    manager,
    made,
    type,
    sara,
    omid,
    sent,
    text,
    start,
    giveCode,
    confirm,
    confirmed,
    takeCode,
    offer,
    accept,
    accepted,
    approve,
  };
}

export type TransferDesk = Awaited<ReturnType<typeof createTransferDesk>>;
