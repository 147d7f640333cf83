import { expect, test } from 'vitest';
import type { Client } from '../http/client.ts';
import type { Call } from '../protocol/call.ts';
import { NO_VERIFICATION } from '../protocol/verification.ts';
import { createCalls } from './calls.ts';

const call = (id: string, changes: Partial<Call> = {}): Call => ({
  id,
  kind: 'desk',
  direction: 'inbound',
  state: 'ringing',
  outcome: null,
  callerNumber: '+989121234567',
  calledNumber: '+982181021380',
  presentedNumber: null,
  numberDeclared: true,
  customer: null,
  candidates: [],
  agent: { id: 'me', name: 'Me' },
  responderOrder: 'first',
  routing: [],
  startedAt: '2026-11-22T10:00:00.000Z',
  answeredAt: null,
  endedAt: null,
  hold: { since: null, totalMs: 0, alertAfterMs: 60_000 },
  transfers: 0,
  tags: [],
  parties: [],
  waiting: null,
  verification: NO_VERIFICATION,
  recording: { id: null, state: 'none', startedAt: null, pauseReason: null },
  entitlement: null,
  portal: null,
  wrapUp: null,
  ...changes,
});

function stage(listed: () => Promise<{ calls: Call[] }>) {
  const client = { calls: { list: listed, hangup: async () => call('a', { state: 'wrap-up' }) } } as unknown as Client;
  return createCalls({ client, accountId: () => 'me' });
}

test('a call rings, is answered, wraps up and is gone; a call that moved on to another responder stops ringing here', async () => {
  const calls = stage(async () => ({ calls: [] }));
  await calls.load();
  calls.handleCall(call('a'));
  calls.handleCall(call('b', { startedAt: '2026-11-22T10:00:01.000Z' }));
  expect(calls.ringing.get().map(({ id }) => id)).toEqual(['a', 'b']);
  calls.handleCall(call('b', { agent: { id: 'other', name: 'Other' } }));
  calls.handleCall(call('a', { state: 'answered' }));
  expect(calls.ringing.get()).toEqual([]);
  expect(calls.current.get()?.id).toBe('a');
  await calls.hangup('a');
  expect(calls.current.get()?.state).toBe('wrap-up');
  calls.handleCall(call('a', { state: 'ended' }));
  expect(calls.current.get()).toBeUndefined();
});

test('an event that arrives while the list is loading is not undone by the list', async () => {
  let answer: (value: { calls: Call[] }) => void = () => undefined;
  const calls = stage(
    () =>
      new Promise((resolve) => {
        answer = resolve;
      }),
  );
  const loading = calls.load();
  calls.handleCall(call('a', { state: 'answered' }));
  answer({ calls: [call('a', { state: 'ringing' })] });
  await loading;
  expect(calls.current.get()?.id).toBe('a');
});

test('a list that cannot be loaded says so, but one that is shown stays', async () => {
  let fail = true;
  const calls = stage(() => (fail ? Promise.reject(new Error('down')) : Promise.resolve({ calls: [call('a')] })));
  await calls.load();
  expect(calls.open.get().status).toBe('failed');
  fail = false;
  await calls.load();
  expect(calls.open.get().status).toBe('ready');
  fail = true;
  await calls.load();
  expect(calls.open.get().status).toBe('ready');
});

test('a call that I make is mine at once, and does not ring at me; one that was handed on while it rings does', async () => {
  const calls = stage(async () => ({ calls: [] }));
  await calls.load();
  calls.handleCall(call('a', { direction: 'outbound' }));
  expect(calls.current.get()?.id).toBe('a');
  expect(calls.ringing.get()).toEqual([]);
  calls.handleCall(call('a', { direction: 'outbound', answeredAt: '2026-11-22T10:00:09.000Z' }));
  expect(calls.current.get()).toBeUndefined();
  expect(calls.ringing.get().map(({ id }) => id)).toEqual(['a']);
});

test('a call into which I am brought rings at me, and is the one I am in', async () => {
  const calls = stage(async () => ({ calls: [] }));
  await calls.load();
  const party = (state: 'ringing' | 'consulting' | 'talking' | 'failed') =>
    call('a', {
      state: 'answered',
      agent: { id: 'other', name: 'Other' },
      parties: [
        {
          id: 'leg_1',
          role: 'third',
          accountId: 'me',
          name: 'Me',
          number: null,
          state,
          reason: null,
          since: '2026-11-22T10:00:00.000Z',
        },
      ],
    });
  calls.handleCall(party('ringing'));
  expect(calls.ringing.get().map(({ id }) => id)).toEqual(['a']);
  expect(calls.current.get()).toBeUndefined();
  for (const state of ['consulting', 'talking'] as const) {
    calls.handleCall(party(state));
    expect(calls.ringing.get()).toEqual([]);
    expect(calls.current.get()?.id).toBe('a');
  }
  calls.handleCall(party('failed'));
  expect(calls.current.get()).toBeUndefined();
});
