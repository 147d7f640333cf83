import { afterEach, expect, it } from 'vitest';
import { FakeZarinpal } from '../connectors/payments/testing/fake-zarinpal.ts';
import { zarinpal } from '../connectors/payments/zarinpal.ts';
import { describeStores } from '../store/testing.ts';
import { MovedClock, startPaymentRig } from './testing/payment-rig.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describeStores('the time of a payment', (makeStore) => {
  let service: FakeZarinpal | undefined;
  afterEach(() => service?.close());

  async function stage() {
    service = await new FakeZarinpal().listen();
    const clock = new MovedClock();
    const store = await makeStore({ clock });
    const gateway = zarinpal({ merchantId: service.merchantId, baseUrl: service.url, timeoutMs: 5_000 });
    return { service, store, ...(await startPaymentRig(store, gateway, { clock })) };
  }

  it('nobody came back within an hour: the attempt is over, and the payment can be tried until its own time is', async () => {
    const { open, start, row, later, service, callback } = await stage();
    const { id } = await open();
    await start(id);
    for (let minute = 0; minute < 70; minute += 5) await later(5 * MINUTE);
    expect(await row(id)).toMatchObject({ state: 'failed', unsettled: null });
    await later(48 * HOUR);
    const second = await start(id);
    await callback(service.finish(second.authority, true));
    expect(await row(id)).toMatchObject({ state: 'paid' });
  });

  it('after its time it cannot be started; who owes it still opens the same one again', async () => {
    const { open, start, row, later, payments, store } = await stage();
    const { id } = await open();
    await later(73 * HOUR);
    expect(await row(id)).toMatchObject({ state: 'expired' });
    await expect(start(id)).rejects.toMatchObject({ code: 'payment-closed' });
    const { dedupe_key, customer_id } = await row(id);
    const again = await store.write((tx) =>
      payments.openPayment(tx, {
        purpose: 'renewal',
        subject: 'renewal:1',
        amount: { amount: 25_000_000, currency: 'IRR' },
        customerId: customer_id,
        accountId: 'account_buyer',
        description: 'Service for two years',
        dedupeKey: dedupe_key,
      }),
    );
    expect(again).toMatchObject({ id, state: 'created' });
  });

  it('a callback that comes after its time is believed as far as the gateway believes it', async () => {
    const { open, start, row, later, service, callback, paid, booked } = await stage();
    const [{ id }, other] = [await open(), await open()];
    const [{ authority }, unpaid] = [await start(id), await start(other.id)];
    // The gateway is down for days: nobody knows of the money.
    for (let fault = 0; fault < 100; fault++) service.faults.push({ kind: 'answer', status: 503, body: 'down' });
    const back = service.finish(authority, true);
    await later(80 * HOUR);
    service.faults.length = 0;
    await callback(back);
    expect(await row(id)).toMatchObject({ state: 'paid', receipt_number: 1 });
    await callback(back);
    await callback(service.finish(unpaid.authority, false));
    await later(HOUR);
    expect(await row(other.id)).toMatchObject({ state: 'expired' });
    expect(paid).toEqual([id]);
    expect(await booked()).toBe(1);
  });

  it('a late payment of one that had expired is booked, although it could not be started any more', async () => {
    const { open, start, row, later, service } = await stage();
    const { id } = await open();
    const { authority } = await start(id);
    for (let minute = 0; minute < 70; minute += 5) await later(5 * MINUTE);
    await later(73 * HOUR);
    expect(await row(id)).toMatchObject({ state: 'expired' });
    service.finish(authority, true);
    await later(HOUR);
    expect(await row(id)).toMatchObject({ state: 'paid' });
  });

  it('pages hear of every payment whose time is over, also of more than a portion', async () => {
    const { open, later, store } = await stage();
    const ids = new Set<string>();
    for (let count = 0; count < 120; count++) ids.add((await open()).id);
    await later(73 * HOUR);
    const events = await store.db.selectFrom('events').selectAll().where('type', '=', 'payment').execute();
    const told = events.map(({ data }) => (typeof data === 'string' ? JSON.parse(data) : data));
    expect(new Set(told.filter(({ state }) => state === 'expired').map(({ id }) => id))).toEqual(ids);
  });
});
