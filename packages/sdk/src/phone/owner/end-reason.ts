import type { SipCallEndCause } from '../ports/sip.ts';
import type { CallEnd, CallEndReason, CallState } from '../state.ts';

/** Why a call ended, in the words of a desk. */
export function endOf(
  call: Pick<CallState, 'direction' | 'answeredAt'>,
  sip: { readonly cause: SipCallEndCause; readonly status?: number; readonly phrase?: string },
  forced: CallEndReason | null,
): CallEnd {
  const reason = forced ?? reasonOf(call, sip.cause, sip.status ?? 0);
  if (sip.status === undefined) return Object.freeze({ reason });
  return Object.freeze({
    reason,
    sip: sip.phrase ? { status: sip.status, phrase: sip.phrase } : { status: sip.status },
  });
}

function reasonOf(
  call: Pick<CallState, 'direction' | 'answeredAt'>,
  cause: SipCallEndCause,
  status: number,
): CallEndReason {
  switch (cause) {
    case 'bye':
      return 'hangup-remote';
    case 'local':
      return 'hangup-local';
    case 'cancelled':
    case 'answered-elsewhere':
    case 'connection-lost':
    case 'failed':
      return cause;
    case 'media':
      return 'media-failed';
    case 'timeout':
      return call.answeredAt === undefined ? 'no-answer' : 'failed';
    case 'rejected':
      return rejection(status);
  }
}

function rejection(status: number): CallEndReason {
  if (status === 486 || status === 600) return 'busy';
  if (status === 408 || status === 487) return 'no-answer';
  if ([404, 410, 480, 484, 604].includes(status)) return 'unreachable';
  return status >= 500 && status < 600 ? 'failed' : 'rejected';
}
