import { noChannel, type OpenChannel, openBroadcastChannel } from '../tabs/channel.ts';
import { createWebLocks, type Locks } from '../tabs/locks.ts';
import type { HidPort } from './headset/hid-port.ts';
import type { ReconnectPolicy } from './owner/backoff.ts';
import type { AutoAnswer } from './owner/calls-host.ts';
import type { FetchCredentials } from './owner/credentials.ts';
import { type Clock, systemClock } from './ports/clock.ts';
import type { MediaPort } from './ports/media.ts';
import type { CreateSipEngine, SipSocket, SipTraceLine } from './ports/sip.ts';
import { createWebStore, type Store } from './ports/store.ts';

export interface PhoneOptions {
  /** Used by `start()` when it is given none. */
  readonly credentials?: FetchCredentials;
  /** STUN and TURN servers and the like. @default no servers: enough where the exchange has a public address */
  readonly rtcConfiguration?: RTCConfiguration;
  /** Added to what the microphone is asked for. @default echo cancellation, noise suppression and gain control on */
  readonly microphoneConstraints?: MediaTrackConstraints;
  /** The name sent with calls and registrations. */
  readonly displayName?: string;
  /**
   * How long a registration lasts, in seconds. Less than 300 would not survive a throttled background tab, and is raised;
   * more keeps the exchange ringing longer at pages that were closed.
   * @default 300
   */
  readonly registerSeconds?: number;
  /** Longest wait for ICE candidates before an offer or answer goes out. @default 1000 */
  readonly iceReadyMs?: number;
  /** When a candidate is good enough to stop waiting. @default any UDP address that is not an mDNS name */
  readonly usableCandidate?: (candidate: RTCIceCandidate) => boolean;
  /** Receives every SIP message with its secrets removed. @default none */
  readonly trace?: (line: SipTraceLine) => void;
  /** Whether the browser asks before it closes a page in a call. @default true */
  readonly protectCalls?: boolean;
  /**
   * Calls that this page answers by itself, because it asked for them: `header` reads the INVITE. Asked in the tab that
   * owns the phone. Anything that an outsider can send must not be enough. @default none
   */
  readonly autoAnswer?: AutoAnswer;
  /** @default doubling from 0.5 s to 30 s, spread at random */
  readonly reconnect?: ReconnectPolicy;
  /** What a relative `server` of the credentials refers to. @default the page's address */
  readonly pageUrl?: string;

  // Ports; the defaults are the browser's.
  readonly clock?: Clock;
  readonly store?: Store;
  readonly locks?: Locks;
  readonly openChannel?: OpenChannel;
  readonly media?: MediaPort;
  readonly hid?: HidPort;
  /** @default JsSIP, loaded when this tab first needs it */
  readonly createEngine?: CreateSipEngine;
  /** Replaces the WebSocket under the engine. */
  readonly createSocket?: (url: string) => SipSocket;
}

const MIN_REGISTER_SECONDS = 300;

const loadEngine: CreateSipEngine = async (identity, options) => {
  const { createJsSipEngine } = await import('./jssip-engine.ts');
  return createJsSipEngine(identity, options);
};

export function withDefaults(options: PhoneOptions) {
  return {
    clock: options.clock ?? systemClock,
    store: options.store ?? createWebStore(),
    locks: options.locks ?? createWebLocks(),
    // Without locks each tab has a phone of its own, and they must not take it from each other.
    openChannel:
      options.openChannel ?? (options.locks || globalThis.navigator?.locks ? openBroadcastChannel : noChannel),
    media: options.media,
    microphoneConstraints: options.microphoneConstraints,
    createEngine: options.createEngine ?? loadEngine,
    reconnect: options.reconnect,
    autoAnswer: options.autoAnswer,
    protectCalls: options.protectCalls ?? true,
    rtcConfiguration: options.rtcConfiguration ?? { iceServers: [] },
    pageUrl: options.pageUrl ?? globalThis.location?.href,
    engineOptions: {
      registerSeconds: Math.max(MIN_REGISTER_SECONDS, options.registerSeconds ?? MIN_REGISTER_SECONDS),
      iceReadyMs: options.iceReadyMs ?? 1_000,
      ...(options.usableCandidate ? { usableCandidate: options.usableCandidate } : {}),
      ...(options.displayName === undefined ? {} : { displayName: options.displayName }),
      ...(options.trace ? { trace: options.trace } : {}),
      ...(options.createSocket ? { createSocket: options.createSocket } : {}),
    },
  };
}
