import { expect, test } from 'vitest';
import type { Client } from '../http/client.ts';
import type { MissedCall } from '../protocol/missed-call.ts';
import { createMissedCalls, type Dial } from './missed-calls.ts';

const missed = (id: string, minute: number, changes: Partial<MissedCall> = {}): MissedCall => ({
  id,
  number: '+989121234567',
  calledNumber: '+982181021380',
  customer: { id: 'customer_1', name: 'Sara', username: '10001', kind: 'both' },
  count: 1,
  attempts: 0,
  firstAt: `2026-11-22T10:0${minute}:00.000Z`,
  lastAt: `2026-11-22T10:0${minute}:00.000Z`,
  lastOutcome: 'missed',
  state: 'open',
  claim: null,
  message: null,
  end: null,
  ...changes,
});

function stage(dial: Dial = async () => ({ id: 'call_1' }) as never) {
  const lists: ((missedCalls: MissedCall[]) => void)[] = [];
  const given: [string, unknown][] = [];
  const command = (name: string) => async (input: unknown) => void given.push([name, input]);
  const client = {
    missedCalls: {
      list: () => new Promise((resolve) => lists.push((missedCalls) => resolve({ missedCalls }))),
      claim: command('claim'),
      release: command('release'),
    },
  } as unknown as Client;
  const feature = createMissedCalls(client, async (input) => {
    given.push(['dial', input]);
    return dial(input);
  });
  const ids = () => {
    const state = feature.waiting.get();
    return state.status === 'ready' ? state.value.map(({ id }) => id) : state.status;
  };
  return { feature, lists, given, ids };
}

test('the oldest first; what happens while they are being loaded wins; what is closed leaves', async () => {
  const { feature, lists, ids } = stage();
  const close = feature.open();
  expect(ids()).toBe('loading');
  feature.handleMissedCall(missed('a', 1, { state: 'closed' }));
  feature.handleMissedCall(missed('c', 3));
  lists[0]?.([missed('b', 2), missed('a', 1)]);
  await expect.poll(ids).toEqual(['b', 'c']);
  feature.handleMissedCall(missed('d', 0));
  expect(ids()).toEqual(['d', 'b', 'c']);
  feature.handleMissedCall(missed('b', 2, { state: 'closed' }));
  expect(ids()).toEqual(['d', 'c']);
  feature.reload();
  expect(lists).toHaveLength(2);
  close();
  feature.reload();
  expect(lists).toHaveLength(2);
});

test('calling back claims, and rings from the number that they rang', async () => {
  const { feature, given } = stage();
  expect(await feature.callBack(missed('a', 1))).toEqual({ id: 'call_1' });
  expect(given).toEqual([
    ['claim', { missedCallId: 'a' }],
    ['dial', { to: '+989121234567', callerId: '+982181021380', missedCallId: 'a', customerId: 'customer_1' }],
  ]);
});

test('calling back that fails gives the case back, and says why', async () => {
  const { feature, given } = stage(() => Promise.reject(new Error('in a call')));
  await expect(feature.callBack(missed('a', 1, { customer: null }))).rejects.toThrow('in a call');
  expect(given.map(([name]) => name)).toEqual(['claim', 'dial', 'release']);
});
