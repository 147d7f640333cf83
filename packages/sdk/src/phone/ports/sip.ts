import type { Clock } from './clock.ts';

/**
 * What the phone needs from a SIP stack. The JsSIP engine is its only implementation; these types are our own because
 * those of JsSIP leave out members that exist and describe others wrongly.
 */
export interface SipIdentity {
  /** Address of record, `sip:account@domain`. */
  readonly uri: string;
  /** Absolute WebSocket address. */
  readonly server: string;
  readonly username: string;
  readonly password: string;
  readonly realm?: string;
}

export interface SipEngineOptions {
  /** Kept across reloads, so that the registrar replaces the old contact of this browser instead of adding one. */
  readonly instanceId: string;
  readonly displayName?: string;
  readonly registerSeconds: number;
  readonly iceReadyMs: number;
  /** @default any UDP address that is not an mDNS name */
  readonly usableCandidate?: (candidate: RTCIceCandidate) => boolean;
  readonly clock: Clock;
  readonly trace?: (line: SipTraceLine) => void;
  /** Replaces the WebSocket, for tests: JsSIP's own `Socket` duck type. */
  readonly createSocket?: (url: string) => SipSocket;
}

export type CreateSipEngine = (identity: SipIdentity, options: SipEngineOptions) => SipPort | Promise<SipPort>;

/** JsSIP's seam: anything with this shape can carry SIP messages. */
export interface SipSocket {
  readonly url: string;
  readonly sip_uri: string;
  via_transport: string;
  connect(): void;
  disconnect(): void;
  send(message: string): boolean;
  onconnect: () => void;
  ondisconnect: (error: boolean, code?: number, reason?: string) => void;
  ondata: (data: string | ArrayBuffer) => void;
}

/** One message with everything secret removed. */
export interface SipTraceLine {
  readonly direction: 'in' | 'out';
  readonly message: string;
}

export type SipEvent =
  | { readonly type: 'transport-up' }
  | { readonly type: 'transport-down'; readonly reason: string }
  /** Nobody answers keep-alives: only an answered request proves that the line lives. */
  | { readonly type: 'line-doubtful' }
  | { readonly type: 'registered' }
  | { readonly type: 'registration-expiring' }
  | {
      readonly type: 'registration-failed';
      readonly status?: number;
      readonly phrase?: string;
      readonly retryAfterMs?: number;
      readonly cause: 'answer' | 'timeout' | 'connection' | 'no-contact';
    }
  | { readonly type: 'incoming'; readonly call: SipCall };

export interface SipPort {
  subscribe(listener: (event: SipEvent) => void): () => void;
  /** Opens the socket; the outcome comes as an event. Never retries by itself: the phone decides when. */
  connect(): void;
  /** Asks whether the far end of the socket is still there; one that is not falls as `transport-down`. */
  checkLine(): void;
  /** Closes the socket as if the network had, to get rid of a connection that does not answer. */
  dropTransport(reason: string): void;
  setIdentity(identity: SipIdentity): void;
  register(): void;
  invite(request: InviteRequest): SipCall;
  /** Unregisters, ends what is left, closes the socket. */
  close(): Promise<void>;
}

export interface InviteRequest {
  readonly target: string;
  readonly stream: MediaStream;
  readonly configuration: RTCConfiguration;
  readonly headers: readonly string[];
}

export type SipCallEndCause =
  | 'bye'
  | 'cancelled' // the caller gave up
  | 'answered-elsewhere'
  | 'rejected' // a final answer ≥ 300
  | 'local' // we ended it
  | 'connection-lost'
  | 'timeout'
  | 'media' // WebRTC refused
  | 'failed';

export type SipCallEvent =
  | { readonly type: 'gathering' }
  | { readonly type: 'inviting' }
  | { readonly type: 'ringing'; readonly status: number }
  | { readonly type: 'accepted' }
  | { readonly type: 'confirmed' }
  | { readonly type: 'hold'; readonly local: boolean; readonly remote: boolean }
  | { readonly type: 'ice'; readonly state: RTCIceConnectionState }
  | { readonly type: 'remote-stream'; readonly stream: MediaStream }
  | { readonly type: 'ended'; readonly cause: SipCallEndCause; readonly status?: number; readonly phrase?: string };

export interface SipCall {
  readonly direction: 'incoming' | 'outgoing';
  readonly remote: { readonly user: string; readonly uri: string; readonly displayName?: string };
  /** A header of the incoming INVITE. */
  header(name: string): string | undefined;
  readonly connection: RTCPeerConnection | null;
  subscribe(listener: (event: SipCallEvent) => void): () => void;
  answer(options: { readonly stream: MediaStream; readonly configuration: RTCConfiguration }): void;
  reject(status: number, phrase?: string): void;
  /** Ends the call whatever its state; doing it again is harmless. Resolves with whether the far side confirmed it. */
  hangup(): Promise<boolean>;
  /** Offers anew. Rejects without ending the call; then the media is as before. */
  renegotiate(change: { readonly hold?: boolean; readonly iceRestart?: boolean }, signal: AbortSignal): Promise<void>;
  setMuted(muted: boolean): void;
  replaceTrack(track: MediaStreamTrack): Promise<void>;
  sendDigits(digits: string, signal: AbortSignal): Promise<void>;
}
