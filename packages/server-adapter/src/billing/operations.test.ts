import { afterEach, expect, it } from 'vitest';
import { findBuyer } from '../buyers/index.ts';
import { describeStores } from '../store/testing.ts';
import { createTestDesk, type TestDesk } from '../testing/desk.ts';
import { billedBuyers, createBilling } from './index.ts';
import { NotedMessages, PaymentsByHand, PRICES, work } from './testing/billing-stage.ts';

describeStores('billing over HTTP', (makeStore) => {
  let desk: TestDesk | undefined;
  afterEach(async () => {
    await desk?.stop();
    desk = undefined;
  });

  /** Two buyers, prices, and one charge of the first. */
  async function stage() {
    const store = await makeStore();
    desk = await createTestDesk(store);
    const manager = await desk.as('manager');
    const buyers = [];
    for (const [name, nationalCode, telephone] of [
      ['کلینیک مهر', '0499370899', '+989121234567'],
      ['کلینیک ماه', '0790419904', '+989121234568'],
    ]) {
      const made = await manager('POST', '/buyers', {
        name,
        nationalCode,
        telephone,
        operator: 'mci',
        address: { city: 'Tehran', street: 'Azadi', building: '12' },
        locale: 'fa',
      });
      expect(made.status, made.text).toBe(200);
      buyers.push(made.body.customerId as string);
    }
    await manager('PUT', '/price-lists/draft', { ...PRICES, revision: null });
    expect((await manager('POST', '/price-lists/draft/publish', { revision: 1 })).status).toBe(200);
    const [mine = '', other = ''] = buyers;
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
    const charge = (key: string, quantity: number) =>
      store.write((tx) => billing.recordWork(tx, { ...work(key, 'expert', quantity), customerId: mine }));
    await charge('one', 3);
    return { desk, manager, mine, other, charge, billing, store };
  }

  it('a buyer sees their balance, lines, invoices and PDF; those of another are not there', async () => {
    const { desk, mine, other } = await stage();
    const buyer = await desk.asBuyer(mine);
    const stranger = await desk.asBuyer(other);
    expect((await buyer('GET', '/billing/mine')).body).toMatchObject({
      balance: { amount: 37_037_010, currency: 'IRR' },
      ceiling: { amount: 100_000_000 },
      level: 'clear',
    });
    const { invoices } = (await buyer('GET', '/billing/mine/invoices')).body;
    expect(invoices).toMatchObject([{ number: 1, total: { amount: 37_037_010 } }]);
    const path = `/billing/invoices/${invoices[0].id}`;
    expect((await buyer('GET', path)).body.lines).toMatchObject([{ work: { quantity: 3, priceListVersion: 1 } }]);
    for (const locale of ['fa', 'en', 'cs']) {
      const pdf = await buyer('GET', `${path}/document?locale=${locale}`);
      expect([pdf.status, pdf.headers.get('content-type'), pdf.text.slice(0, 5)]).toEqual([
        200,
        'application/pdf',
        '%PDF-',
      ]);
    }
    expect((await stranger('GET', '/billing/mine')).body.balance.amount).toBe(0);
    expect((await stranger('GET', '/billing/mine/invoices')).body.invoices).toEqual([]);
    for (const each of [path, `${path}/document?locale=fa`]) {
      const answer = await stranger('GET', each);
      const nothing = await stranger('GET', each.replace(invoices[0].id, 'invoice_none'));
      expect([answer.status, answer.code]).toEqual([nothing.status, nothing.code]);
      expect(answer.code).toBe('not-found');
    }
    expect((await buyer('GET', `/customers/${mine}/billing`)).code).toBe('not-allowed');
  });

  it('staff ask for permission above the ceiling, a supervisor grants it for a time and ends it', async () => {
    const { desk, mine, charge, billing, store } = await stage();
    await charge('two', 9);
    const technician = await desk.as('technician');
    const supervisor = await desk.as('supervisor');
    expect((await technician('GET', `/customers/${mine}/billing`)).body.level).toBe('ceiling');
    const asked = await technician('POST', '/billing/overrides', {
      customerId: mine,
      reason: 'Payment comes on Saturday',
    });
    expect(asked.body).toMatchObject({ state: 'requested', customerName: 'کلینیک مهر' });
    const again = await technician('POST', '/billing/overrides', { customerId: mine, reason: 'Please' });
    expect(again.code).toBe('override-open');
    const path = `/billing/overrides/${asked.body.id}`;
    const until = new Date(Date.now() + 86_400_000).toISOString();
    expect((await technician('POST', `${path}/grant`, { until })).code).toBe('not-allowed');
    expect((await supervisor('POST', `${path}/grant`, { until: '2020-01-01T00:00:00.000Z' })).code).toBe(
      'override-end',
    );
    expect((await supervisor('POST', `${path}/grant`, { until })).body).toMatchObject({ state: 'granted', until });
    expect((await billing.debtOf(store.db, mine)).override).toBe(true);
    expect((await billing.debtOf(store.db, mine, new Date(Date.parse(until) + 1))).override).toBe(false);
    expect((await supervisor('POST', `${path}/end`, { reason: 'It was paid' })).body.state).toBe('ended');
    expect((await billing.debtOf(store.db, mine)).override).toBe(false);
    expect((await supervisor('POST', `${path}/end`, { reason: 'Again' })).code).toBe('override-closed');
    const nobody = { customerId: 'customer_none', reason: 'Nobody is there' };
    expect((await technician('POST', '/billing/overrides', nobody)).code).toBe('not-found');
  });

  it('a manager takes a charge back, and a credit note stands beside the invoice', async () => {
    const { desk, manager, mine } = await stage();
    const entries = (await manager('GET', `/customers/${mine}/billing/entries`)).body.entries;
    const path = `/billing/entries/${entries[0].id}/correct`;
    expect((await (await desk.as('supervisor'))('POST', path, { reason: 'Wrong case' })).code).toBe('not-allowed');
    expect((await manager('POST', path, { reason: 'Wrong case' })).body).toMatchObject({ kind: 'correction' });
    expect((await manager('POST', path, { reason: 'Wrong case' })).code).toBe('not-correctable');
    const { invoices } = (await manager('GET', `/customers/${mine}/billing/invoices`)).body;
    expect(invoices).toMatchObject([
      { number: 2, kind: 'credit-note' },
      { number: 1, kind: 'invoice' },
    ]);
    expect((await manager('POST', `/customers/${mine}/billing/invoices`, {})).code).toBe('nothing-to-invoice');
    // Without a gateway nothing can be paid here.
    const buyer = await desk.asBuyer(mine);
    expect((await buyer('POST', '/billing/mine/payments', {})).code).toBe('not-found');
  });
});
