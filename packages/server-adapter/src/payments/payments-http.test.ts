import { afterEach, expect, it } from 'vitest';
import { billedBuyers, createBilling } from '../billing/index.ts';
import { NotedMessages, PaymentsByHand, PRICES, work } from '../billing/testing/billing-stage.ts';
import { findBuyer } from '../buyers/index.ts';
import { FakeZarinpal } from '../connectors/payments/testing/fake-zarinpal.ts';
import { zarinpal } from '../connectors/payments/zarinpal.ts';
import { describeStores } from '../store/testing.ts';
import { createTestDesk, ORIGIN, type Send, type TestDesk } from '../testing/desk.ts';

const DEBT = 37_037_010;

describeStores('a balance paid through a gateway, over HTTP', (makeStore) => {
  let desk: TestDesk | undefined;
  let bank: FakeZarinpal | undefined;
  afterEach(async () => {
    await desk?.stop();
    await bank?.close();
    desk = undefined;
  });

  /** Two buyers, and a debt of the first for work on a case. */
  async function stage() {
    const store = await makeStore();
    const service = await new FakeZarinpal().listen();
    bank = service;
    const gateway = zarinpal({ merchantId: service.merchantId, baseUrl: service.url, timeoutMs: 5_000 });
    const options = { devicePortal: { payments: { gateways: [gateway], publicUrl: `${ORIGIN}/callweave` } } };
    const here = await createTestDesk(store, options);
    desk = here;
    const manager = await here.as('manager');
    const ids: string[] = [];
    for (const [name, nationalCode, telephone] of [
      ['کلینیک مهر', '0499370899', '+989121234567'],
      ['کلینیک ماه', '0790419904', '+989121234568'],
    ]) {
      const address = { city: 'Tehran', street: 'Azadi', building: '12' };
      const person = { name, nationalCode, telephone, operator: 'mci', address, locale: 'fa' };
      const made = await manager('POST', '/buyers', person);
      expect(made.status, made.text).toBe(200);
      ids.push(made.body.customerId as string);
    }
    await manager('PUT', '/price-lists/draft', { ...PRICES, revision: null });
    await manager('POST', '/price-lists/draft/publish', { revision: 1 });
    const [mine = '', other = ''] = ids;
    // The domain beside the desk's, as tickets have it: it shares the tables.
    const billing = createBilling({
      store,
      clock: { now: () => new Date() },
      messages: new NotedMessages(),
      payments: new PaymentsByHand(),
      customerOf: billedBuyers(findBuyer),
      options: undefined,
      timeZone: 'Asia/Tehran',
    });
    await store.write((tx) => billing.recordWork(tx, { ...work('one', 'expert', 3), customerId: mine }));
    const buyer = await here.asBuyer(mine);
    const opened = await buyer('POST', '/billing/mine/payments', {});
    expect(opened.status, opened.text).toBe(200);
    const id = opened.body.paymentId as string;
    return { desk: here, service, manager, buyer, stranger: await here.asBuyer(other), id, mine, store };
  }

  /** As the browser does: to the gateway's page, a press there, and back to the adapter. */
  async function go(to: string, press: 'pay' | 'cancel'): Promise<string> {
    expect(await (await fetch(to)).text()).toContain(`${DEBT} IRR`);
    const left = await fetch(`${to}?choice=${press}`, { redirect: 'manual' });
    const back = new URL(left.headers.get('location') ?? '');
    expect(back.origin).toBe(ORIGIN);
    return back.pathname.replace('/callweave', '') + back.search;
  }
  const owed = async (buyer: Send) => (await buyer('GET', '/billing/mine')).body.balance.amount as number;
  const lines = async (buyer: Send, kind: string) =>
    (await buyer('GET', '/billing/mine/entries')).body.entries.filter((each: { kind: string }) => each.kind === kind);

  it('is credited once, whatever comes back and however often, and can be given back', async () => {
    const { desk, service, manager, buyer, id, store } = await stage();
    expect(await owed(buyer)).toBe(DEBT);
    const started = await buyer('POST', `/payments/${id}/start`, { returnTo: '/account?tab=2' });
    expect(started.body).toMatchObject({ payment: { state: 'at-gateway', gateway: 'zarinpal' } });
    const back = await go(started.body.redirectTo, 'pay');
    const answers = await Promise.all([desk.anyone('GET', back), desk.anyone('GET', back)]);
    answers.push(await desk.anyone('GET', back));
    for (const { status, headers } of answers)
      expect([status, headers.get('location')]).toEqual([303, `${ORIGIN}/account?tab=2&payment=${id}`]);
    expect(await owed(buyer)).toBe(0);
    expect(await lines(buyer, 'payment')).toMatchObject([{ amount: { amount: -DEBT }, paymentId: id }]);
    expect((await buyer('GET', `/payments/${id}`)).body).toMatchObject({
      state: 'paid',
      receiptNumber: 1,
      card: '603799******1234',
      unsettled: null,
    });
    expect(service.broken).toEqual([]);

    const pdf = await buyer('GET', `/payments/${id}/receipt`);
    expect([pdf.status, pdf.headers.get('content-type'), pdf.text.slice(0, 5)]).toEqual([
      200,
      'application/pdf',
      '%PDF-',
    ]);
    expect((await buyer('POST', `/payments/${id}/start`, { returnTo: '/' })).code).toBe('payment-closed');
    expect((await buyer('POST', '/billing/mine/payments', {})).code).toBe('nothing-owed');

    const { attempts } = (await manager('GET', `/payments/${id}/detail`)).body;
    expect(attempts).toMatchObject([{ state: 'verified' }]);
    const order = { attemptId: attempts[0].id, how: 'gateway', reason: 'Charged by mistake' };
    const given = await manager('POST', `/payments/${id}/refund`, order);
    expect(given.body).toMatchObject({ payment: { state: 'refunded' }, refunds: [{ state: 'done' }] });
    expect((await manager('POST', `/payments/${id}/refund`, order)).code).toBe('refund-not-possible');
    expect(await owed(buyer)).toBe(DEBT);
    expect(await lines(buyer, 'refund')).toHaveLength(1);
    expect([...service.transactions.values()].map(({ state }) => state)).toEqual(['reversed']);
    // Neither a key of the gateway nor a card stands in what pages are told.
    const events = await store.db.selectFrom('events').selectAll().where('type', '=', 'payment').execute();
    expect(events.length).toBeGreaterThan(3);
    expect(JSON.stringify(events)).not.toContain(service.merchantId);
  });

  it('left unpaid: nothing is credited, and it is the same payment that is tried again', async () => {
    const { desk, buyer, id } = await stage();
    const first = await buyer('POST', `/payments/${id}/start`, { returnTo: '/account' });
    await desk.anyone('GET', await go(first.body.redirectTo, 'cancel'));
    expect((await buyer('GET', `/payments/${id}`)).body.state).toBe('cancelled');
    expect((await buyer('GET', `/payments/${id}/receipt`)).code).toBe('payment-not-paid');
    expect(await owed(buyer)).toBe(DEBT);
    expect((await buyer('POST', '/billing/mine/payments', {})).body.paymentId).toBe(id);
    const second = await buyer('POST', `/payments/${id}/start`, { returnTo: '/account' });
    await desk.anyone('GET', await go(second.body.redirectTo, 'pay'));
    expect(await owed(buyer)).toBe(0);
    expect((await buyer('GET', '/own-payments')).body).toMatchObject({
      payments: [{ id, state: 'paid' }],
      gateways: ['zarinpal'],
    });
  });

  it('what is not theirs is not there for a stranger, and what is not theirs to do is refused', async () => {
    const { desk, manager, buyer, stranger, id, mine } = await stage();
    for (const [method, path, body] of [
      ['GET', `/payments/${id}`],
      ['GET', `/payments/${id}/receipt`],
      ['POST', `/payments/${id}/check`, {}],
      ['POST', `/payments/${id}/start`, { returnTo: '/' }],
    ] as const) {
      const theirs = await stranger(method, path, body);
      const nothing = await stranger(method, path.replace(id, 'payment_none'), body);
      expect([theirs.status, theirs.code]).toEqual([nothing.status, nothing.code]);
      expect(theirs.code).toBe('not-found');
    }
    expect((await stranger('GET', '/own-payments')).body.payments).toEqual([]);
    for (const who of [buyer, await desk.as('technician'), await desk.as('agent'), await desk.as('supervisor')]) {
      expect((await who('GET', '/payments')).code).toBe('not-allowed');
      expect((await who('GET', `/payments/${id}/detail`)).code).toBe('not-allowed');
      const order = { attemptId: 'a', how: 'outside', reason: 'none of mine' };
      expect((await who('POST', `/payments/${id}/refund`, order)).code).toBe('not-allowed');
    }
    // A manager sees it, and does not pay it.
    expect((await manager('GET', `/payments?customerId=${mine}`)).body.payments).toMatchObject([{ id }]);
    expect((await manager('POST', `/payments/${id}/start`, { returnTo: '/' })).code).toBe('not-allowed');
    expect((await desk.anyone('GET', `/payments/${id}`)).code).toBe('not-signed-in');
    expect((await desk.anyone('GET', '/payment-callbacks/attempt_none?Authority=x&Status=OK')).code).toBe('not-found');
    expect((await buyer('POST', `/payments/${id}/start`, { returnTo: 'https://evil.example' })).code).toBe(
      'return-elsewhere',
    );
  });

  it('a manager lists what somebody has to look at', async () => {
    const { manager, buyer, id } = await stage();
    const ids = async (show: string) =>
      (await manager('GET', `/payments?show=${show}`)).body.payments.map((each: { id: string }) => each.id);
    expect([await ids('unsettled'), await ids('surplus'), await ids('paid'), await ids('all')]).toEqual([
      [],
      [],
      [],
      [id],
    ]);
    await buyer('POST', `/payments/${id}/start`, { returnTo: '/' });
    expect(await ids('unsettled')).toEqual([id]);
    expect((await manager('GET', '/payments?limit=1')).body.unsettled).toBe(1);
    expect((await manager('GET', `/payments?before=${id}`)).body.payments).toEqual([]);
  });
});
