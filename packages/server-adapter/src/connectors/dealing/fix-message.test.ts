import type { Order, OrderTerms } from '@callweave/sdk/protocol';
import { expect, test } from 'vitest';
import { toFix } from './fix-message.ts';

const terms: OrderTerms = {
  side: 'buy',
  instrumentCode: 'IRO1FOLD0001',
  quantity: 500,
  price: { kind: 'limit', rial: 5_120 },
  validity: { kind: 'day' },
};

const orderWith = (changes: Partial<OrderTerms> = {}): Order => ({
  id: 'order_2',
  number: 12,
  customer: { id: 'customer_1', name: 'زهرا کریمی', username: '10000', kind: 'both' },
  section: 'securities',
  instrument: { code: 'IRO1FOLD0001', symbol: 'فولاد', name: 'فولاد مبارکه اصفهان', kind: 'share' },
  terms: { ...terms, ...changes },
  state: 'submitted',
  branch: 'call-centre',
  filledQuantity: 0,
  fills: [],
  claimedBy: null,
  reason: null,
  replaces: null,
  replacedBy: null,
  instructions: [],
  createdAt: '2026-11-22T09:29:00.000Z',
  submittedAt: '2026-11-22T09:30:00.123Z',
  updatedAt: '2026-11-22T09:31:00.000Z',
});

test('a new order is a NewOrderSingle that a person took by telephone', () => {
  expect(toFix({ type: 'new', order: orderWith(), instructionId: 'instruction_1' })).toEqual({
    35: 'D',
    11: 'order_2',
    55: 'فولاد',
    48: 'IRO1FOLD0001',
    22: '4',
    54: '1',
    60: '20261122-09:30:00.123',
    38: '500',
    40: '2',
    44: '5120',
    59: '0',
    21: '3',
    1028: 'Y',
    1724: '1',
  });
});

test('a change names what it replaces', () => {
  const message = toFix({
    type: 'replace',
    order: orderWith({ side: 'sell' }),
    original: { ...orderWith(), id: 'order_1' },
    instructionId: 'instruction_2',
  });
  expect(message).toMatchObject({ 35: 'G', 11: 'order_2', 41: 'order_1', 54: '2' });
});

test('a withdrawal is a request of its own', () => {
  const message = toFix({ type: 'cancel', order: orderWith(), instructionId: 'instruction_3' });
  expect(message).toMatchObject({
    35: 'F',
    11: 'instruction_3',
    41: 'order_2',
    38: '500',
    60: '20261122-09:31:00.000',
  });
  expect(Object.keys(message)).not.toContain('40');
});

test.each([
  [{ price: { kind: 'market' } }, { 40: '1' }],
  [{ price: { kind: 'limit', rial: 1 } }, { 40: '2', 44: '1' }],
  [{ validity: { kind: 'day' } }, { 59: '0' }],
  [{ validity: { kind: 'gtc' } }, { 59: '1' }],
  [{ validity: { kind: 'fill-and-kill' } }, { 59: '3' }],
  [{ validity: { kind: 'until', day: '2026-12-01' } }, { 59: '6', 432: '20261201' }],
] as [Partial<OrderTerms>, Record<number, string>][])('%j', (changes, expected) => {
  const message = toFix({ type: 'new', order: orderWith(changes), instructionId: 'instruction_1' });
  expect(message).toMatchObject(expected);
  expect(message[44] === undefined).toBe(message[40] === '1');
  expect(message[432] === undefined).toBe(expected[432] === undefined);
});
