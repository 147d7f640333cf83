import { expect, test, vi } from 'vitest';
import { createClient } from '../http/whole-client.ts';
import type { CallbackCase, FieldCall } from '../protocol/field-call.ts';
import { createFieldCalls } from './field-calls.ts';

const call = (id: string, more: Partial<FieldCall> = {}): FieldCall => ({
  id,
  kind: 'out',
  state: 'own-phone',
  outcome: null,
  pairingId: 'pairing_1',
  project: { id: 'project_1', name: 'Branches' },
  fictitiousNumber: '+420228880001',
  dialled: '+420541234567',
  startedAt: `2026-11-22T10:00:0${id.at(-1)}.000Z`,
  answeredAt: null,
  endedAt: null,
  ...more,
});

const callback = (ordinal: number, state: 'open' | 'closed' = 'open'): CallbackCase => ({
  id: `callback_${ordinal}`,
  ordinal,
  state,
  reason: state === 'open' ? null : 'connected',
  pairingId: 'pairing_1',
  project: { id: 'project_1', name: 'Branches' },
  fictitiousNumber: '+420228880001',
  missed: 1,
  openedAt: '2026-11-22T10:00:00.000Z',
  lastMissedAt: '2026-11-22T10:00:00.000Z',
  expiresAt: '2026-11-25T10:00:00.000Z',
  closedAt: null,
});

function setUp() {
  const requests: { method: string; path: string; body: unknown }[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const path = new URL(request.url).pathname.replace('/callweave', '');
    requests.push({ method: request.method, path, body: request.method === 'GET' ? undefined : await request.json() });
    if (path === '/field-calls/pairings')
      return Response.json({ pairings: [], accessNumber: '+420234234399', exchangeNumber: '+420234234390' });
    if (request.method === 'GET') return Response.json({ calls: [call('call_1')], cases: [callback(2)] });
    return Response.json(call('call_2'));
  };
  const ringsHere = vi.fn();
  const client = createClient({ url: 'https://desk.example/callweave', fetch });
  return { fieldCalls: createFieldCalls(client, ringsHere), requests, ringsHere };
}

const shown = (readable: { get(): { status: string } }) => (readable.get() as { value?: unknown }).value;

test('numbers, calls and missed calls are loaded when somebody follows, and kept true by events', async () => {
  const { fieldCalls, requests } = setUp();
  fieldCalls.handleNumbersChanged();
  expect(requests).toEqual([]);
  const end = fieldCalls.open();
  await vi.waitFor(() => expect(shown(fieldCalls.missed)).toEqual([callback(2)]));
  await vi.waitFor(() => expect(shown(fieldCalls.numbers)).toMatchObject({ accessNumber: '+420234234399' }));
  await vi.waitFor(() => expect(shown(fieldCalls.calls)).toHaveLength(1));
  fieldCalls.handleCase(callback(1));
  expect(shown(fieldCalls.missed)).toMatchObject([{ ordinal: 1 }, { ordinal: 2 }]);
  fieldCalls.handleCase(callback(2, 'closed'));
  expect(shown(fieldCalls.missed)).toMatchObject([{ ordinal: 1 }]);
  fieldCalls.handleCall(call('call_1', { state: 'ended', outcome: 'busy' }));
  expect(shown(fieldCalls.calls)).toMatchObject([{ id: 'call_1', outcome: 'busy' }]);
  const asked = requests.length;
  fieldCalls.handleNumbersChanged();
  await vi.waitFor(() => expect(requests).toHaveLength(asked + 1));
  end();
  fieldCalls.reload();
  expect(requests).toHaveLength(asked + 1);
});

test('dialling sends the number as it was typed, shows the call before its event, and expects it at its own phone', async () => {
  const { fieldCalls, requests, ringsHere } = setUp();
  const end = fieldCalls.open();
  await vi.waitFor(() => expect(shown(fieldCalls.calls)).toHaveLength(1));
  await fieldCalls.dial('pairing_1', '541 234 567', 'telephone');
  expect(requests.at(-1)).toEqual({
    method: 'POST',
    path: '/field-calls',
    body: { pairingId: 'pairing_1', to: '541 234 567', via: 'telephone' },
  });
  expect(shown(fieldCalls.calls)).toMatchObject([{ id: 'call_2' }, { id: 'call_1' }]);
  expect(ringsHere.mock.calls).toEqual([['call_2']]);
  await fieldCalls.callBack('callback_2');
  expect(requests.at(-1)).toMatchObject({ path: '/field-calls/cases/callback_2/call' });
  end();
});
