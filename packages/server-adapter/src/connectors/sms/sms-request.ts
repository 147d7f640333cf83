import { SmsError } from './sms-driver.ts';

export interface ServiceAnswer {
  readonly status: number;
  readonly text: string;
  readonly retryAfterSeconds: number | undefined;
}

export interface ServiceRequest {
  /** Names the service in errors: the address may hold a key, and stands in none. */
  readonly service: string;
  readonly url: URL;
  readonly method: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly form?: Readonly<Record<string, string>>;
  /** A body of JSON, in the place of a form. */
  readonly json?: unknown;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  readonly fetch: typeof globalThis.fetch;
}

/** The request never left, so nothing was sent. */
const NEVER_LEFT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);
const MAX_ANSWER = 1_000_000;

/** One request to a service that sends text messages. Whatever it answers comes back; only silence is an error. */
export async function askService(request: ServiceRequest): Promise<ServiceAnswer> {
  const { service, url, method, headers, form, json, timeoutMs, signal } = request;
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    const response = await request.fetch(url, {
      method,
      headers: {
        accept: 'application/json',
        ...(json === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(form === undefined ? {} : { body: new URLSearchParams(form) }),
      ...(json === undefined ? {} : { body: JSON.stringify(json) }),
      // A redirect would carry the message, and the key with it, to an address that nobody configured.
      redirect: 'error',
      signal: AbortSignal.any([signal, timeout]),
    });
    const text = await response.text();
    return {
      status: response.status,
      text: text.slice(0, MAX_ANSWER),
      retryAfterSeconds: secondsOf(response.headers.get('retry-after')),
    };
  } catch (error) {
    if (timeout.aborted)
      throw new SmsError(`${service} did not answer within ${timeoutMs} ms.`, {
        reason: 'timeout',
        retryable: true,
        taken: 'unknown',
      });
    const code = codeOf(error);
    throw new SmsError(`${service} could not be reached${code === undefined ? '' : ` (${code})`}.`, {
      reason: 'unreachable',
      retryable: true,
      taken: code !== undefined && NEVER_LEFT.has(code) ? 'no' : 'unknown',
    });
  }
}

export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** An answer that cannot be read: the message may have been taken. */
export function unreadable(service: string, status: number): SmsError {
  return new SmsError(`${service} answered ${status} with something that cannot be read.`, {
    reason: 'unreadable-answer',
    retryable: true,
    taken: 'unknown',
  });
}

/** HTTPS, unless the service is on this machine: what stands in for it in tests. */
export function checkedBase(service: string, text: string): URL {
  const url = new URL(text.endsWith('/') ? text : `${text}/`);
  const local = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && local))
    throw new Error(`${service} gets keys and messages: give an https address.`);
  return url;
}

/** Of system errors, also of those that `fetch` wraps. */
function codeOf(error: unknown): string | undefined {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 4; at = at.cause, depth += 1) {
    const { code } = at as { code?: unknown };
    if (typeof code === 'string') return code;
    if (at instanceof AggregateError && at.errors[0] instanceof Error) {
      const inner = codeOf(at.errors[0]);
      if (inner !== undefined) return inner;
    }
  }
  return undefined;
}

/** Seconds, or a date. */
function secondsOf(header: string | null): number | undefined {
  if (header === null) return undefined;
  if (/^\d{1,6}$/.test(header)) return Number(header);
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, Math.ceil((at - Date.now()) / 1000));
}
