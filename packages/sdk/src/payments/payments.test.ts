import { expect, test } from 'vitest';
import type { Client } from '../http/client.ts';
import type { Payment } from '../protocol/payment.ts';
import { createPayments } from './payments.ts';

const payment = (id: string, changes: Partial<Payment> = {}) =>
  ({ id, customerId: 'c1', state: 'created', unsettled: null, paidAt: null, ...changes }) as Payment;

function stage(present: readonly Payment[] = []) {
  const asked: string[] = [];
  const held: (() => void)[] = [];
  const state = { hold: false, unsettled: 0, found: payment('p1') };
  const slowly = async <T>(value: T): Promise<T> => {
    if (state.hold) await new Promise<void>((resolve) => held.push(resolve));
    return value;
  };
  const client = {
    payments: {
      find: () => slowly(state.found),
      start: async (input: object) => {
        asked.push(`start ${JSON.stringify(input)}`);
        return { payment: payment('p1', { state: 'at-gateway' }), redirectTo: 'https://bank.test/1' };
      },
      check: () => slowly(payment('p1', { state: 'at-gateway' })),
      list: async (input: object) => {
        asked.push(`list ${JSON.stringify(input)}`);
        return slowly({ payments: present, unsettled: state.unsettled });
      },
      refund: async () => ({ payment: payment('p1', { state: 'refunded' }), attempts: [], refunds: [] }),
    },
  } as unknown as Client;
  const letGo = () => {
    for (const each of held.splice(0)) each();
  };
  return { asked, state, letGo, feature: createPayments(client, 'https://desk.test/callweave') };
}

test('one payment is followed: by events, by the answer of a start, and until it is closed', async () => {
  const { feature } = stage();
  const followed = feature.follow('p1');
  const shown = () => {
    const present = followed.state.get();
    return present.status === 'ready' ? present.value.state : present.status;
  };
  await expect.poll(shown).toBe('created');
  const { redirectTo } = await feature.start({ paymentId: 'p1', returnTo: '/paid' });
  expect(redirectTo).toBe('https://bank.test/1');
  expect(shown()).toBe('at-gateway');
  feature.handlePayment(payment('p2', { state: 'failed' }));
  expect(shown()).toBe('at-gateway');
  feature.handlePayment(payment('p1', { state: 'paid' }));
  expect(shown()).toBe('paid');
  feature.reset();
  expect(shown()).toBe('loading');
  followed.close();
  feature.handlePayment(payment('p1', { state: 'failed' }));
  expect(shown()).toBe('loading');
});

test('what an event told while the gateway was asked stays: the answer is older', async () => {
  const { feature, state, letGo } = stage();
  const followed = feature.follow('p1');
  await expect.poll(() => followed.state.get().status).toBe('ready');
  state.hold = true;
  const checked = feature.check('p1');
  feature.handlePayment(payment('p1', { state: 'paid' }));
  letGo();
  await checked;
  expect(followed.state.get()).toMatchObject({ value: { state: 'paid' } });
});

test('a list takes in what belongs on it, drops what no longer does, and counts for all events at once', async () => {
  const { asked, feature, state, letGo } = stage([payment('p1', { unsettled: 'surplus' })]);
  state.unsettled = 4;
  const followed = feature.followAll({ show: 'surplus', customerId: 'c1' });
  const ids = () => {
    const present = followed.state.get();
    return present.status === 'ready' ? present.value.map(({ id }) => id) : present.status;
  };
  await expect.poll(ids).toEqual(['p1']);
  expect(followed.unsettled.get()).toBe(4);
  expect(asked).toEqual(['list {"show":"surplus","customerId":"c1","limit":50}']);
  state.hold = true;
  state.unsettled = 2;
  for (const id of ['p2', 'p3', 'p4']) feature.handlePayment(payment(id, { unsettled: 'surplus' }));
  feature.handlePayment(payment('p5', { unsettled: 'surplus', customerId: 'c2' }));
  feature.handlePayment(payment('p6', { unsettled: 'waiting' }));
  feature.handlePayment(payment('p1', { unsettled: null }));
  expect(ids()).toEqual(['p4', 'p3', 'p2']);
  state.hold = false;
  letGo();
  await expect.poll(() => followed.unsettled.get()).toBe(2);
  // The first, and once more for all that came meanwhile.
  await expect.poll(() => asked.filter((each) => each.includes('"unsettled"'))).toHaveLength(2);
  followed.close();
});

test('older ones follow the last one that is shown; what comes after it was closed is nobody’s', async () => {
  const page = Array.from({ length: 50 }, (_, index) => payment(`p${100 + index}`));
  const { asked, feature, state, letGo } = stage(page);
  const followed = feature.followAll();
  await expect.poll(() => followed.more.get()).toBe(true);
  await followed.older();
  expect(asked.at(-1)).toBe('list {"before":"p100","limit":50}');
  state.hold = true;
  const older = followed.older();
  feature.reset();
  letGo();
  await older;
  expect(followed.state.get().status).toBe('loading');
  followed.close();
});

test('a receipt has an address', () => {
  expect(stage().feature.receiptUrl('p 1')).toBe('https://desk.test/callweave/payments/p%201/receipt');
});
