import {
  type Effect,
  emit,
  INITIAL_MACHINE,
  type Machine,
  type MachineEvent,
  type Step,
  withMachine,
  withPhone,
} from './machine.ts';

/** A REGISTER that brings neither yes nor no (a 200 without our contact raises nothing in JsSIP) counts as a dead line. */
const REGISTER_DEADLINE_MS = 10_000;

type ConnectionEvent = Extract<
  MachineEvent,
  {
    type:
      | 'start'
      | 'stop'
      | 'own'
      | 'disown'
      | 'transport-up'
      | 'transport-down'
      | 'registered'
      | 'registration-expiring'
      | 'line-doubtful'
      | 'registration-failed'
      | 'credentials-failed'
      | 'timer'
      | 'nudge'
      | 'orphan-resolved';
  }
>;

const NO_TIMERS: readonly Effect[] = [
  { type: 'cancel-timer', key: 'reconnect' },
  { type: 'cancel-timer', key: 'register' },
  { type: 'cancel-timer', key: 'register-deadline' },
];

export function reduceConnection(machine: Machine, event: ConnectionEvent): Step {
  switch (event.type) {
    case 'start': {
      const wanted = withMachine(machine, {
        wanted: true,
        connectAttempts: 0,
        registerAttempts: 0,
        retriedCredentials: false,
      });
      return machine.phone.transport === 'up' ? register(wanted, true) : connect(wanted);
    }
    case 'stop':
      return [
        withMachine(withPhone(machine, { transport: 'idle', registration: 'none', error: null }), {
          wanted: false,
          stale: [],
        }),
        [...NO_TIMERS, { type: 'ringer', ring: 'off' }, { type: 'close' }],
      ];
    case 'own':
      return [
        withMachine(withPhone(machine, { role: 'owner', orphan: event.orphan }), { orphanAnnounced: false }),
        [emit({ type: 'ownership', role: 'owner' })],
      ];
    case 'disown': {
      const { devices } = machine.phone;
      return [
        withPhone(INITIAL_MACHINE, { role: 'follower', devices }),
        [
          ...NO_TIMERS,
          { type: 'ringer', ring: 'off' },
          { type: 'close' },
          emit({ type: 'ownership', role: 'follower' }),
        ],
      ];
    }
    case 'transport-up':
      if (!machine.wanted) return [machine, [{ type: 'close' }]];
      return register(withMachine(withPhone(machine, { transport: 'up' }), { connectAttempts: 0 }), false);
    case 'transport-down':
      return transportDown(machine, event.reason);
    case 'registered':
      return registered(machine);
    case 'registration-expiring':
    case 'line-doubtful':
      return refresh(machine);
    case 'registration-failed': {
      if (!machine.wanted || machine.phone.transport !== 'up') return [machine, []];
      if (event.refused && !machine.retriedCredentials) {
        // Short-lived credentials may simply have run out: ask once for new ones before believing the refusal.
        return register(withMachine(machine, { retriedCredentials: true }), true);
      }
      if (event.refused) {
        return [
          withPhone(machine, { registration: 'failed', error: event.error }),
          [...NO_TIMERS, emit({ type: 'registration-failed', error: event.error })],
        ];
      }
      return retryRegistration(machine, event.error, event.retryAfterMs);
    }
    case 'credentials-failed':
      if (!machine.wanted) return [machine, []];
      if (event.error.fatal) {
        return [
          withPhone(machine, {
            transport: machine.phone.transport === 'up' ? 'up' : 'idle',
            registration: 'failed',
            error: event.error,
          }),
          [...NO_TIMERS, emit({ type: 'registration-failed', error: event.error })],
        ];
      }
      if (machine.phone.transport === 'up') return retryRegistration(machine, event.error, 0);
      return [
        withMachine(withPhone(machine, { transport: 'backoff', registration: 'failed', error: event.error }), {
          connectAttempts: machine.connectAttempts + 1,
        }),
        [
          { type: 'backoff', key: 'reconnect', attempt: machine.connectAttempts + 1, atLeastMs: 0 },
          emit({ type: 'registration-failed', error: event.error }),
        ],
      ];
    case 'timer':
      return timer(machine, event.key);
    case 'nudge':
      if (!machine.wanted) return [machine, []];
      if (machine.phone.transport === 'backoff') return connect(machine);
      return woken(machine, event.lapsed);
    case 'orphan-resolved':
      return machine.phone.orphan ? [withPhone(machine, { orphan: null }), [{ type: 'forget' }]] : [machine, []];
  }
}

function connect(machine: Machine): Step {
  return [
    withPhone(machine, { transport: 'connecting', registration: 'pending' }),
    [{ type: 'cancel-timer', key: 'reconnect' }, { type: 'connect' }],
  ];
}

