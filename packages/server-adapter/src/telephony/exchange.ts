/**
 * The exchange port: what a call flow needs from a telephone exchange, and nothing more.
 *
 * Two drivers implement it (`asterisk/`, `embedded/`) and one contract suite (`exchange.contract.ts`) proves both.
 * Flows are written against this file only.
 *
 * Words: a **leg** is one telephone connection (a SIP dialog, an ARI channel). A **bridge** joins legs so that they
 * hear each other. A **device** is where a person can be reached. Numbers are E.164 (`+982181021380`) except a DID
 * that an operator delivers in its own format, which is passed on as received.
 */

import { ECHO_NUMBER } from '@callweave/sdk/protocol';

/**
 * Every driver answers this number by itself when one of our own browser phones dials it, and sends the sound back until
 * the phone hangs up, at most so long. It is no `incoming` call. Calls from outside do not get it.
 */
export { ECHO_NUMBER };
export const ECHO_SECONDS = 60;

export type LegId = string;
export type BridgeId = string;
export type RecordingName = string;
export type PlaybackId = string;
export type SupervisionId = string;
export type FaxName = string;

/** Where a person is reached: a browser phone by its account name, or any telephone by its number. */
export type Device =
  | { readonly kind: 'browser'; readonly account: string }
  | { readonly kind: 'number'; readonly number: string };

export type DeviceState = 'idle' | 'busy' | 'unreachable' | 'unknown';

/** Why a leg ended, told apart so that a flow can choose the next step and a person can read the reason. */
export type HangupCause =
  | 'normal' // either side hung up after an answer
  | 'busy'
  | 'no-answer'
  | 'rejected' // the person declined
  | 'unreachable' // not registered, no route, number unknown
  | 'cancelled' // the caller, or the flow, gave up before an answer
  | 'answered-elsewhere'
  | 'media-timeout' // no audio arrived for too long: the far end is gone
  | 'failed'; // anything the exchange could not do

export interface LegSnapshot {
  readonly leg: LegId;
  /** `trunk`: from the outside world. `device`: from one of our own browser phones. `ring`: made by {@link Exchange.ring}. */
  readonly origin: 'trunk' | 'device' | 'ring';
  readonly state: 'ringing' | 'up';
  /** Caller's number or account as received; empty when withheld. */
  readonly from: string;
  /** Number dialled. */
  readonly to: string;
  readonly since: Date;
  /** What {@link Exchange.tag} stored: how a restarted adapter recognises its call. */
  readonly tag?: string;
  readonly bridge?: BridgeId;
}

export type ExchangeEvent =
  | {
      readonly type: 'incoming';
      readonly leg: LegId;
      readonly origin: 'trunk' | 'device';
      readonly from: string;
      readonly to: string;
      readonly at: Date;
    }
  | { readonly type: 'ringing'; readonly leg: LegId; readonly at: Date }
  | { readonly type: 'answered'; readonly leg: LegId; readonly at: Date }
  /** One DTMF digit, `0`–`9`, `*`, `#`, `A`–`D`; emitted once per key press, bridged or not. */
  | { readonly type: 'digit'; readonly leg: LegId; readonly digit: string; readonly at: Date }
  /** The phone at the end of this leg put the call on hold, or took it back (by re-INVITE). */
  | { readonly type: 'held'; readonly leg: LegId; readonly held: boolean; readonly at: Date }
  | { readonly type: 'hungup'; readonly leg: LegId; readonly cause: HangupCause; readonly at: Date }
  | { readonly type: 'playback-finished'; readonly playback: PlaybackId; readonly leg: LegId; readonly at: Date }
  | {
      readonly type: 'recording-finished';
      readonly recording: RecordingName;
      readonly leg: LegId;
      readonly durationMs: number;
      readonly at: Date;
    }
  | {
      readonly type: 'recording-failed';
      readonly recording: RecordingName;
      readonly leg: LegId;
      readonly reason: string;
      readonly at: Date;
    }
  /** A fax came in whole; {@link Exchange.fetchFax} has it. `stationId`: what the sender's machine calls itself; anybody can claim anything. */
  | {
      readonly type: 'fax-finished';
      readonly fax: FaxName;
      readonly leg: LegId;
      readonly pages: number;
      readonly stationId: string;
      readonly over: 't38' | 'audio';
      readonly at: Date;
    }
  /** It broke off. Pages that came whole before can be fetched. */
  | {
      readonly type: 'fax-failed';
      readonly fax: FaxName;
      readonly leg: LegId;
      readonly pages: number;
      readonly stationId: string;
      readonly reason: string;
      readonly at: Date;
    }
  /** A fax machine calls (CNG, 1100 Hz) on a leg that talks to nobody yet; once per leg. Not every driver listens for it. */
  | { readonly type: 'fax-tone'; readonly leg: LegId; readonly at: Date }
  | { readonly type: 'device'; readonly device: Device; readonly state: DeviceState; readonly at: Date }
  /** The connection to the exchange was lost; legs may go on without us. */
  | { readonly type: 'down'; readonly reason: string; readonly at: Date }
  /** The connection is (again) there. Whoever keeps state compares it with {@link Exchange.legs} now. */
  | { readonly type: 'up'; readonly at: Date };

