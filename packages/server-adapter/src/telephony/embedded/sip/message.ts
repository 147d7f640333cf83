/**
 * SIP messages as they come over a WebSocket (RFC 3261 syntax, RFC 7118 framing: one message per frame).
 * Parsing is strict and total: bad input gives a {@link SipSyntaxError}, never another exception.
 */

export interface SipRequest {
  readonly kind: 'request';
  readonly method: string;
  readonly uri: string;
  readonly headers: SipHeaders;
  readonly body: string;
}

export interface SipResponse {
  readonly kind: 'response';
  readonly status: number;
  readonly reason: string;
  readonly headers: SipHeaders;
  readonly body: string;
}

export type SipMessage = SipRequest | SipResponse;

/** Thrown for a message that is no SIP. `reply` is set where it is still clear enough to be answered. */
export class SipSyntaxError extends Error {
  override readonly name = 'SipSyntaxError';
  readonly reply: { readonly status: number; readonly headers: SipHeaders } | undefined;
  constructor(message: string, reply?: { readonly status: number; readonly headers: SipHeaders }) {
    super(message);
    this.reply = reply;
  }
}

const MAX_HEADERS = 100;

const compactNames: Readonly<Record<string, string>> = {
  a: 'accept-contact',
  b: 'referred-by',
  c: 'content-type',
  e: 'content-encoding',
  f: 'from',
  i: 'call-id',
  k: 'supported',
  l: 'content-length',
  m: 'contact',
  o: 'event',
  r: 'refer-to',
  s: 'subject',
  t: 'to',
  u: 'allow-events',
  v: 'via',
  x: 'session-expires',
};

/** Headers that may stand once only; a second one is an attempt to be understood in two ways. */
const singleHeaders = [
  'from',
  'to',
  'call-id',
  'cseq',
  'max-forwards',
  'content-length',
  'content-type',
  'expires',
  'min-expires',
];

export class SipHeaders {
  readonly #entries: [string, string][] = [];

  add(name: string, value: string): void {
    const lower = name.toLowerCase();
    this.#entries.push([compactNames[lower] ?? lower, value]);
  }

  get(name: string): string | undefined {
    return this.#entries.find(([each]) => each === name)?.[1];
  }

  all(name: string): string[] {
    return this.#entries.filter(([each]) => each === name).map(([, value]) => value);
  }

  /** Values of a header that may be listed with commas, one by one. */
  list(name: string): string[] {
    return this.all(name).flatMap((value) => splitList(value));
  }

  get size(): number {
    return this.#entries.length;
  }

  toRecord(): Record<string, string> {
    const record: Record<string, string> = Object.create(null) as Record<string, string>;
    for (const [name, value] of this.#entries) record[name] ??= value;
    return record;
  }
}

/** Splits at commas outside of quotes and angle brackets. */
export function splitList(value: string, separator = ','): string[] {
  const parts: string[] = [];
  let start = 0;
  let quoted = false;
  let depth = 0;
  for (let i = 0; i < value.length; i++) {
    const char = value[i];
    if (quoted) {
      if (char === '\\') i++;
      else if (char === '"') quoted = false;
    } else if (char === '"') quoted = true;
    else if (char === '<') depth++;
    else if (char === '>') depth = Math.max(0, depth - 1);
    else if (char === separator && depth === 0) {
      parts.push(value.slice(start, i).trim());
      start = i + 1;
    }
  }
  parts.push(value.slice(start).trim());
  return parts.filter((part) => part !== '');
}

export function parseSipMessage(text: string): SipMessage {
  const end = /\r?\n\r?\n/.exec(text);
  if (end === null) throw new SipSyntaxError('The header section does not end.');
  const lines = text
    .slice(0, end.index)
    .replace(/\r?\n[ \t]+/g, ' ')
    .split(/\r?\n/);
  const rawBody = text.slice(end.index + end[0].length);
  const startLine = lines.shift() as string;
  const headers = parseHeaders(lines);

  const response = /^SIP\/2\.0 ([1-6]\d\d)(?: ([^\x00-\x1f\x7f]*))?$/.exec(startLine);
  if (response !== null) {
    const body = cutBody(rawBody, headers, undefined);
    checkMandatory(headers, undefined);
    return { kind: 'response', status: Number(response[1]), reason: response[2] ?? '', headers, body };
  }

  const request = /^([A-Za-z0-9.!%*_+`'~-]{1,64}) (\S{1,1024}) SIP\/(\d+\.\d+)$/.exec(startLine);
  if (request === null)
    throw new SipSyntaxError('The start line is neither a request nor a response.', answerable(400, headers));
  const [, method, uri, version] = request as unknown as [string, string, string, string];
  if (version !== '2.0') throw new SipSyntaxError(`SIP/${version} is not spoken here.`, answerable(505, headers));
  const body = cutBody(rawBody, headers, 400);
  checkMandatory(headers, method);
  return { kind: 'request', method, uri, headers, body };
}

function parseHeaders(lines: readonly string[]): SipHeaders {
  const headers = new SipHeaders();
  if (lines.length > MAX_HEADERS) throw new SipSyntaxError('There are too many headers.');
  for (const line of lines) {
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(0, colon)).trimEnd();
    const value = line.slice(colon + 1).trim();
    // A lone CR, NUL or other control character has no place in a header; keeping one would let it into headers we build.
    if (!/^[A-Za-z0-9.!%*_+`'~-]{1,64}$/.test(name) || /[\x00-\x08\x0a-\x1f\x7f]/.test(value))
      throw new SipSyntaxError('A header line is malformed.');
    headers.add(name, value);
  }
  return headers;
}

function cutBody(raw: string, headers: SipHeaders, status: number | undefined): string {
  const declared = headers.get('content-length');
  if (declared === undefined) return raw;
  const bytes = Buffer.from(raw, 'utf8');
  if (!/^\d{1,9}$/.test(declared) || Number(declared) > bytes.length) {
    throw new SipSyntaxError(
      'Content-Length does not fit the body.',
      status === undefined ? undefined : answerable(status, headers),
    );
  }
  return bytes.subarray(0, Number(declared)).toString('utf8');
}

function checkMandatory(headers: SipHeaders, method: string | undefined): void {
  const fail = (message: string, status = 400): never => {
    throw new SipSyntaxError(
      message,
      method === undefined || method === 'ACK' ? undefined : answerable(status, headers),
    );
  };
  for (const name of ['via', 'from', 'to', 'call-id', 'cseq']) {
    if ((headers.get(name) ?? '') === '') fail(`The header ${name} is missing.`);
  }
  for (const name of singleHeaders) {
    if (headers.all(name).length > 1) fail(`The header ${name} stands twice.`);
  }
  const cseq = /^(\d{1,10})[ \t]+(\S+)$/.exec(headers.get('cseq') as string);
  if (cseq === null || Number(cseq[1]) >= 2 ** 31 || (method !== undefined && cseq[2] !== method))
    fail('CSeq is malformed or names another method.');
  const hops = headers.get('max-forwards');
  if (method !== undefined && hops !== undefined) {
    if (!/^\d{1,10}$/.test(hops) || Number(hops) > 255) fail('Max-Forwards is not a number from 0 to 255.');
    if (Number(hops) === 0) fail('Too many hops.', 483);
  }
}

/** An error reply needs the headers that every response copies. */
function answerable(status: number, headers: SipHeaders): { status: number; headers: SipHeaders } | undefined {
  const complete = ['via', 'from', 'to', 'call-id', 'cseq'].every((name) => headers.get(name) !== undefined);
  return complete ? { status, headers } : undefined;
}
