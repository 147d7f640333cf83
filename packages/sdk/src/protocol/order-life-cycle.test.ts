import { describe, expect, test } from 'vitest';
import {
  canOrder,
  FIX_ORD_STATUS,
  isActedOn,
  isFinalOrderState,
  nextOrderState,
  ORDER_STATES,
  type OrderAction,
  type OrderState,
} from './order-life-cycle.ts';

const ACTIONS: readonly OrderAction[] = [
  'edit',
  'read-back',
  'submit',
  'discard',
  'announce',
  'accept',
  'fill',
  'reject',
  'return',
  'withdraw',
  'replace',
  'expire',
];

/** The life of an order as the trade describes it, written down a second time: what may happen in a state, and where it leads. */
const LIFE: Readonly<
  Record<OrderState, Partial<Record<OrderAction, OrderState | 'removed' | 'filled or partly-filled'>>>
> = {
  draft: { edit: 'draft', 'read-back': 'read-back', discard: 'removed' },
  'read-back': { edit: 'draft', 'read-back': 'read-back', submit: 'submitted', discard: 'removed' },
  submitted: { announce: 'announced', withdraw: 'cancelled', replace: 'replaced', expire: 'expired' },
  announced: {
    accept: 'accepted',
    reject: 'rejected',
    return: 'returned',
    withdraw: 'cancelled',
    replace: 'replaced',
    expire: 'expired',
  },
  accepted: { fill: 'filled or partly-filled', reject: 'rejected', return: 'returned', expire: 'expired' },
  'partly-filled': { fill: 'filled or partly-filled', expire: 'expired' },
  returned: { withdraw: 'cancelled', replace: 'replaced', expire: 'expired' },
  filled: {},
  rejected: {},
  cancelled: {},
  replaced: {},
  expired: {},
};

describe.each(ORDER_STATES)('%s', (state) => {
  test.each(ACTIONS)('%s', (action) => {
    const expected = LIFE[state][action];
    expect(canOrder(state, action)).toBe(expected !== undefined);
    if (action === 'discard') return;
    if (expected === 'filled or partly-filled') {
      expect(nextOrderState(state, action, 0)).toBe('filled');
      expect(nextOrderState(state, action, 1)).toBe('partly-filled');
    } else {
      expect(nextOrderState(state, action)).toBe(expected);
    }
  });
});

test('final is what nothing leads out of', () => {
  for (const state of ORDER_STATES)
    expect({ state, final: isFinalOrderState(state) }).toEqual({ state, final: Object.keys(LIFE[state]).length === 0 });
});

test('what the broker has acted on can be neither withdrawn nor replaced (A9)', () => {
  for (const state of ORDER_STATES.filter(isActedOn))
    expect([canOrder(state, 'withdraw'), canOrder(state, 'replace')]).toEqual([false, false]);
  expect(ORDER_STATES.filter(isActedOn)).toEqual(['accepted', 'partly-filled', 'filled']);
});

test('nothing reaches the floor without having been read back', () => {
  const into = (target: OrderState) =>
    ORDER_STATES.flatMap((state) =>
      ACTIONS.filter((action) => LIFE[state][action] === target).map((action) => `${state} ${action}`),
    );
  expect(into('submitted')).toEqual(['read-back submit']);
  expect(into('announced')).toEqual(['submitted announce']);
  expect(into('accepted')).toEqual(['announced accept']);
});

test('every state can be reached from a draft', () => {
  const reached = new Set<string>(['draft']);
  for (const state of reached)
    for (const next of Object.values(LIFE[state as OrderState] ?? {}))
      next === 'filled or partly-filled'
        ? reached.add('filled').add('partly-filled')
        : next !== 'removed' && reached.add(next);
  expect([...reached].sort()).toEqual([...ORDER_STATES].sort());
});

test('FIX OrdStatus: a draft does not exist for the market, and final states are final there, too', () => {
  expect(FIX_ORD_STATUS).toEqual({
    draft: null,
    'read-back': null,
    submitted: 'A',
    announced: 'A',
    accepted: '0',
    'partly-filled': '1',
    filled: '2',
    rejected: '8',
    returned: '8',
    cancelled: '4',
    replaced: '5',
    expired: 'C',
  });
});
