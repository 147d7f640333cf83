/**
 * The parts of JsSIP 3 that the engine uses. Its own declarations do not export `RTCSession`, miss `transport` and
 * several events, and are loose elsewhere; these are checked by the tests that run against the real library.
 */
import type { SipSocket } from '../ports/sip.ts';

export interface JsSipModule {
  readonly UA: new (configuration: Readonly<Record<string, unknown>>) => JsSipUa;
  readonly debug?: { enabled?: (namespace: string) => boolean };
}

export interface JsSipNameAddr {
  readonly display_name: string | null;
  readonly uri: { readonly user: string; toString(): string };
  hasParam(name: string): boolean;
}

export interface JsSipMessage {
  readonly method: string;
  readonly call_id: string;
  readonly from: JsSipNameAddr;
  readonly to: JsSipNameAddr;
  status_code?: number;
  readonly reason_phrase?: string;
  body?: string | null;
  getHeader(name: string): string | undefined;
  reply(status: number, phrase?: string): void;
}

export interface JsSipTransaction {
  readonly request: JsSipMessage;
  /** Client transactions only. */
  readonly eventHandlers?: {
    onReceiveResponse: (response: JsSipMessage) => void;
    onTransportError: () => void;
    onRequestTimeout: () => void;
  };
}

export interface JsSipUaEvents {
  connected: undefined;
  disconnected: { readonly code?: number; readonly reason?: string; readonly error?: boolean };
  registrationExpiring: undefined;
  registrationFailed: { readonly response: JsSipMessage | null; readonly cause: string };
  newRTCSession: {
    readonly originator: 'local' | 'remote';
    readonly session: JsSipSession;
    readonly request: JsSipMessage;
  };
  newTransaction: { readonly transaction: JsSipTransaction };
}

export interface JsSipUa {
  readonly transport: { connect(): void; disconnect(): void; isConnected(): boolean };
  readonly contact: { readonly uri: { readonly user: string } };
  start(): void;
  stop(): void;
  isConnected(): boolean;
  registrator(): { register(): void };
  call(target: string, options: Readonly<Record<string, unknown>>): JsSipSession;
  set(parameter: string, value: string): boolean;
  on<K extends keyof JsSipUaEvents>(event: K, listener: (data: JsSipUaEvents[K]) => void): unknown;
}

export interface JsSipEnd {
  readonly originator: 'local' | 'remote' | 'system';
  readonly message: JsSipMessage | string | null;
  readonly cause: string;
}

export interface JsSipSessionEvents {
  connecting: unknown;
  sending: unknown;
  progress: { readonly originator: 'local' | 'remote'; readonly response: JsSipMessage | null };
  accepted: unknown;
  confirmed: unknown;
  ended: JsSipEnd;
  failed: JsSipEnd;
  hold: { readonly originator: 'local' | 'remote' };
  unhold: { readonly originator: 'local' | 'remote' };
  icecandidate: { readonly candidate: RTCIceCandidate; readonly ready: () => void };
  reinvite: { readonly reject: (options: { readonly status_code: number }) => void };
  update: {
    readonly request: { readonly body?: string };
    readonly reject: (options: { readonly status_code: number }) => void;
  };
}

export interface JsSipTerminate {
  readonly cause?: string;
  readonly status_code?: number;
  readonly reason_phrase?: string;
}

export interface JsSipSession {
  readonly id: string;
  readonly connection: RTCPeerConnection | null;
  readonly status: number;
  readonly remote_identity: JsSipNameAddr;
  isEstablished(): boolean;
  isEnded(): boolean;
  isReadyToReOffer(): boolean;
  /** Private to JsSIP, which never sets it again after a browser failed to make an offer. */
  _rtcReady: boolean;
  answer(options: Readonly<Record<string, unknown>>): void;
  terminate(options?: JsSipTerminate): void;
  renegotiate(options: { readonly rtcOfferConstraints: RTCOfferOptions }, done: () => void): boolean;
  mute(options: { readonly audio: boolean }): void;
  unmute(options: { readonly audio: boolean }): void;
  sendDTMF(tones: string, options: Readonly<Record<string, unknown>>): void;
  receiveRequest(request: JsSipMessage): void;
  on<K extends keyof JsSipSessionEvents>(event: K, listener: (data: JsSipSessionEvents[K]) => void): unknown;
}

export type { SipSocket };
