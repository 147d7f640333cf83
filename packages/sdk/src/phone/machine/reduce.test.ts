import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CallState } from '../state.ts';
import { INITIAL_MACHINE, type Machine, type MachineEvent } from './machine.ts';
import { reduce } from './reduce.ts';

function run(...events: MachineEvent[]): Machine {
  return events.reduce((machine, event) => reduce(machine, event)[0], INITIAL_MACHINE);
}

function call(id: string, direction: CallState['direction'] = 'incoming'): CallState {
  return {
    id,
    direction,
    remote: { number: '1', uri: 'sip:1@x' },
    resumed: false,
    signalling: 'ringing',
    hold: 'none',
    media: 'ok',
    muted: false,
    createdAt: 0,
  };
}

const anyId = fc.constantFrom('a', 'b');
const error = {
  code: 'registration-failed',
  category: 'signalling',
  message: 'x',
  retryable: true,
  fatal: false,
} as const;
const anyEvent: fc.Arbitrary<MachineEvent> = fc.oneof(
  fc.constantFrom<MachineEvent>(
    { type: 'start' },
    { type: 'stop' },
    { type: 'own', orphan: null },
    { type: 'own', orphan: { callId: 'o', remote: { number: '1', uri: 'sip:1@x' } } },
    { type: 'disown' },
    { type: 'transport-up' },
    { type: 'transport-down', reason: 'x' },
    { type: 'registered' },
    { type: 'registration-expiring' },
    { type: 'registration-failed', error, refused: false, retryAfterMs: 5 },
    { type: 'registration-failed', error, refused: true, retryAfterMs: 0 },
    { type: 'credentials-failed', error },
    { type: 'timer', key: 'reconnect' },
    { type: 'timer', key: 'register' },
    { type: 'timer', key: 'register-deadline' },
    { type: 'nudge', lapsed: false },
    { type: 'orphan-resolved' },
    { type: 'activation', needed: true },
    { type: 'playback', blocked: true },
    { type: 'devices', devices: { speaker: 's' } },
  ),
  anyId.map((id): MachineEvent => ({ type: 'call-added', call: call(id), autoAnswer: false })),
  anyId.chain((id) =>
    fc.constantFrom<MachineEvent>(
      { type: 'call-changed', id, change: { signalling: 'answering' }, at: 1 },
      { type: 'call-changed', id, change: { signalling: 'active' }, at: 2 },
      { type: 'call-changed', id, change: { muted: true }, at: 3 },
      { type: 'call-changed', id, change: { hold: 'pending-local' }, at: 4 },
      { type: 'call-changed', id, change: { hold: { local: true, remote: false } }, at: 4 },
      { type: 'call-changed', id, change: { hold: { local: false, remote: false } }, at: 5 },
      { type: 'ice', id, state: 'disconnected' },
      { type: 'ice', id, state: 'failed' },
      { type: 'ice', id, state: 'connected' },
      { type: 'ice-restart-failed', id },
      { type: 'call-ended', id, end: { reason: 'hangup-local' }, at: 6 },
      { type: 'bye', id, delivered: false },
    ),
  ),
);

describe('the machine', () => {
  it('holds its promises after any sequence of events', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 60 }), (events) => {
        let machine = INITIAL_MACHINE;
        let pendingTimers = 0;
        for (const event of events) {
          const before = JSON.stringify(machine);
          const [next, effects] = reduce(machine, event);
          // Pure: the old state is untouched, and the same event gives the same answer.
          expect(JSON.stringify(machine)).toBe(before);
          expect(reduce(machine, event)).toEqual([next, effects]);
          expect(Object.isFrozen(next) && Object.isFrozen(next.phone) && Object.isFrozen(next.phone.calls)).toBe(true);
          expect(structuredClone(next.phone)).toEqual(next.phone);
          const { phone } = next;
          // One conversation at a time.
          expect(phone.calls.length).toBeLessThanOrEqual(1);
          expect(phone.calls.every((one) => one.signalling !== 'ended')).toBe(true);
          // Registered only over a living connection.
          if (phone.registration === 'ok') expect(phone.transport).not.toBe('backoff');
          // A phone that waits has an alarm clock.
          if (next.wanted && phone.transport === 'backoff' && machine.phone.transport !== 'backoff') {
            expect(effects.some((effect) => effect.type === 'backoff' && effect.key === 'reconnect')).toBe(true);
          }
          // Signalling that is broken is never used for recovery.
          if (phone.transport !== 'up')
            expect(effects.some((effect) => effect.type === 'recover' && event.type === 'ice')).toBe(false);
          pendingTimers += effects.filter((effect) => effect.type === 'backoff').length;
          machine = next;
        }
        expect(pendingTimers).toBeLessThanOrEqual(events.length);
      }),
      { numRuns: 300 },
    );
  });

  it('refuses a second caller without touching the first', () => {
    const machine = run({ type: 'call-added', call: call('a'), autoAnswer: false });
    const [next, effects] = reduce(machine, { type: 'call-added', call: call('b'), autoAnswer: true });
    expect(next).toBe(machine);
    expect(effects).toContainEqual({ type: 'refuse', id: 'b', status: 486 });
    expect(effects.some((effect) => effect.type === 'auto-answer')).toBe(false);
  });

  it('restarts ICE only over healthy signalling, and afterwards for what broke meanwhile', () => {
    const active: MachineEvent[] = [
      { type: 'start' },
      { type: 'transport-up' },
      { type: 'registered' },
      { type: 'call-added', call: call('a'), autoAnswer: false },
      { type: 'call-changed', id: 'a', change: { signalling: 'active' }, at: 1 },
    ];
    const [, healthy] = reduce(run(...active), { type: 'ice', id: 'a', state: 'disconnected' });
    expect(healthy).toContainEqual({ type: 'recover', id: 'a', iceRestart: true });
    const down = run(...active, { type: 'transport-down', reason: 'x' });
    const [broken, none] = reduce(down, { type: 'ice', id: 'a', state: 'failed' });
    expect(none.some((effect) => effect.type === 'recover')).toBe(false);
    const back = [{ type: 'timer', key: 'reconnect' }, { type: 'transport-up' }] as const;
    const [, after] = reduce(
      back.reduce((machine, event) => reduce(machine, event)[0], broken),
      { type: 'registered' },
    );
    expect(after).toContainEqual({ type: 'recover', id: 'a', iceRestart: true });
  });

  it('announces an orphan once, when somebody can act on it', () => {
    const orphan = { callId: 'o', interactionId: 'int', remote: { number: '1', uri: 'sip:1@x' } };
    const machine = run({ type: 'own', orphan }, { type: 'start' }, { type: 'transport-up' });
    const [first, effects] = reduce(machine, { type: 'registered' });
    expect(effects).toContainEqual({ type: 'emit', event: { type: 'call-orphaned', orphan } });
    const [, again] = reduce(first, { type: 'registered' });
    expect(again.some((effect) => effect.type === 'emit')).toBe(false);
  });

  it('stops for good when the account is refused twice', () => {
    const refused: MachineEvent = { type: 'registration-failed', error, refused: true, retryAfterMs: 0 };
    const once = reduce(run({ type: 'start' }, { type: 'transport-up' }), refused);
    expect(once[1]).toContainEqual({ type: 'register', fresh: true });
    const twice = reduce(once[0], refused);
    expect(twice[1].filter((effect) => effect.type === 'backoff' || effect.type === 'register')).toEqual([]);
    expect(twice[0].phone.registration).toBe('failed');
  });
});
