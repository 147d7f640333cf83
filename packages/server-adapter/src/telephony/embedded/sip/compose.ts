import { randomBytes } from 'node:crypto';
import type { SipHeaders } from './message.ts';

export type HeaderLine = readonly [name: string, value: string];

/** A random token for tags, branches and Call-IDs: long enough that nobody guesses another's dialog. */
export function randomToken(): string {
  return randomBytes(16).toString('hex');
}

export function newBranch(): string {
  return `z9hG4bK${randomToken()}`;
}

/** Whether a text may stand in a header: no control character, so no line of somebody else's making. */
export function isHeaderSafe(value: string): boolean {
  return !/[\x00-\x08\x0a-\x1f\x7f]/.test(value);
}

/** @throws Error when a name or value could break the line: a caller that was not careful must not reach the wire. */
export function composeMessage(startLine: string, headers: readonly HeaderLine[], body = ''): string {
  if (!isHeaderSafe(startLine)) throw new Error('A start line with control characters is refused.');
  const lines = headers.map(([name, value]) => {
    if (!/^[A-Za-z0-9.!%*_+`'~-]+$/.test(name) || !isHeaderSafe(value))
      throw new Error(`The header ${JSON.stringify(name)} is not safe to send.`);
    return `${name}: ${value}\r\n`;
  });
  return `${startLine}\r\n${lines.join('')}Content-Length: ${Buffer.byteLength(body, 'utf8')}\r\n\r\n${body}`;
}

const reasons: Readonly<Record<number, string>> = {
  100: 'Trying',
  180: 'Ringing',
  200: 'OK',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  407: 'Proxy Authentication Required',
  408: 'Request Timeout',
  420: 'Bad Extension',
  422: 'Session Interval Too Small',
  423: 'Interval Too Brief',
  480: 'Temporarily Unavailable',
  481: 'Call/Transaction Does Not Exist',
  482: 'Loop Detected',
  483: 'Too Many Hops',
  486: 'Busy Here',
  487: 'Request Terminated',
  488: 'Not Acceptable Here',
  491: 'Request Pending',
  500: 'Server Internal Error',
  503: 'Service Unavailable',
  505: 'Version Not Supported',
  603: 'Decline',
};

export function composeResponse(
  request: SipHeaders,
  status: number,
  options: { readonly toTag?: string; readonly headers?: readonly HeaderLine[]; readonly body?: string } = {},
): string {
  let to = request.get('to') as string;
  if (options.toTag !== undefined && !/;\s*tag\s*=/i.test(to)) to += `;tag=${options.toTag}`;
  const headers: HeaderLine[] = [
    ...request.all('via').map((value): HeaderLine => ['Via', value]),
    ['From', request.get('from') as string],
    ['To', to],
    ['Call-ID', request.get('call-id') as string],
    ['CSeq', request.get('cseq') as string],
    ...(options.headers ?? []),
  ];
  if (options.body !== undefined) headers.push(['Content-Type', 'application/sdp']);
  return composeMessage(`SIP/2.0 ${status} ${reasons[status] ?? 'Unknown'}`, headers, options.body);
}