function register(machine: Machine, fresh: boolean): Step {
  return [
    withPhone(machine, { registration: 'pending' }),
    [
      { type: 'cancel-timer', key: 'register' },
      { type: 'timer', key: 'register-deadline', ms: REGISTER_DEADLINE_MS },
      { type: 'register', fresh },
    ],
  ];
}

/**
 * A half-open socket looks alive for minutes; an unanswered ping, or REGISTER where pings are not answered, tells the
 * truth within its deadline. A registration that has surely run out is not shown as one until it is renewed.
 */
function woken(machine: Machine, lapsed: boolean): Step {
  const { transport, registration, error } = machine.phone;
  if (transport !== 'up' || registration === 'pending' || error?.fatal) return [machine, []];
  const [next, effects] = lapsed || registration !== 'ok' ? register(machine, false) : refresh(machine);
  const broken = next.phone.calls.filter(({ media }) => media !== 'ok');
  return [
    next,
    [
      { type: 'check-line' },
      ...effects,
      ...broken.map(({ id }): Effect => ({ type: 'recover', id, iceRestart: true })),
    ],
  ];
}

/** Renews the registration without showing it as pending. */
function refresh(machine: Machine): Step {
  if (machine.phone.transport !== 'up' || machine.phone.registration !== 'ok') return [machine, []];
  return [
    machine,
    [
      { type: 'timer', key: 'register-deadline', ms: REGISTER_DEADLINE_MS },
      { type: 'register', fresh: false },
    ],
  ];
}

function retryRegistration(machine: Machine, error: Machine['phone']['error'] & object, atLeastMs: number): Step {
  const attempt = machine.registerAttempts + 1;
  return [
    withMachine(withPhone(machine, { registration: 'failed', error }), { registerAttempts: attempt }),
    [
      { type: 'cancel-timer', key: 'register-deadline' },
      { type: 'backoff', key: 'register', attempt, atLeastMs },
      emit({ type: 'registration-failed', error }),
    ],
  ];
}

function transportDown(machine: Machine, reason: string): Step {
  if (!machine.wanted) return [withPhone(machine, { transport: 'idle', registration: 'none' }), []];
  const wasUp = machine.phone.transport === 'up';
  const attempt = machine.connectAttempts + 1;
  const effects: Effect[] = [
    { type: 'cancel-timer', key: 'register' },
    { type: 'cancel-timer', key: 'register-deadline' },
    { type: 'backoff', key: 'reconnect', attempt, atLeastMs: 0 },
  ];
  if (wasUp) effects.push(emit({ type: 'connection-lost', reason }));
  const stale: string[] = [...machine.stale];
  for (const call of machine.phone.calls) {
    // JsSIP says nothing about a call that rings here while the socket falls, and a later answer goes nowhere.
    if (call.signalling === 'ringing' && call.direction === 'incoming')
      effects.push({ type: 'abandon-ringing', id: call.id });
    else if (call.signalling === 'active' && !stale.includes(call.id)) stale.push(call.id);
  }
  return [
    withMachine(withPhone(machine, { transport: 'backoff', registration: 'none' }), {
      connectAttempts: attempt,
      stale,
    }),
    effects,
  ];
}

function registered(machine: Machine): Step {
  if (!machine.wanted || machine.phone.transport !== 'up') return [machine, []];
  const effects: Effect[] = [
    { type: 'cancel-timer', key: 'register-deadline' },
    { type: 'cancel-timer', key: 'register' },
  ];
  if (machine.phone.registration !== 'ok') effects.push(emit({ type: 'registered' }));
  for (const id of machine.stale) {
    const call = machine.phone.calls.find((candidate) => candidate.id === id);
    // The exchange must learn our new connection; the media path is renewed only where it broke too.
    if (call?.signalling === 'active') effects.push({ type: 'recover', id, iceRestart: call.media !== 'ok' });
  }
  const { orphan } = machine.phone;
  if (orphan && !machine.orphanAnnounced) effects.push(emit({ type: 'call-orphaned', orphan }));
  return [
    withMachine(withPhone(machine, { registration: 'ok', error: null }), {
      registerAttempts: 0,
      retriedCredentials: false,
      stale: [],
      orphanAnnounced: machine.orphanAnnounced || orphan !== null,
    }),
    effects,
  ];
}

function timer(machine: Machine, key: 'reconnect' | 'register' | 'register-deadline'): Step {
  if (!machine.wanted) return [machine, []];
  if (key === 'reconnect') return machine.phone.transport === 'backoff' ? connect(machine) : [machine, []];
  if (machine.phone.transport !== 'up') return [machine, []];
  if (key === 'register') return register(machine, false);
  return [machine, [{ type: 'drop-transport', reason: 'The registrar did not answer.' }]];
}
