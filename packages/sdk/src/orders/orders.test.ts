import { expect, test } from 'vitest';
import type { Client } from '../http/client.ts';
import type { Order } from '../protocol/order.ts';
import { createOrders } from './orders.ts';

const order = (id: string, number: number, changes: Partial<Order> = {}): Order => ({
  id,
  number,
  customer: { id: 'customer_1', name: 'Sara', username: '10001', kind: 'both' },
  section: 'securities',
  instrument: { code: 'IRO1FOLD0001', symbol: 'فولاد', name: 'فولاد مبارکه', kind: 'share' },
  terms: {
    side: 'buy',
    instrumentCode: 'IRO1FOLD0001',
    quantity: 10,
    price: { kind: 'market' },
    validity: { kind: 'day' },
  },
  state: 'draft',
  branch: 'call-centre',
  filledQuantity: 0,
  fills: [],
  claimedBy: null,
  reason: null,
  replaces: null,
  replacedBy: null,
  instructions: [
    {
      id: `i_${id}`,
      kind: 'new',
      callId: 'call_1',
      agentId: 'a',
      state: 'draft',
      readBackAt: null,
      submittedAt: null,
      recordingId: null,
      recordingOffsetMs: null,
    },
  ],
  createdAt: '2026-11-22T10:00:00.000Z',
  submittedAt: null,
  updatedAt: '2026-11-22T10:00:00.000Z',
  ...changes,
});

/** The part of the client that the feature uses, with the moment of each answer in the test's hand. */
function stage() {
  const lists: ((orders: Order[]) => void)[] = [];
  const client = {
    orders: { list: () => new Promise((resolve) => lists.push((orders) => resolve({ orders }))) },
  } as unknown as Client;
  return { orders: createOrders(client), lists };
}

const ids = (state: ReturnType<ReturnType<typeof createOrders>['follow']>['state']) => {
  const value = state.get();
  return value.status === 'ready' ? value.value.map(({ id }) => id) : value.status;
};

test('what happens while a list is being loaded wins over what was loaded', async () => {
  const { orders, lists } = stage();
  const { state } = orders.follow({ callId: 'call_1' });
  expect(ids(state)).toBe('loading');
  orders.handleOrder(order('new', 3));
  orders.handleRemoved('gone');
  lists[0]?.([order('gone', 1), order('old', 2)]);
  await Promise.resolve();
  await new Promise((resolve) => setTimeout(resolve));
  expect(ids(state)).toEqual(['new', 'old']);
});

test('an older version never replaces a newer one, and other calls do not get in', async () => {
  const { orders, lists } = stage();
  const { state } = orders.follow({ callId: 'call_1' });
  lists[0]?.([order('a', 1, { state: 'announced', updatedAt: '2026-11-22T10:00:05.000Z' })]);
  await new Promise((resolve) => setTimeout(resolve));
  orders.handleOrder(order('a', 1, { state: 'submitted', updatedAt: '2026-11-22T10:00:04.000Z' }));
  orders.handleOrder(order('b', 2, { instructions: [] }));
  const value = state.get();
  expect(value.status === 'ready' && value.value.map((known) => [known.id, known.state])).toEqual([['a', 'announced']]);
});

test('a closed list hears no more', async () => {
  const { orders, lists } = stage();
  const followed = orders.follow({ all: true });
  lists[0]?.([]);
  await new Promise((resolve) => setTimeout(resolve));
  followed.close();
  orders.handleOrder(order('a', 1));
  expect(ids(followed.state)).toEqual([]);
});
