import { afterEach, expect, it } from 'vitest';
import { describeStores } from '../store/testing.ts';
import { createTestDesk, type TestDesk } from '../testing/desk.ts';
import { priceOfRenewal } from './index.ts';
import { billingStage, PRICES, work } from './testing/billing-stage.ts';

describeStores('billing', (makeStore) => {
  let desk: TestDesk | undefined;
  afterEach(async () => {
    await desk?.stop();
    desk = undefined;
  });

  it('publishes prices once, from an instant on, and never changes them', async () => {
    desk = await createTestDesk(await makeStore());
    const manager = await desk.as('manager');
    const draft = await manager('PUT', '/price-lists/draft', { ...PRICES, revision: null });
    expect(draft.body).toMatchObject({ state: 'draft', revision: 1, version: null });
    expect((await manager('PUT', '/price-lists/draft', { ...PRICES, revision: null })).code).toBe('price-list-changed');
    expect((await manager('PUT', '/price-lists/draft', { ...PRICES, currency: 'EUR', revision: 1 })).code).toBe(
      'other-currency',
    );
    expect((await manager('POST', '/price-lists/draft/publish', { revision: 7 })).code).toBe('price-list-changed');
    const past = { revision: 1, validFrom: '2020-01-01T00:00:00.000Z' };
    expect((await manager('POST', '/price-lists/draft/publish', past)).code).toBe('publish-in-past');
    const later = { revision: 1, validFrom: new Date(Date.now() + 86_400_000).toISOString() };
    expect((await manager('POST', '/price-lists/draft/publish', later)).body).toMatchObject({ version: 1 });
    expect((await manager('GET', '/price-lists/current')).body).toEqual({ priceList: null });
    await manager('PUT', '/price-lists/draft', { ...PRICES, revision: null });
    await manager('POST', '/price-lists/draft/publish', { revision: 1 });
    expect((await manager('GET', '/price-lists/current')).body.priceList).toMatchObject({ version: 2 });
    expect((await manager('POST', '/price-lists/draft/publish', { revision: 1 })).code).toBe('not-found');
    const supervisor = await desk.as('supervisor');
    expect((await supervisor('GET', '/price-lists')).code).toBe('not-allowed');
  });

  it('tells of each crossing once, and again after the debt fell', async () => {
    const { store, billing, payments, messages } = await billingStage(await makeStore(), {
      ceiling: { amount: 10_000_000, currency: 'IRR' },
    });
    const charge = (key: string, quantity: number) =>
      store.write((tx) => billing.recordWork(tx, work(key, 'simple', quantity)));
    const told = () => messages.sent.map(({ template }) => template);
    await charge('a', 7);
    expect(told()).toEqual([]);
    await charge('b', 1);
    await charge('c', 1);
    expect(told()).toEqual(['billing-warning']);
    await charge('d', 1);
    await charge('e', 5);
    expect(told()).toEqual(['billing-warning', 'billing-ceiling']);
    expect(await billing.debtOf(store.db, 'customer_1')).toEqual({
      balance: { amount: 15_000_000, currency: 'IRR' },
      threshold: { amount: 8_000_000, currency: 'IRR' },
      ceiling: { amount: 10_000_000, currency: 'IRR' },
      override: false,
    });
    const paid = {
      id: 'payment_1',
      customerId: 'customer_1',
      amount: { amount: 14_000_000, currency: 'IRR' as const },
    };
    await store.write((tx) => payments.settle(tx, paid));
    expect(told()).toHaveLength(2);
    await charge('f', 20);
    expect(told()).toEqual(['billing-warning', 'billing-ceiling', 'billing-ceiling']);
    expect(new Set(messages.sent.map(({ dedupeKey }) => dedupeKey)).size).toBe(3);
  });

  it('gathers a month that is over into one invoice, and never twice', async () => {
    const stage = await billingStage(await makeStore(), { invoices: 'monthly' });
    const { store, billing, clock } = stage;
    // Writes carry the store's time: the month is over when the clock of the domain says so.
    await store.write((tx) => billing.recordWork(tx, work('a')));
    await store.write((tx) => billing.recordWork(tx, work('b', 'hard', 2)));
    clock.at = new Date();
    await billing.gather();
    expect(await store.db.selectFrom('invoices').selectAll().execute()).toEqual([]);
    clock.at = new Date(Date.now() + 40 * 86_400_000);
    await billing.gather();
    await billing.gather();
    const invoices = await store.db.selectFrom('invoices').selectAll().execute();
    expect(invoices.map(({ number, total, line_count }) => [number, total, line_count])).toEqual([[1, 11_000_000, 2]]);
  });

  it('a renewal has the price that holds at the instant, and none before', async () => {
    const { store } = await billingStage(await makeStore());
    const at = new Date('2026-11-22T10:00:00.000Z');
    expect(await priceOfRenewal(store.db, { typeId: 'type_1', years: 2, at })).toMatchObject({
      amount: { amount: 55_000_000, currency: 'IRR' },
      priceListVersion: 1,
    });
    expect(await priceOfRenewal(store.db, { typeId: 'type_1', years: 3, at })).toBeUndefined();
    const before = new Date('2025-12-31T00:00:00.000Z');
    expect(await priceOfRenewal(store.db, { typeId: 'type_1', years: 2, at: before })).toBeUndefined();
  });
});
