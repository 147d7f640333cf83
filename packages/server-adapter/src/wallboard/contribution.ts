import type { Call } from '@callweave/sdk/protocol';

/** What a house promises its callers. */
export interface ServiceGoal {
  /** An answer within so many seconds … */
  readonly seconds: number;
  /** … for this share of the calls, from 0 to 1. */
  readonly share: number;
  /** Who hangs up before this many seconds could not have been answered, and does not count against the goal. */
  readonly earlySeconds: number;
}

export const DEFAULT_SERVICE_GOAL: ServiceGoal = { seconds: 20, share: 0.8, earlySeconds: 5 };

/** What one call adds to the sums of its day. */
export interface Contribution {
  readonly offered: number;
  readonly answered: number;
  readonly answered_in_time: number;
  readonly abandoned: number;
  readonly abandoned_early: number;
  readonly missed: number;
  readonly callbacks: number;
  readonly wait_ms: number;
  readonly outbound: number;
  readonly outbound_answered: number;
}

export const NOTHING: Contribution = {
  offered: 0,
  answered: 0,
  answered_in_time: 0,
  abandoned: 0,
  abandoned_early: 0,
  missed: 0,
  callbacks: 0,
  wait_ms: 0,
  outbound: 0,
  outbound_answered: 0,
};

export const FIGURES = Object.keys(NOTHING) as readonly (keyof Contribution)[];

/**
 * What a call counts for as it stands now. A pure function of the call, so that a changed call is counted anew by taking
 * away what it counted for before: whatever comes twice, or late, adds up to the same.
 */
export function contributionOf(call: Call, goal: ServiceGoal): Contribution {
  // Calls of field callers are carried, not answered: they are no service of the desk.
  if (call.kind !== 'desk') return NOTHING;
  if (call.direction === 'outbound')
    return {
      ...NOTHING,
      outbound: 1,
      outbound_answered: call.outcome === 'answered' || call.answeredAt !== null ? 1 : 0,
    };
  const waited = (until: string | null) => (until === null ? 0 : Date.parse(until) - Date.parse(call.startedAt));
  if (call.answeredAt !== null) {
    const wait = Math.max(0, waited(call.answeredAt));
    return {
      ...NOTHING,
      offered: 1,
      answered: 1,
      answered_in_time: wait <= goal.seconds * 1000 ? 1 : 0,
      wait_ms: wait,
    };
  }
  if (call.state !== 'ended') return { ...NOTHING, offered: 1 };
  switch (call.outcome) {
    case 'abandoned':
      return {
        ...NOTHING,
        offered: 1,
        abandoned: 1,
        abandoned_early: waited(call.endedAt) < goal.earlySeconds * 1000 ? 1 : 0,
      };
    case 'callback':
      return { ...NOTHING, offered: 1, callbacks: 1 };
    default:
      return { ...NOTHING, offered: 1, missed: 1 };
  }
}

/** Since when its caller waits; null when they do not. */
export function waitingSince(call: Call): string | null {
  if (call.kind !== 'desk' || call.direction !== 'inbound' || call.answeredAt !== null) return null;
  return call.state === 'queued' || call.state === 'ringing' ? (call.waiting?.since ?? call.startedAt) : null;
}
