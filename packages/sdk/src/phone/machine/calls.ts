import type { CallHold, CallState } from '../state.ts';
import {
  type CallChange,
  type Effect,
  emit,
  type Machine,
  type MachineEvent,
  type Step,
  withMachine,
  withPhone,
} from './machine.ts';

type CallEvent = Extract<
  MachineEvent,
  {
    type:
      | 'call-added'
      | 'call-changed'
      | 'call-ended'
      | 'bye'
      | 'ice'
      | 'ice-restart-failed'
      | 'media-retry'
      | 'quality';
  }
>;

export function reduceCall(machine: Machine, event: CallEvent): Step {
  if (event.type === 'call-added') return added(machine, event.call, event.autoAnswer);
  if (event.type === 'bye') return bye(machine, event.id, event.delivered);
  const call = machine.phone.calls.find((candidate) => candidate.id === event.id);
  if (!call) return [machine, []];
  switch (event.type) {
    case 'call-changed':
      return changed(machine, call, event.change, event.at);
    case 'call-ended':
      return ended(machine, call, event);
    case 'ice':
      return ice(machine, call, event.state);
    case 'ice-restart-failed':
      return restartFailed(machine, call);
    case 'media-retry':
      return call.media === 'ok' ? [machine, []] : recover(machine, call);
    case 'quality':
      return [replace(machine, { ...call, quality: event.estimate }), []];
  }
}

/** One conversation, and one more caller who may wait. */
const MOST_CALLS = 2;

function added(machine: Machine, call: CallState, autoAnswer: boolean): Step {
  const incoming = call.direction === 'incoming';
  const { calls, policy } = machine.phone;
  // The exchange may ring a talking phone, so this is ours to say.
  const waits =
    policy.callWaiting && calls.length < MOST_CALLS && calls.every(({ signalling }) => signalling === 'active');
  if (incoming && calls.length > 0 && !waits) return refused(machine, call, 'in-call');
  if (incoming && policy.doNotDisturb && !autoAnswer) return refused(machine, call, 'do-not-disturb');
  const next = withPhone(machine, { calls: Object.freeze([...calls, Object.freeze(call)]) });
  if (!incoming) return [next, []];
  if (autoAnswer) return [next, [{ type: 'auto-answer', id: call.id }]];
  return [next, [bell(next), emit({ type: calls.length > 0 ? 'call-waiting' : 'incoming-call', call })]];
}

function refused(machine: Machine, call: CallState, because: 'in-call' | 'do-not-disturb'): Step {
  const event = { type: 'call-refused', remote: call.remote, because } as const;
  const { interactionId } = call;
  return [
    machine,
    [
      { type: 'refuse', id: call.id, status: 486 },
      emit(interactionId === undefined ? event : { ...event, interactionId }),
    ],
  ];
}

/** What should be heard of those who ring. */
function bell({ phone: { calls } }: Machine): Effect {
  const rings = calls.some(({ direction, signalling }) => direction === 'incoming' && signalling === 'ringing');
  const talks = calls.some(({ signalling }) => signalling === 'active');
  return { type: 'ringer', ring: rings ? (talks ? 'waiting' : 'ring') : 'off' };
}

function changed(machine: Machine, call: CallState, change: CallChange, at: number): Step {
  if ('muted' in change)
    return call.muted === change.muted ? [machine, []] : [replace(machine, { ...call, muted: change.muted }), []];
  if ('hold' in change) {
    return change.hold === 'pending-local'
      ? [replace(machine, { ...call, hold: 'pending-local' }), []]
      : hold(machine, call, change.hold, at);
  }
  return signalling(machine, call, change.signalling, at);
}

function signalling(machine: Machine, call: CallState, to: CallState['signalling'], at: number): Step {
  if (call.signalling === to || call.signalling === 'active') return [machine, []];
  if (to !== 'active') {
    // A failed microphone puts an answered call back to ringing.
    const next = replace(machine, { ...call, signalling: to });
    return [next, call.direction === 'incoming' ? [bell(next)] : []];
  }
  const active: CallState = Object.freeze({ ...call, signalling: 'active', answeredAt: at });
  const resolved = call.resumed ? withPhone(machine, { orphan: null }) : machine;
  const next = replace(resolved, active);
  return [next, [bell(next), { type: 'remember', call: active }, emit({ type: 'call-answered', call: active })]];
}

