import type { SipCallEndCause } from '../ports/sip.ts';
import type { JsSipEnd } from './jssip-types.ts';

/** JsSIP's English phrases, mapped once. */
export function endCauseOf(end: JsSipEnd): SipCallEndCause {
  const message = typeof end.message === 'object' ? end.message : null;
  switch (end.cause) {
    case 'Terminated':
      return end.originator === 'remote' ? 'bye' : 'local';
    case 'Canceled': {
      if (end.originator !== 'remote') return 'local';
      // RFC 3326: a CANCEL with cause 200 means that another telephone took the call.
      return /cause\s*=\s*200|completed elsewhere/i.test(message?.getHeader('Reason') ?? '')
        ? 'answered-elsewhere'
        : 'cancelled';
    }
    case 'Connection Error':
      return 'connection-lost';
    case 'Request Timeout':
    case 'No Answer':
    case 'Expires':
    case 'No ACK':
      return 'timeout';
    case 'WebRTC Error':
    case 'Bad Media Description':
    case 'RTP Timeout':
    case 'User Denied Media Access':
      return 'media';
    default:
      return (message?.status_code ?? 0) >= 300 ? 'rejected' : 'failed';
  }
}

export function finalStatus(end: JsSipEnd): { status?: number; phrase?: string } {
  const message = typeof end.message === 'object' ? end.message : null;
  const status = message?.status_code;
  if (status === undefined || status < 300) return {};
  return message?.reason_phrase ? { status, phrase: message.reason_phrase } : { status };
}
