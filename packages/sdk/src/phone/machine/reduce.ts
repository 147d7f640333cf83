import { reduceCall } from './calls.ts';
import { reduceConnection } from './connection.ts';
import type { Machine, MachineEvent, Step } from './machine.ts';
import { withPhone } from './machine.ts';

/** The whole phone as a pure function. Everything that touches the world is an effect that the runner carries out. */
export function reduce(machine: Machine, event: MachineEvent): Step {
  switch (event.type) {
    case 'start':
    case 'stop':
    case 'own':
    case 'disown':
    case 'transport-up':
    case 'transport-down':
    case 'registered':
    case 'registration-expiring':
    case 'line-doubtful':
    case 'registration-failed':
    case 'credentials-failed':
    case 'timer':
    case 'nudge':
    case 'orphan-resolved':
      return reduceConnection(machine, event);
    case 'call-added':
    case 'call-changed':
    case 'call-ended':
    case 'bye':
    case 'ice':
    case 'ice-restart-failed':
    case 'media-retry':
    case 'quality':
      return reduceCall(machine, event);
    case 'devices':
      return [withPhone(machine, { devices: Object.freeze({ ...machine.phone.devices, ...event.devices }) }), []];
    case 'policy':
      return [withPhone(machine, { policy: Object.freeze(event.policy) }), []];
    case 'activation':
      return machine.phone.needsActivation === event.needed
        ? [machine, []]
        : [withPhone(machine, { needsActivation: event.needed }), []];
    case 'playback':
      return machine.phone.playbackBlocked === event.blocked
        ? [machine, []]
        : [withPhone(machine, { playbackBlocked: event.blocked }), []];
  }
}
