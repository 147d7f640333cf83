import type { HangupCause } from '../exchange.ts';

/** ITU-T Q.850 cause values, as ChannelDestroyed brings them, for a leg we rang that was never answered. */
const unansweredCauses: Readonly<Record<number, HangupCause>> = {
  1: 'unreachable', // unallocated number
  2: 'unreachable', // no route to transit network
  3: 'unreachable', // no route to destination
  16: 'cancelled',
  17: 'busy',
  18: 'no-answer', // no user responding
  19: 'no-answer', // alerting, no answer
  20: 'unreachable', // subscriber absent
  21: 'rejected',
  22: 'unreachable', // number changed
  26: 'answered-elsewhere',
  27: 'unreachable', // destination out of order
  28: 'unreachable', // address incomplete
  44: 'media-timeout',
};

export interface LegEnd {
  readonly cause: number;
  readonly origin: 'trunk' | 'device' | 'ring';
  readonly answered: boolean;
  readonly rang: boolean;
  /** Set when we ended the leg ourselves. */
  readonly ours?: HangupCause;
}

export function hangupCauseOf({ cause, origin, answered, rang, ours }: LegEnd): HangupCause {
  if (ours !== undefined) return ours;
  // chan_pjsip reports its own rtp_timeout as "requested channel unavailable".
  if (answered) return cause === 44 ? 'media-timeout' : 'normal';
  if (origin !== 'ring') return 'cancelled';
  // Nobody answered the INVITE at all: the device is gone rather than unwilling.
  if (cause === 18 && !rang) return 'unreachable';
  return unansweredCauses[cause] ?? 'failed';
}

/** `reason` of DELETE /channels/{id}: decides the SIP status, or the Reason header, that the far end sees. */
export function ariReasonOf(cause: HangupCause): string {
  switch (cause) {
    case 'busy':
      return 'busy';
    case 'no-answer':
      return 'no_answer';
    case 'rejected':
      return 'rejected';
    case 'unreachable':
      return 'unallocated';
    case 'answered-elsewhere':
      return 'answered_elsewhere';
    case 'failed':
    case 'media-timeout':
      return 'failure';
    case 'normal':
    case 'cancelled':
      return 'normal';
  }
}
