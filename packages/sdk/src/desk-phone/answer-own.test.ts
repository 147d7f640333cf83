import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { CallState, PhoneState } from '../phone/state.ts';
import { Value } from '../state/readable.ts';
import { answerOwn, answerWhatRings } from './answer-own.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function phoneWith(...ids: string[]) {
  const ringing = (interactionId: string) => ({ interactionId, signalling: 'ringing' }) as CallState;
  const state = new Value<PhoneState | undefined>({ calls: ids.map(ringing) } as unknown as PhoneState);
  const answered: string[] = [];
  return {
    answered,
    ring: (id: string) => state.set({ calls: [ringing(id)] } as unknown as PhoneState),
    phone: {
      state,
      callOf: (id: string) => state.get()?.calls.find(({ interactionId }) => interactionId === id),
      answer: async (id: string) => void answered.push(id),
    },
  };
}

test('answers what it was asked for, whether it rings already or later, and once', () => {
  const { phone, answered, ring } = phoneWith('call_1');
  answerOwn(phone, 'call_1');
  expect(answered).toEqual(['call_1']);
  answerOwn(phone, 'call_2');
  ring('call_3');
  expect(answered).toEqual(['call_1']);
  ring('call_2');
  ring('call_2');
  expect(answered).toEqual(['call_1', 'call_2']);
});

test('does not wait for ever', () => {
  const { phone, answered, ring } = phoneWith();
  answerOwn(phone, 'call_1');
  vi.advanceTimersByTime(31_000);
  ring('call_1');
  expect(answered).toEqual([]);
});

test('answers what the adapter says rings here, each call once, and nothing else', () => {
  const { phone, answered, ring } = phoneWith();
  const ringing = new Value<readonly { id: string }[]>([]);
  answerWhatRings(ringing, phone);
  ring('call_1');
  expect(answered).toEqual([]);
  ringing.set([{ id: 'call_1' }]);
  ringing.set([{ id: 'call_1' }]);
  expect(answered).toEqual(['call_1']);
  ring('call_2');
  expect(answered).toEqual(['call_1']);
});
