import { expect, test } from 'vitest';
import type { Client } from '../http/client.ts';
import { createBilling } from './billing.ts';
import { createPriceLists } from './price-lists.ts';

function stage() {
  const asked: string[] = [];
  const answer = (name: string, value: object) => async (input: unknown) => {
    asked.push(`${name} ${JSON.stringify(input)}`);
    return value;
  };
  const balance = { customerId: 'c1', level: 'clear' };
  const client = {
    billing: {
      mine: answer('mine', balance),
      myInvoices: answer('myInvoices', { invoices: [{ id: 'i1' }] }),
      myEntries: answer('myEntries', { entries: [{ id: 'e1' }] }),
      ofCustomer: answer('ofCustomer', balance),
      invoicesOf: answer('invoicesOf', { invoices: [] }),
      entriesOf: answer('entriesOf', { entries: [] }),
      payMine: answer('payMine', { paymentId: 'p1', amount: { amount: 5, currency: 'IRR' } }),
    },
    billingOverrides: {
      list: answer('overrides', { overrides: [] }),
      grant: answer('grant', {}),
    },
  } as unknown as Client;
  return { asked, feature: createBilling(client, 'https://desk.test/callweave/') };
}

test('my account is loaded whole, and again when something of it changed; a closed one no more', async () => {
  const { asked, feature } = stage();
  const followed = feature.follow();
  await expect.poll(() => followed.state.get().status).toBe('ready');
  expect(followed.state.get()).toMatchObject({
    value: { balance: { customerId: 'c1' }, invoices: [{ id: 'i1' }], entries: [{ id: 'e1' }] },
  });
  expect(asked).toEqual(['mine {}', 'myInvoices {"limit":100}', 'myEntries {"limit":100}']);
  feature.handleChange('c1');
  expect(asked).toHaveLength(6);
  followed.close();
  feature.handleChange('c1');
  feature.reload();
  expect(asked).toHaveLength(6);
});

test('of other customers only what concerns the followed one is loaded again', async () => {
  const { asked, feature } = stage();
  const followed = feature.follow('c2');
  await expect.poll(() => followed.state.get().status).toBe('ready');
  feature.handleChange('c1');
  expect(asked).toHaveLength(3);
  feature.handleChange('c2');
  expect(asked).toHaveLength(6);
  feature.reset();
  expect(followed.state.get().status).toBe('loading');
  followed.close();
});

test('commands say what they mean, and a document has an address', async () => {
  const { asked, feature } = stage();
  await feature.pay();
  await feature.pay({ amount: 5, currency: 'IRR' });
  await feature.grantOverride('o1', new Date('2026-12-01T00:00:00Z'));
  expect(asked).toEqual([
    'payMine {}',
    'payMine {"amount":{"amount":5,"currency":"IRR"}}',
    'grant {"overrideId":"o1","until":"2026-12-01T00:00:00.000Z"}',
  ]);
  expect(feature.documentUrl('i 1', 'fa')).toBe(
    'https://desk.test/callweave/billing/invoices/i%201/document?locale=fa',
  );
});

test('after a change of the prices all versions are loaded anew', async () => {
  const asked: string[] = [];
  const answer = (name: string) => async (input: unknown) => {
    asked.push(`${name} ${JSON.stringify(input)}`);
    return { priceLists: [], current: null, currency: 'IRR' };
  };
  const priceLists = createPriceLists({
    priceLists: { list: answer('list'), publish: answer('publish'), discardDraft: answer('discard') },
  } as unknown as Client);
  await priceLists.publish(3, new Date('2027-01-01T00:00:00Z'));
  await priceLists.discardDraft();
  expect(asked).toEqual([
    'publish {"revision":3,"validFrom":"2027-01-01T00:00:00.000Z"}',
    'list {}',
    'discard {}',
    'list {}',
  ]);
});
