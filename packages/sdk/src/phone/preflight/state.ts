import type { PhoneErrorCode } from '../../errors/phone-error.ts';

/** In this order. */
export const PREFLIGHT_CHECKS = ['microphone', 'speaker', 'connection', 'registration', 'network', 'call'] as const;
export type PreflightCheck = (typeof PREFLIGHT_CHECKS)[number];

/** `warning`: calls are possible, and would not be good. */
export type PreflightStatus = 'waiting' | 'running' | 'passed' | 'warning' | 'failed' | 'skipped';

export type PreflightReason =
  | Extract<PhoneErrorCode, `microphone-${string}` | 'not-supported'>
  /** It is allowed, and nothing is heard on it. */
  | 'microphone-silent'
  | 'playback-blocked'
  | 'speaker-not-heard'
  /** Nobody said whether it was heard. */
  | 'speaker-unanswered'
  /** No WebSocket to the exchange: a firewall, a proxy, or the exchange is down. */
  | 'connection-blocked'
  | 'credentials-failed'
  | 'registration-rejected'
  | 'registration-failed'
  /** The browser finds no address for sound. */
  | 'no-candidates'
  /** A STUN or TURN server that is configured does not answer. */
  | 'server-silent'
  /** A check before it failed, and this one needs it. */
  | 'needs-earlier'
  | 'call-failed'
  /** The call stands, and no sound comes back: a firewall between here and the exchange. */
  | 'no-echo'
  | 'high-loss'
  | 'high-delay'
  | 'high-jitter'
  | 'low-score'
  | 'failed';

/** What was measured; only what the check measures is there. */
export interface PreflightFigures {
  /** Loudest moment of the microphone, 0 to 1. */
  readonly level?: number;
  readonly connectMs?: number;
  /** Kinds of addresses that were found. */
  readonly candidates?: readonly ('host' | 'srflx' | 'prflx' | 'relay')[];
  /** Fractions 0–1; `null` when the exchange reports nothing. */
  readonly lossIn?: number;
  readonly lossOut?: number | null;
  readonly jitterMs?: number;
  readonly rttMs?: number | null;
  /** Mean opinion score 1–4.5; an estimate, nobody listened. */
  readonly mos?: number;
}

export interface PreflightResult {
  readonly check: PreflightCheck;
  readonly status: PreflightStatus;
  readonly reason?: PreflightReason;
  readonly figures?: PreflightFigures;
}

export interface PreflightState {
  /** `stopped`: given up in the middle. */
  readonly status: 'idle' | 'running' | 'done' | 'stopped';
  /** The tone has played: `heard()` is waited for. */
  readonly asks: boolean;
  /** Loudness of the microphone just now, 0 to 1, while it is being checked. */
  readonly level: number;
  readonly results: readonly PreflightResult[];
  /** `unusable`: something failed. `usable`: something is not as it should be. `null` before the end. */
  readonly verdict: 'good' | 'usable' | 'unusable' | null;
}

export const IDLE_PREFLIGHT: PreflightState = Object.freeze({
  status: 'idle',
  asks: false,
  level: 0,
  results: Object.freeze(PREFLIGHT_CHECKS.map((check) => Object.freeze({ check, status: 'waiting' as const }))),
  verdict: null,
});

export function verdictOf(results: readonly PreflightResult[]): NonNullable<PreflightState['verdict']> {
  if (results.some(({ status }) => status === 'failed')) return 'unusable';
  return results.every(({ status }) => status === 'passed') ? 'good' : 'usable';
}
