import { parseParameters } from './address.ts';
import type { HeaderLine } from './compose.ts';
import type { SipHeaders } from './message.ts';

const MIN_SECONDS = 90;

/**
 * Session timers (RFC 4028) as the answering side: the phone refreshes. We watch the audio instead and never refresh, so a
 * request that we be the refresher is answered as if we had no timers.
 * @returns headers for the 2xx, or `too-small` for a 422.
 */
export function answerSessionTimer(request: SipHeaders): readonly HeaderLine[] | 'too-small' {
  const value = request.get('session-expires');
  if (value === undefined) return [];
  const seconds = /^\s*(\d{1,9})/.exec(value)?.[1];
  if (seconds === undefined) return [];
  if (Number(seconds) < MIN_SECONDS) return 'too-small';
  if (
    parseParameters(value.slice(value.indexOf(';') < 0 ? value.length : value.indexOf(';'))).get('refresher') === 'uas'
  )
    return [];
  const supported = request.list('supported').some((option) => option.toLowerCase() === 'timer');
  return [
    ['Session-Expires', `${Number(seconds)};refresher=uac`],
    ...(supported ? ([['Require', 'timer']] as const) : []),
  ];
}

export const tooSmall: HeaderLine = ['Min-SE', String(MIN_SECONDS)];
