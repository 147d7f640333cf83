import { GatewayError } from './payment-gateway.ts';

export interface GatewayPost {
  /** Names the gateway in errors. */
  readonly service: string;
  readonly url: URL;
  readonly body: Readonly<Record<string, unknown>>;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
  readonly fetch: typeof globalThis.fetch;
}

const MAX_ANSWER = 1_000_000;

/** One request with JSON and its answer as JSON, whatever its HTTP status: gateways use it differently. */
export async function askGateway({ service, url, body, timeoutMs, signal, fetch }: GatewayPost): Promise<unknown> {
  const timeout = AbortSignal.timeout(timeoutMs);
  let text: string;
  let status: number;
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify(body),
      // A redirect would carry the merchant's key to an address that nobody configured.
      redirect: 'error',
      signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
    });
    status = response.status;
    text = (await response.text()).slice(0, MAX_ANSWER);
  } catch {
    throw timeout.aborted
      ? new GatewayError(`${service} did not answer within ${timeoutMs} ms.`, { reason: 'timeout', done: 'unknown' })
      : new GatewayError(`${service} could not be reached.`, { reason: 'unreachable', done: 'unknown' });
  }
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw unreadable(service, status);
  }
}

export function unreadable(service: string, status?: number): GatewayError {
  return new GatewayError(
    `${service} answered${status === undefined ? '' : ` ${status} with`} something that cannot be read.`,
    { reason: 'unreadable-answer', done: 'unknown' },
  );
}

/** HTTPS, unless the gateway is on this machine: what stands in for it in tests. */
export function checkedGateway(service: string, text: string): URL {
  const url = new URL(text.endsWith('/') ? text : `${text}/`);
  const local = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && local))
    throw new Error(`${service} gets money: give an https address.`);
  return url;
}

/** Keeps the first six and the last four digits: more of a card is never kept, whatever a gateway sends. */
export function maskCard(card: string | null | undefined): string | null {
  const shown = card?.replaceAll(/[\s-]/g, '') ?? '';
  if (shown.length < 12 || !/^[\d*xX]+$/.test(shown)) return null;
  return `${shown.slice(0, 6)}${'*'.repeat(shown.length - 10)}${shown.slice(-4)}`;
}
