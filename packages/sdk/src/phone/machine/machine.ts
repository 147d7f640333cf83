import type { PhoneErrorInfo } from '../../errors/phone-error.ts';
import type { PhoneEvent } from '../events.ts';
import type { QualityEstimate } from '../quality/estimate.ts';
import {
  type CallEnd,
  type CallState,
  type DeviceState,
  INITIAL_STATE,
  type OrphanedCall,
  type PhonePolicy,
  type PhoneState,
} from '../state.ts';

/** The public snapshot plus what only the machine needs to decide. */
export interface Machine {
  readonly phone: PhoneState;
  /** The user wants the phone to be on the air. */
  readonly wanted: boolean;
  readonly connectAttempts: number;
  readonly registerAttempts: number;
  /** Fresh credentials were already tried after a refusal. */
  readonly retriedCredentials: boolean;
  /** The orphan was announced; once per ownership. */
  readonly orphanAnnounced: boolean;
  /** Active calls whose signalling path broke: they are renegotiated when registration is back. */
  readonly stale: readonly string[];
}

export const INITIAL_MACHINE: Machine = Object.freeze({
  phone: INITIAL_STATE,
  wanted: false,
  connectAttempts: 0,
  registerAttempts: 0,
  retriedCredentials: false,
  orphanAnnounced: false,
  stale: Object.freeze([]),
});

export type TimerKey = 'reconnect' | 'register' | 'register-deadline';

export type MachineEvent =
  | { readonly type: 'start' }
  | { readonly type: 'stop' }
  | { readonly type: 'own'; readonly orphan: OrphanedCall | null }
  | { readonly type: 'disown' }
  | { readonly type: 'transport-up' }
  | { readonly type: 'transport-down'; readonly reason: string }
  | { readonly type: 'registered' }
  | { readonly type: 'registration-expiring' }
  | {
      readonly type: 'registration-failed';
      readonly error: PhoneErrorInfo;
      readonly refused: boolean;
      readonly retryAfterMs: number;
    }
  | { readonly type: 'credentials-failed'; readonly error: PhoneErrorInfo }
  | { readonly type: 'timer'; readonly key: TimerKey }
  /** The network or the page came back: do not sit out the pause. `lapsed`: it slept longer than a registration lives. */
  | { readonly type: 'nudge'; readonly lapsed: boolean }
  | { readonly type: 'line-doubtful' }
  | { readonly type: 'call-added'; readonly call: CallState; readonly autoAnswer: boolean }
  | { readonly type: 'call-changed'; readonly id: string; readonly change: CallChange; readonly at: number }
  | { readonly type: 'call-ended'; readonly id: string; readonly end: CallEnd; readonly at: number }
  | { readonly type: 'bye'; readonly id: string; readonly delivered: boolean }
  | { readonly type: 'ice'; readonly id: string; readonly state: RTCIceConnectionState }
  | { readonly type: 'ice-restart-failed'; readonly id: string }
  | { readonly type: 'media-retry'; readonly id: string }
  | { readonly type: 'quality'; readonly id: string; readonly estimate: QualityEstimate }
  | { readonly type: 'policy'; readonly policy: PhonePolicy }
  | { readonly type: 'devices'; readonly devices: Partial<DeviceState> }
  | { readonly type: 'activation'; readonly needed: boolean }
  | { readonly type: 'playback'; readonly blocked: boolean }
  | { readonly type: 'orphan-resolved' };

export type CallChange =
  | { readonly signalling: 'media' | 'gathering' | 'inviting' | 'ringing' | 'answering' | 'active' }
  | { readonly hold: 'pending-local' | { readonly local: boolean; readonly remote: boolean } }
  | { readonly muted: boolean };

/** `waiting`: somebody is talking, so that only a soft tone is due. */
export type RingMode = 'off' | 'ring' | 'waiting';

export type Effect =
  | { readonly type: 'connect' }
  | { readonly type: 'close' }
  | { readonly type: 'drop-transport'; readonly reason: string }
  | { readonly type: 'register'; readonly fresh: boolean }
  | { readonly type: 'check-line' }
  | {
      readonly type: 'backoff';
      readonly key: 'reconnect' | 'register';
      readonly attempt: number;
      readonly atLeastMs: number;
    }
  | { readonly type: 'timer'; readonly key: TimerKey; readonly ms: number }
  | { readonly type: 'cancel-timer'; readonly key: TimerKey }
  | { readonly type: 'refuse'; readonly id: string; readonly status: number }
  | { readonly type: 'auto-answer'; readonly id: string }
  | { readonly type: 'abandon-ringing'; readonly id: string }
  | { readonly type: 'recover'; readonly id: string; readonly iceRestart: boolean }
  | { readonly type: 'retry-media'; readonly id: string }
  | { readonly type: 'ringer'; readonly ring: RingMode }
  | { readonly type: 'remember'; readonly call: CallState }
  | { readonly type: 'forget' }
  | { readonly type: 'emit'; readonly event: PhoneEvent };

export type Step = readonly [Machine, readonly Effect[]];

export function withPhone(machine: Machine, change: Partial<PhoneState>): Machine {
  return Object.freeze({ ...machine, phone: Object.freeze({ ...machine.phone, ...change }) });
}

export function withMachine(machine: Machine, change: Partial<Machine>): Machine {
  return Object.freeze({ ...machine, ...change });
}

export function emit(event: PhoneEvent): Effect {
  return { type: 'emit', event };
}
