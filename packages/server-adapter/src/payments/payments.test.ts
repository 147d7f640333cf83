import { afterEach, expect, it } from 'vitest';
import { FakeZarinpal } from '../connectors/payments/testing/fake-zarinpal.ts';
import { FakeZibal } from '../connectors/payments/testing/fake-zibal.ts';
import { zarinpal } from '../connectors/payments/zarinpal.ts';
import { zibal } from '../connectors/payments/zibal.ts';
import { newId } from '../id.ts';
import { describeStores } from '../store/testing.ts';
import { startPaymentRig } from './testing/payment-rig.ts';

const services = {
  zarinpal: async () => {
    const service = await new FakeZarinpal().listen();
    return { service, gateway: zarinpal({ merchantId: service.merchantId, baseUrl: service.url, timeoutMs: 2_000 }) };
  },
  zibal: async () => {
    const service = await new FakeZibal().listen();
    return { service, gateway: zibal({ merchant: service.merchant, baseUrl: service.url, timeoutMs: 2_000 }) };
  },
};

describeStores('payments', (makeStore) => {
  const ends: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const end of ends.splice(0)) await end();
  });
  const rigFor = async (name: keyof typeof services) => {
    const { service, gateway } = await services[name]();
    ends.push(() => service.close());
    return { service, ...(await startPaymentRig(await makeStore(), gateway)) };
  };

  it.each(['zarinpal', 'zibal'] as const)(
    '%s: paid once, whatever comes back, and the handler ran once',
    async (name) => {
      const { service, open, start, callback, paid, row, payments } = await rigFor(name);
      const payment = await open();
      const { authority } = await start(payment.id);
      const back = service.finish(authority, true);
      expect((await callback(back)).headers.get('location')).toBe(`https://shop.example/done?payment=${payment.id}`);
      await callback(back);
      await payments.reconcile();
      expect(await row(payment.id)).toMatchObject({ state: 'paid', receipt_number: 1, unsettled: null });
      expect(paid).toEqual([payment.id]);
      expect(service.broken).toEqual([]);
    },
  );

  it.each(['zarinpal', 'zibal'] as const)(
    '%s: the window is closed after paying: reconciliation finds it',
    async (name) => {
      const { service, open, start, paid, row, later } = await rigFor(name);
      const payment = await open();
      const { authority } = await start(payment.id);
      service.finish(authority, true);
      await later(5 * 60_000);
      expect(await row(payment.id)).toMatchObject({ state: 'paid' });
      expect(paid).toEqual([payment.id]);
    },
  );

  it.each(['zarinpal', 'zibal'] as const)(
    '%s: confirmed there and not heard here is paid all the same',
    async (name) => {
      const { service, open, start, callback, paid, row, later } = await rigFor(name);
      const payment = await open();
      const { authority } = await start(payment.id);
      service.faults.push({ kind: 'silence-after', method: 'verify' });
      await callback(service.finish(authority, true));
      expect(await row(payment.id)).toMatchObject({ state: 'at-gateway', unsettled: 'waiting' });
      await later(5 * 60_000);
      expect(await row(payment.id)).toMatchObject({ state: 'paid', unsettled: null });
      expect(paid).toEqual([payment.id]);
    },
  );

  it.each(['zarinpal', 'zibal'] as const)('%s: another amount in its books pays nothing', async (name) => {
    const { service, open, start, callback, paid, row } = await rigFor(name);
    const payment = await open();
    const { authority } = await start(payment.id);
    const transaction = service.transactions.get(authority);
    if (transaction !== undefined) transaction.amount = 1_000;
    await callback(service.finish(authority, true));
    expect(await row(payment.id)).toMatchObject({ state: 'failed' });
    expect(transaction?.state).toBe('paid');
    expect(paid).toEqual([]);
  });

  it.each(['zarinpal', 'zibal'] as const)(
    '%s: two windows, both paid: one pays, the other is given back or shown',
    async (name) => {
      const { service, open, start, callback, paid, row, payments } = await rigFor(name);
      const payment = await open();
      const [one, two] = [await start(payment.id), await start(payment.id)];
      await callback(service.finish(one.authority, true));
      await callback(service.finish(two.authority, true));
      expect(await row(payment.id)).toMatchObject({ state: 'paid', unsettled: 'surplus' });
      await payments.reconcile();
      expect(paid).toEqual([payment.id]);
      expect((await row(payment.id)).unsettled).toBe(name === 'zarinpal' ? null : 'surplus');
      expect(service.transactions.get(two.authority)?.state).toBe(name === 'zarinpal' ? 'reversed' : 'verified');
      expect(service.transactions.get(one.authority)?.state).toBe('verified');
    },
  );

  it('a cancelled payment is tried again with a new authority; a forged or foreign callback is nothing', async () => {
    const { service, open, start, callback, paid, row } = await rigFor('zarinpal');
    const [payment, other] = [await open(), await open()];
    const first = await start(payment.id);
    await callback(service.finish(first.authority, false));
    expect(await row(payment.id)).toMatchObject({ state: 'cancelled' });
    const second = await start(payment.id);
    expect(second.authority).not.toBe(first.authority);
    const foreign = new URL(service.backTo(second.authority, true));
    foreign.searchParams.set('Authority', (await start(other.id)).authority);
    await expect(callback(foreign.href)).rejects.toMatchObject({ code: 'not-found' });
    // It says that it was paid, and it was not.
    await callback(service.backTo(second.authority, true));
    expect(paid).toEqual([]);
    expect((await row(payment.id)).state).toBe('cancelled');
  });

  it('what was paid for cannot be written: not paid, shown to the manager, and written when it can be', async () => {
    const { service, open, start, callback, paid, row, breakHandler, later } = await rigFor('zarinpal');
    const payment = await open();
    const { authority } = await start(payment.id);
    breakHandler(true);
    await callback(service.finish(authority, true));
    expect(await row(payment.id)).toMatchObject({ state: 'at-gateway', unsettled: 'not-booked' });
    breakHandler(false);
    await later(5 * 60_000);
    expect(await row(payment.id)).toMatchObject({ state: 'paid', unsettled: null });
    expect(paid).toEqual([payment.id]);
  });

  it('gateway down at request: nothing is open, and it can be tried again; no page elsewhere, no buyer but its own', async () => {
    const { service, open, start, row, as } = await rigFor('zarinpal');
    const payment = await open();
    service.faults.push({ kind: 'answer', status: 502, body: '<html>' });
    await expect(start(payment.id)).rejects.toMatchObject({ code: 'gateway-unavailable' });
    expect(await row(payment.id)).toMatchObject({ state: 'created' });
    for (const elsewhere of ['//evil.example/x', 'https://evil.example', '/\\evil.example', 'javascript:alert(1)'])
      await expect(start(payment.id, elsewhere)).rejects.toMatchObject({ code: 'return-elsewhere' });
    await expect(as(newId('customer')).start(payment.id)).rejects.toMatchObject({ code: 'not-found' });
    await start(payment.id);
    expect(await row(payment.id)).toMatchObject({ state: 'at-gateway' });
  });
});
