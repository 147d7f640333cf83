import type { Device, PriceListContent } from '@callweave/sdk/protocol';
import { FakeZarinpal } from '../../connectors/payments/testing/fake-zarinpal.ts';
import { zarinpal } from '../../connectors/payments/zarinpal.ts';
import type { DevicePortalOptions } from '../../device-portal-options.ts';
import type { MakeStore } from '../../store/testing.ts';
import { createTestDesk, type Send } from '../../testing/desk.ts';

const DAY = 86_400_000;

/** A desk where renewals are sold: prices, a gateway, a buyer with devices, and a clock that a test moves on. */
export async function createServiceDesk(makeStore: MakeStore, crm?: DevicePortalOptions['crm']) {
  const gateway = await new FakeZarinpal().listen();
  // Noon in Tehran: the day is the same everywhere.
  const clock = { at: new Date('2026-11-22T08:30:00.000Z'), now: () => clock.at };
  const store = await makeStore({ clock });
  const desk = await createTestDesk(store, {
    clock,
    timeZone: 'Asia/Tehran',
    devicePortal: {
      payments: {
        gateways: [zarinpal({ merchantId: gateway.merchantId, baseUrl: gateway.url })],
        publicUrl: 'http://desk.test/callweave',
        validHours: 1,
      },
      ...(crm === undefined ? {} : { crm }),
    },
  });
  const manager = await desk.as('manager');
  const made = async <T>(method: string, path: string, body: unknown): Promise<T> => {
    const answer = await manager(method, path, body);
    if (answer.status !== 200) throw new Error(`${path}: ${answer.text}`);
    return answer.body as T;
  };
  const names = { en: 'Scanner S1', fa: 'اسکنر اس۱', cs: 'Skener S1' };
  const typeBody = { names, brand: 'Artin', model: 'S1', serviceMonths: 12, warrantyMonths: 24 };
  const type = await made<{ id: string }>('POST', '/device-types', typeBody);
  const buyer = async (nationalCode: string, telephone: string) => {
    const address = { city: 'Tehran', street: 'Azadi', building: '12' };
    const body = { name: 'Sara Karimi', nationalCode, telephone, operator: 'Sara Karimi', address, locale: 'en' };
    return (await made<{ customerId: string }>('POST', '/buyers', body)).customerId;
  };
  const customerId = await buyer('0013542419', '+989121234501');
  const strangerId = await buyer('0499370899', '+989121234502');
  let revision: number | null = null;
  let serial = 0;
  const day = (offset: number) => new Date(clock.at.getTime() + offset * DAY).toISOString().slice(0, 10);
  /** Publishes prices of one, two and three years. */
  const sell = async (prices: Partial<PriceListContent['renewals'][number]['prices']>) => {
    const draft = await made<{ revision: number }>('PUT', '/price-lists/draft', {
      currency: 'IRR',
      unitMinutes: 15,
      work: { simple: 1_000_000, normal: 2_000_000, hard: 3_000_000, expert: 4_000_000 },
      renewals: [{ typeId: type.id, prices: { 1: 30_000_000, 2: 55_000_000, 3: null, ...prices } }],
      revision,
    });
    revision = null;
    await made('POST', '/price-lists/draft/publish', { revision: draft.revision });
  };
  return {
    ...desk,
    clock,
    gateway,
    manager,
    customerId,
    strangerId,
    typeId: type.id,
    buyer: await desk.asBuyer(customerId),
    day,
    sell,
    device: (changes: Partial<Device> = {}) => {
      serial += 1;
      const body = {
        customerId,
        typeId: type.id,
        serial: `SN${serial}`,
        installedOn: day(-300),
        serviceEndsOn: day(30),
      };
      return made<Device>('POST', '/devices', { ...body, ...changes });
    },
    /** As a buyer does at the gateway, up to the browser's way back. */
    async pay(send: Send, paymentId: string, times = 1) {
      const started = await send('POST', `/payments/${paymentId}/start`, { returnTo: '/done' });
      if (started.status !== 200) throw new Error(started.text);
      const back = gateway.finish(String(started.body.redirectTo).split('/').at(-1) ?? '', true);
      const { pathname, search } = new URL(back);
      for (let n = 0; n < times; n += 1)
        await desk.anyone('GET', `${pathname.replace(desk.adapter.basePath, '')}${search}`);
    },
    async stop() {
      await desk.stop();
      await gateway.close();
    },
  };
}

export type ServiceDesk = Awaited<ReturnType<typeof createServiceDesk>>;
