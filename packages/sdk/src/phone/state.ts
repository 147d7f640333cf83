import type { PhoneErrorInfo, SipReason } from '../errors/phone-error.ts';
import type { AudioDevice } from './ports/media.ts';
import type { QualityEstimate } from './quality/estimate.ts';

export type TransportState = 'idle' | 'connecting' | 'up' | 'backoff';
export type RegistrationState = 'none' | 'pending' | 'ok' | 'failed';
export type PhoneRole = 'electing' | 'owner' | 'follower';

export type CallSignalling = 'new' | 'media' | 'gathering' | 'inviting' | 'ringing' | 'answering' | 'active' | 'ended';
export type CallHold = 'none' | 'pending-local' | 'local' | 'remote' | 'both';
export type CallMedia = 'ok' | 'recovering' | 'failed';

export type CallEndReason =
  | 'hangup-local'
  | 'hangup-remote'
  | 'declined' // we refused it
  | 'cancelled' // the caller gave up before we answered
  | 'answered-elsewhere'
  | 'rejected' // the far side refused
  | 'busy'
  | 'no-answer'
  | 'unreachable'
  | 'connection-lost'
  | 'media-failed'
  | 'failed';

export interface CallEnd {
  readonly reason: CallEndReason;
  readonly sip?: SipReason;
  /** Whether the exchange confirmed our hang-up. When `false`, tell it another way: the far side may still be connected. */
  readonly byeDelivered?: boolean;
}

/** One call, frozen and serialisable: the same in every tab. Times are milliseconds since 1970. */
export interface CallState {
  readonly id: string;
  readonly direction: 'incoming' | 'outgoing';
  readonly remote: { readonly number: string; readonly uri: string; readonly name?: string };
  /** The desk's own id of the conversation (`X-Callweave-Call`). */
  readonly interactionId?: string;
  /** This call was rung back in after a reload. */
  readonly resumed: boolean;
  readonly signalling: CallSignalling;
  readonly hold: CallHold;
  readonly media: CallMedia;
  readonly muted: boolean;
  readonly createdAt: number;
  readonly answeredAt?: number;
  readonly heldAt?: number;
  readonly endedAt?: number;
  readonly end?: CallEnd;
  readonly quality?: QualityEstimate;
}

export interface DeviceState {
  readonly microphones: readonly AudioDevice[];
  readonly speakers: readonly AudioDevice[];
  /** `null` is the system's default. */
  readonly microphone: string | null;
  readonly speaker: string | null;
  readonly ringtone: string | null;
  /** Why nobody hears the agent: the last microphone was unplugged, or its permission taken back, in a call. */
  readonly microphoneProblem: PhoneErrorInfo | null;
}

/** A call that was active when its page went away. */
export interface OrphanedCall {
  readonly callId: string;
  readonly interactionId?: string;
  readonly remote: CallState['remote'];
  readonly answeredAt?: number;
}

/** What happens to calls that come at a bad moment. Kept in the browser over reloads. */
export interface PhonePolicy {
  /** Every call is told `486 Busy Here`; what this page dialled itself still comes through. */
  readonly doNotDisturb: boolean;
  /** A second caller waits, announced by a soft tone, instead of hearing busy. */
  readonly callWaiting: boolean;
}

export interface PhoneState {
  readonly transport: TransportState;
  readonly registration: RegistrationState;
  readonly role: PhoneRole;
  /** Calls alive now. */
  readonly calls: readonly CallState[];
  readonly lastEnded: CallState | null;
  readonly orphan: OrphanedCall | null;
  readonly devices: DeviceState;
  readonly policy: PhonePolicy;
  /** The browser will not ring aloud until the user touches the owner's page. */
  readonly needsActivation: boolean;
  /** A caller is connected but not heard: call `startAudio()` from a click. */
  readonly playbackBlocked: boolean;
  /** Why registration failed last; `fatal` when the phone has given up. */
  readonly error: PhoneErrorInfo | null;
}

export const INITIAL_STATE: PhoneState = Object.freeze({
  transport: 'idle',
  registration: 'none',
  role: 'electing',
  calls: Object.freeze([]),
  lastEnded: null,
  orphan: null,
  devices: Object.freeze({
    microphones: [],
    speakers: [],
    microphone: null,
    speaker: null,
    ringtone: null,
    microphoneProblem: null,
  }),
  policy: Object.freeze({ doNotDisturb: false, callWaiting: false }),
  needsActivation: false,
  playbackBlocked: false,
  error: null,
});