export interface RingOptions {
  /** Chosen by the caller, so that a repeated command rings once. */
  readonly leg: LegId;
  readonly device: Device;
  /** What the far end sees as its caller. */
  readonly callerId: { readonly number: string; readonly name?: string };
  /** The exchange gives up by itself after this long, with cause `no-answer`. */
  readonly timeoutSeconds: number;
  /** Extra SIP headers towards a browser phone (`X-Callweave-Call` carries the call's id). No control characters. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly tag?: string;
}

/**
 * One thing to play. `prompt` names a shipped or replaced audio file by key; `digits` and `number` are spoken in `language`;
 * `recording` is a finished recording that the exchange still has.
 */
export type PlayItem =
  | { readonly kind: 'prompt'; readonly key: string }
  | { readonly kind: 'digits'; readonly digits: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'silence'; readonly ms: number }
  | { readonly kind: 'tone'; readonly hz: number; readonly ms: number }
  | { readonly kind: 'recording'; readonly recording: RecordingName };

export type PromptLanguage = 'en' | 'fa' | 'cs';

export interface RecordOptions {
  readonly leg: LegId;
  /** Unique name; characters `[A-Za-z0-9._-]` only. */
  readonly recording: RecordingName;
}

export interface ReceiveFaxOptions {
  readonly leg: LegId;
  /** Unique name; characters `[A-Za-z0-9._-]` only. */
  readonly fax: FaxName;
  /** How our end names itself to the sender: the number that was dialled. */
  readonly stationId?: string;
}

/** How a supervisor takes part in a call without being one of its parties. */
export type SupervisionMode =
  | 'listen' // hears everybody, is heard by nobody
  | 'whisper'; // hears everybody, is heard by the agent alone

export interface SuperviseOptions {
  /** Chosen by the caller, so that a repeated command supervises once. Characters `[A-Za-z0-9._-]` only. */
  readonly supervision: SupervisionId;
  /** The supervisor's own leg. */
  readonly leg: LegId;
  /** Whose bridge is listened to; and who hears a whisper. */
  readonly agentLeg: LegId;
  readonly mode: SupervisionMode;
}

/** What a browser phone needs to register. */
export interface PhoneCredentials {
  /** Address of record, `sip:account@domain`. */
  readonly uri: string;
  /** WebSocket address; a path alone (`/sip`) means the origin of the adapter. */
  readonly server: string;
  readonly username: string;
  readonly password: string;
  readonly realm?: string;
  /** When these credentials stop working for new registrations. */
  readonly expiresAt: Date;
}

export type ExchangeErrorCode =
  | 'unknown-leg'
  | 'unknown-bridge'
  | 'unknown-recording'
  | 'unknown-fax'
  /** This exchange cannot do it at all. */
  | 'unsupported'
  | 'unreachable'
  | 'exchange-down'
  | 'invalid'
  | 'failed';

export class ExchangeError extends Error {
  override readonly name = 'ExchangeError';
  readonly code: ExchangeErrorCode;
  constructor(code: ExchangeErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/**
 * Every command rejects with an {@link ExchangeError}. Commands on a leg that has just ended reject with `unknown-leg`;
 * {@link Exchange.hangup} alone is idempotent and resolves. Results of a command that takes time arrive as events.
 */
export interface Exchange {
  readonly name: string;
  /** Connects; resolves when commands can be given. Reconnects by itself from then on. */
  start(): Promise<void>;
  /** Ends legs that only this process can carry (embedded), leaves others alone (Asterisk), releases all resources. */
  stop(): Promise<void>;
  /** Events in the order they happened. Returns the unsubscribe function. A throwing listener never stops others. */
  subscribe(listener: (event: ExchangeEvent) => void): () => void;
  /** Legs alive now, including those of before a restart of this process. */
  legs(): Promise<readonly LegSnapshot[]>;
  deviceState(device: Device): Promise<DeviceState>;
  /** Credentials for the browser phone of one signed-in person; short-lived where the exchange can. */
  credentials(account: string): Promise<PhoneCredentials>;

  /** Rings a device. Rejects `unreachable` when it is known at once; otherwise the outcome comes as events. */
  ring(options: RingOptions): Promise<void>;
  answer(leg: LegId): Promise<void>;
  /** Signals ringing to an incoming leg. */
  progress(leg: LegId): Promise<void>;
  hangup(leg: LegId, cause?: HangupCause): Promise<void>;
  /** Stores a short text with the leg, for {@link legs} after a restart. */
  tag(leg: LegId, tag: string): Promise<void>;

  /** Plays items one after the other to this leg alone, also while it is bridged. */
  play(
    leg: LegId,
    items: readonly PlayItem[],
    options: { readonly playback: PlaybackId; readonly language: PromptLanguage },
  ): Promise<void>;
  stopPlayback(playback: PlaybackId): Promise<void>;

  /** Makes a bridge with a chosen id; doing it again is harmless. */
  createBridge(bridge: BridgeId): Promise<void>;
  join(bridge: BridgeId, leg: LegId): Promise<void>;
  /** Takes the leg out of its bridge: it hears, and is heard by, nobody. */
  leave(bridge: BridgeId, leg: LegId): Promise<void>;
  destroyBridge(bridge: BridgeId): Promise<void>;

  /** Hold from our side (for a responder on their own telephone): `leg` hears music, and its speech reaches nobody. */
  hold(leg: LegId, held: boolean): Promise<void>;
  /** This leg's speech reaches nobody, and no recording, until it is taken back; it goes on hearing. */
  mute(leg: LegId, muted: boolean): Promise<void>;

  /**
   * Lets a leg hear everybody in another's bridge, whichever bridge that is at the time, and whisper to that leg alone.
   * Nobody else hears a whisper, and no recording of another leg has it. Doing it again with the same id changes the mode.
   * It ends with either of the two legs, and when the supervisor's leg joins a bridge; the supervisor's leg stays.
   */
  supervise(options: SuperviseOptions): Promise<void>;
  /** Harmless when it is over already. */
  endSupervision(supervision: SupervisionId): Promise<void>;

  /** Records what the person on this leg says (their side alone) until stopped or the leg ends. Mono, 8 kHz, 16-bit WAV. */
  record(options: RecordOptions): Promise<void>;
  /** While paused, silence of the same length is written, so that offsets stay true. */
  pauseRecording(recording: RecordingName, paused: boolean): Promise<void>;
  stopRecording(recording: RecordingName): Promise<void>;
  /** The finished (or, after a crash, partial) WAV file. */
  fetchRecording(recording: RecordingName): Promise<Uint8Array>;
  deleteRecording(recording: RecordingName): Promise<void>;

  /**
   * Answers the leg as a fax machine and takes what it sends; the outcome comes as `fax-finished` or `fax-failed`, always
   * before the leg's `hungup`. From here on the leg is the fax's alone, and ends with it. Rejects `unsupported` where the
   * exchange has no fax.
   */
  receiveFax(options: ReceiveFaxOptions): Promise<void>;
  /** The pages as one TIFF. Rejects `unknown-fax` when none came. */
  fetchFax(fax: FaxName): Promise<Uint8Array>;
  /** Deleting what is not there is harmless. */
  deleteFax(fax: FaxName): Promise<void>;
}
