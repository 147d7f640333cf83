import type { HangupCause } from '../../exchange.ts';
import type { HeaderLine } from './compose.ts';

/** Why an INVITE of ours was refused, from its final status. 480 is "nobody took it", as other exchanges read it too. */
export function causeOfStatus(status: number): HangupCause {
  switch (status) {
    case 486:
    case 600:
      return 'busy';
    case 408:
    case 480:
      return 'no-answer';
    case 403:
    case 603:
    case 607:
      return 'rejected';
    case 404:
    case 410:
    case 484:
    case 604:
      return 'unreachable';
    case 487:
      return 'cancelled';
    default:
      return 'failed';
  }
}

/** With what status an incoming call is refused. */
export function statusOfCause(cause: HangupCause): number {
  switch (cause) {
    case 'busy':
      return 486;
    case 'rejected':
      return 603;
    case 'unreachable':
      return 404;
    case 'failed':
    case 'media-timeout':
      return 500;
    default:
      return 480;
  }
}

/** Tells the phone why a call that it had ends (RFC 3326): "answered elsewhere" must not count as a missed call. */
export function reasonHeader(cause: HangupCause): HeaderLine[] {
  if (cause === 'answered-elsewhere') return [['Reason', 'SIP;cause=200;text="Call completed elsewhere"']];
  if (cause === 'media-timeout') return [['Reason', 'Q.850;cause=44;text="No audio arrived"']];
  return [];
}