function hold(
  machine: Machine,
  call: CallState,
  on: { readonly local: boolean; readonly remote: boolean },
  at: number,
): Step {
  const next: CallHold = on.local ? (on.remote ? 'both' : 'local') : on.remote ? 'remote' : 'none';
  if (next === call.hold) return [machine, []];
  const { heldAt, ...rest } = call;
  return [
    replace(machine, next === 'none' ? { ...rest, hold: next } : { ...rest, hold: next, heldAt: heldAt ?? at }),
    [],
  ];
}

function ended(machine: Machine, call: CallState, event: Extract<CallEvent, { type: 'call-ended' }>): Step {
  const { quality: _quality, ...rest } = call;
  const finished: CallState = Object.freeze({ ...rest, signalling: 'ended', endedAt: event.at, end: event.end });
  const calls = machine.phone.calls.filter((candidate) => candidate.id !== call.id);
  const next = withMachine(
    withPhone(machine, {
      calls: Object.freeze(calls),
      lastEnded: finished,
      playbackBlocked: calls.length > 0 && machine.phone.playbackBlocked,
    }),
    { stale: machine.stale.filter((id) => id !== call.id) },
  );
  const effects: Effect[] = [bell(next)];
  // An active call that dies with its page is never reduced here: that is how a reload finds it again.
  const talking = calls.find(({ answeredAt }) => answeredAt !== undefined);
  if (call.answeredAt !== undefined) effects.push(talking ? { type: 'remember', call: talking } : { type: 'forget' });
  effects.push(emit({ type: 'call-ended', call: finished }));
  if (event.end.byeDelivered === false) effects.push(emit({ type: 'hangup-undelivered', call: finished }));
  return [next, effects];
}

function bye(machine: Machine, id: string, delivered: boolean): Step {
  const last = machine.phone.lastEnded;
  if (last?.id !== id || !last.end || last.end.byeDelivered !== undefined) return [machine, []];
  const call: CallState = Object.freeze({ ...last, end: Object.freeze({ ...last.end, byeDelivered: delivered }) });
  return [withPhone(machine, { lastEnded: call }), delivered ? [] : [emit({ type: 'hangup-undelivered', call })]];
}

/**
 * One authority decides on recovery: while the signalling is broken nothing is tried (it reconnects, then renegotiates
 * what is stale); with healthy signalling, bad media gets an ICE restart.
 */
function ice(machine: Machine, call: CallState, state: RTCIceConnectionState): Step {
  if (call.signalling !== 'active') return [machine, []];
  if (state === 'connected' || state === 'completed') {
    return call.media === 'ok'
      ? [machine, []]
      : [replace(machine, { ...call, media: 'ok' }), [emit({ type: 'media-recovered', callId: call.id })]];
  }
  if (state !== 'disconnected' && state !== 'failed') return [machine, []];
  if (call.media === 'recovering' && state === 'disconnected') return [machine, []];
  const [next, effects] = recover(replace(machine, { ...call, media: 'recovering' }), call);
  return call.media === 'recovering'
    ? [next, effects]
    : [next, [emit({ type: 'media-recovering', callId: call.id }), ...effects]];
}

/** The same break often takes the line too, which does not say so: it is checked while the media is renewed. */
function recover(machine: Machine, call: CallState): Step {
  if (isHealthy(machine))
    return [machine, [{ type: 'check-line' }, { type: 'recover', id: call.id, iceRestart: true }]];
  if (machine.stale.includes(call.id)) return [machine, []];
  return [withMachine(machine, { stale: [...machine.stale, call.id] }), []];
}

/** Shown as failed, but not given up: a network that is away for longer than one attempt comes back too. */
function restartFailed(machine: Machine, call: CallState): Step {
  if (call.media === 'ok') return [machine, []];
  // With the line away nothing was proved; it is tried again with the registration.
  if (!isHealthy(machine)) return recover(machine, call);
  const again: Effect = { type: 'retry-media', id: call.id };
  if (call.media === 'failed') return [machine, [again]];
  return [replace(machine, { ...call, media: 'failed' }), [emit({ type: 'media-failed', callId: call.id }), again]];
}

function isHealthy({ phone }: Machine): boolean {
  return phone.transport === 'up' && phone.registration === 'ok';
}

function replace(machine: Machine, call: CallState): Machine {
  const frozen = Object.freeze(call);
  return withPhone(machine, {
    calls: Object.freeze(machine.phone.calls.map((candidate) => (candidate.id === call.id ? frozen : candidate))),
  });
}
