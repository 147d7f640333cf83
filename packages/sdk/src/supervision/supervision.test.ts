import { expect, test, vi } from 'vitest';
import type { Client } from '../http/client.ts';
import type { CallState, PhoneState } from '../phone/state.ts';
import type { Call } from '../protocol/call.ts';
import type { Escalation, Supervision } from '../protocol/supervision.ts';
import { Value } from '../state/readable.ts';
import { createSupervisions } from './supervision.ts';

const supervision = (changes: Partial<Supervision> = {}): Supervision => ({
  id: 'sup_1',
  callId: 'call_1',
  supervisor: { id: 'boss', name: 'Boss' },
  mode: 'listen',
  state: 'ringing',
  reason: 'training',
  visible: true,
  escalationId: null,
  since: '2026-11-22T10:00:00.000Z',
  ...changes,
});
const escalation = (changes: Partial<Escalation> = {}): Escalation => ({
  id: 'esc_1',
  callId: 'call_1',
  agent: { id: 'me', name: 'Me' },
  note: '',
  state: 'open',
  unanswered: false,
  supervisor: null,
  createdAt: '2026-11-22T10:00:00.000Z',
  acceptedAt: null,
  ...changes,
});
const rules = { agentSees: true, managersListen: false };

function stage(operations: Record<string, Record<string, (input: never) => Promise<unknown>>> = {}) {
  const state = new Value<PhoneState | undefined>(undefined);
  const current = new Value<Call | undefined>(undefined);
  const answered: string[] = [];
  let ringing: Partial<CallState> | undefined;
  const supervisions = createSupervisions({
    client: operations as unknown as Client,
    calls: { current },
    accountId: () => 'me',
    phone: {
      state,
      callOf: (callId) => (callId === 'call_1' ? (ringing as CallState | undefined) : undefined),
      answer: async (callId) => void answered.push(callId),
    },
  });
  const ring = (call: Partial<CallState>) => {
    ringing = call;
    state.set({ ...(state.get() as PhoneState) });
  };
  return { supervisions, current, answered, ring };
}

test('the page that asked answers its own phone, once, also before the server has answered', async () => {
  let reply: (value: Supervision) => void = () => {};
  const { supervisions, answered, ring } = stage({
    supervision: { listen: () => new Promise<Supervision>((resolve) => (reply = resolve)) },
  });
  const asked = supervisions.listen('call_1', 'training');
  ring({ direction: 'incoming', signalling: 'ringing' });
  ring({ direction: 'incoming', signalling: 'ringing' });
  expect(answered).toEqual(['call_1']);
  reply(supervision());
  expect(await asked).toMatchObject({ id: 'sup_1' });
});

test('nobody’s phone is answered for a call that this page did not ask for, nor after a refusal, nor late', async () => {
  vi.useFakeTimers();
  try {
    const { supervisions, answered, ring } = stage({
      supervision: {
        listen: () => Promise.reject(new Error('refused')),
        whisper: async () => supervision(),
      },
    });
    ring({ direction: 'incoming', signalling: 'ringing' });
    await expect(supervisions.listen('call_1', 'x')).rejects.toThrow('refused');
    ring({ direction: 'incoming', signalling: 'ringing' });
    await supervisions.whisper('call_2');
    ring({ direction: 'incoming', signalling: 'ringing' });
    await supervisions.whisper('call_1');
    vi.advanceTimersByTime(31_000);
    ring({ direction: 'incoming', signalling: 'ringing' });
    expect(answered).toEqual([]);
  } finally {
    vi.useRealTimers();
  }
});

test('what came while the list was loading wins over what was loaded', async () => {
  let reply: (value: unknown) => void = () => {};
  const { supervisions } = stage({ supervision: { present: () => new Promise((resolve) => (reply = resolve)) } });
  const close = supervisions.open();
  supervisions.handleSupervision(supervision({ state: 'ended' }));
  supervisions.handleEscalation(escalation({ agent: { id: 'other', name: 'Other' } }));
  reply({ supervisions: [supervision()], escalations: [], rules });
  await vi.waitFor(() => expect(supervisions.present.get().status).toBe('ready'));
  expect(supervisions.present.get()).toEqual({
    status: 'ready',
    value: { supervisions: [], escalations: [escalation({ agent: { id: 'other', name: 'Other' } })], rules },
  });
  expect(supervisions.ownEscalation.get()).toBeUndefined();
  close();
});

test('my own request is known after a reload of the page, and forgotten with the call', async () => {
  const { supervisions, current } = stage({
    escalations: { own: async () => ({ escalation: escalation({ note: 'help' }) }) },
  });
  current.set({ id: 'call_1', state: 'answered' } as Call);
  await vi.waitFor(() => expect(supervisions.ownEscalation.get()?.note).toBe('help'));
  supervisions.handleEscalation(escalation({ state: 'accepted', supervisor: { id: 'boss', name: 'Boss' } }));
  expect(supervisions.ownEscalation.get()?.supervisor?.name).toBe('Boss');
  current.set(undefined);
  expect(supervisions.ownEscalation.get()).toBeUndefined();
});
