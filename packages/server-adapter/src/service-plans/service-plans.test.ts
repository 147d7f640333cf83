import { addMonths, type ServicePlanChoice } from '@callweave/sdk/protocol';
import { afterEach, expect, it } from 'vitest';
import { describeStores } from '../store/testing.ts';
import { lapseChoices } from './settle.ts';
import { createServiceDesk, type ServiceDesk } from './testing/service-desk.ts';

describeStores('service plans', (makeStore) => {
  const desks: ServiceDesk[] = [];
  afterEach(async () => {
    for (const desk of desks.splice(0)) await desk.stop();
  });
  const open = async () => {
    const desk = await createServiceDesk(makeStore);
    desks.push(desk);
    await desk.sell({});
    return desk;
  };
  const rial = (amount: number) => ({ amount, currency: 'IRR' });
  const renew = (desk: ServiceDesk, deviceId: string, years: number, amount: number) =>
    desk.buyer('POST', `/own-devices/${deviceId}/renewal`, { years, amount: rial(amount) });
  const end = async (desk: ServiceDesk, deviceId: string) =>
    (await desk.manager('GET', `/devices/${deviceId}`)).body.serviceEndsOn;

  it('a renewal is chosen at the price shown, paid at the gateway, and lengthens the service once', async () => {
    const desk = await open();
    const device = await desk.device();
    const { body } = await renew(desk, device.id, 2, 55_000_000);
    expect(body).toMatchObject({ kind: 'renewal', state: 'waiting', years: 2, amount: rial(55_000_000) });
    expect((await renew(desk, device.id, 2, 55_000_000)).body.paymentId).toBe(body.paymentId);
    expect(await end(desk, device.id)).toBe(desk.day(30));
    await desk.pay(desk.buyer, body.paymentId, 3);
    expect(await end(desk, device.id)).toBe(addMonths(desk.day(30), 24));
    const { plans, payable, perCase } = (await desk.buyer('GET', '/own-service-plans')).body;
    expect(plans).toMatchObject([{ device: { service: { state: 'renewed' } }, choice: { state: 'done' } }]);
    expect([payable, perCase.from, perCase.to]).toEqual([true, 1_000_000, 4_000_000]);
    expect((await desk.buyer('GET', `/payments/${body.paymentId}`)).body.description).toContain('SN1');
  });

  it('the price holds for a bounded time, and then the one of that day counts', async () => {
    const desk = await open();
    const device = await desk.device();
    const first = (await renew(desk, device.id, 1, 30_000_000)).body as ServicePlanChoice;
    await desk.sell({ 1: 40_000_000 });
    // Chosen before: it is still the same payment.
    expect((await renew(desk, device.id, 1, 30_000_000)).body.id).toBe(first.id);
    expect((await renew(desk, device.id, 2, 1)).code).toBe('renewal-price-changed');
    desk.clock.at = new Date(Date.parse(first.priceHoldsUntil ?? '') + 1);
    expect((await renew(desk, device.id, 1, 30_000_000)).code).toBe('renewal-price-changed');
    const second = (await renew(desk, device.id, 1, 40_000_000)).body as ServicePlanChoice;
    expect(second.paymentId).not.toBe(first.paymentId);
    expect((await renew(desk, device.id, 3, 1)).code).toBe('renewal-not-sold');
  });

  it('a choice can be changed until it is paid; the payment of an earlier one is not lost', async () => {
    const desk = await open();
    const device = await desk.device({ serviceEndsOn: desk.day(-5) });
    const one = (await renew(desk, device.id, 1, 30_000_000)).body;
    const two = (await renew(desk, device.id, 2, 55_000_000)).body;
    const declined = { confirmed: true, reason: 'Sold it' };
    expect((await desk.buyer('POST', `/own-devices/${device.id}/decline`, declined)).body.state).toBe('done');
    const perCase = await desk.buyer('POST', `/own-devices/${device.id}/per-case`, {});
    expect(perCase.body).toMatchObject({ kind: 'per-case', state: 'done' });
    const [plan] = (await desk.manager('GET', `/customers/${desk.customerId}/service-plans`)).body.plans;
    expect(plan).toMatchObject({ device: { service: { state: 'per-case' } }, choice: { id: perCase.body.id } });
    // The buyer was at the bank all the while.
    await desk.pay(desk.buyer, one.paymentId);
    expect(await end(desk, device.id)).toBe(addMonths(desk.day(-1), 12));
    await desk.pay(desk.buyer, two.paymentId);
    expect(await end(desk, device.id)).toBe(addMonths(desk.day(-1), 36));
    const rows = await desk.store.db.selectFrom('service_choices').selectAll().orderBy('seq').execute();
    expect(rows.map(({ state }) => state)).toEqual(['done', 'done', 'replaced', 'replaced']);
  });

  it('a refund takes the years back, and only those', async () => {
    const desk = await open();
    const device = await desk.device();
    const refund = async (paymentId: string) => {
      const { attempts } = (await desk.manager('GET', `/payments/${paymentId}/detail`)).body;
      const body = { attemptId: attempts[0].id, how: 'outside', reason: 'Agreed' };
      expect((await desk.manager('POST', `/payments/${paymentId}/refund`, body)).status).toBe(200);
    };
    const one = (await renew(desk, device.id, 1, 30_000_000)).body;
    await desk.pay(desk.buyer, one.paymentId);
    const two = (await renew(desk, device.id, 2, 55_000_000)).body;
    await desk.pay(desk.buyer, two.paymentId);
    await refund(one.paymentId);
    expect(await end(desk, device.id)).toBe(addMonths(desk.day(30), 24));
    await refund(two.paymentId);
    const { body } = await desk.manager('GET', `/devices/${device.id}`);
    expect(body).toMatchObject({ serviceEndsOn: desk.day(30), service: { state: 'active' } });
  });

  it('what was not paid in time lapses by itself, and is done all the same when it turns out to be paid', async () => {
    const desk = await open();
    const device = await desk.device();
    const { body } = await renew(desk, device.id, 1, 30_000_000);
    const started = await desk.buyer('POST', `/payments/${body.paymentId}/start`, { returnTo: '/done' });
    desk.clock.at = new Date(Date.parse(body.priceHoldsUntil) + 1000);
    await lapseChoices({ store: desk.store, clock: desk.clock, changed: async () => {} });
    const state = async () => (await desk.buyer('GET', '/own-service-plans')).body.plans[0].choice.state;
    expect(await state()).toBe('lapsed');
    const { pathname, search } = new URL(desk.gateway.finish(started.body.redirectTo.split('/').at(-1), true));
    await desk.anyone('GET', `${pathname.replace(desk.adapter.basePath, '')}${search}`);
    expect(await state()).toBe('done');
    expect(await end(desk, device.id)).toBe(addMonths(device.serviceEndsOn ?? '', 12));
  });

  it('not mine is not there; not installed, no price and not confirmed are refused', async () => {
    const desk = await open();
    const device = await desk.device({ customerId: desk.strangerId });
    expect((await renew(desk, device.id, 1, 30_000_000)).code).toBe('not-found');
    expect((await desk.buyer('POST', `/own-devices/${device.id}/per-case`, {})).code).toBe('not-found');
    const fresh = await desk.device({ installedOn: null, serviceEndsOn: null });
    expect((await renew(desk, fresh.id, 1, 30_000_000)).code).toBe('service-not-activated');
    const own = await desk.device();
    const unconfirmed = { confirmed: false, reason: 'x' };
    expect((await desk.buyer('POST', `/own-devices/${own.id}/decline`, unconfirmed)).code).toBe('invalid-input');
    expect((await desk.manager('POST', `/own-devices/${own.id}/per-case`, {})).status).toBe(403);
    expect(
      (await desk.buyer('GET', '/own-service-plans')).body.plans.map(({ device: { id } }: never) => id),
    ).toHaveLength(2);
  });
});
