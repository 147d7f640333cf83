import { DeliveryError } from '../delivery-error.ts';

export interface DidarConnection {
  readonly base: URL;
  /** Travels in the address: it stands in no error, since errors are logged and shown. */
  readonly apiKey: string;
  readonly timeoutMs: number;
  readonly fetch: typeof globalThis.fetch;
}

const MAX_ANSWER = 5_000_000;

/** One request; gives what stands in `Response`. Whatever is wrong with the answer is a {@link DeliveryError}. */
export async function askDidar(
  { base, apiKey, timeoutMs, fetch }: DidarConnection,
  path: string,
  body: unknown,
  signal: AbortSignal,
): Promise<unknown> {
  const url = new URL(path, base);
  url.searchParams.set('apikey', apiKey);
  const timeout = AbortSignal.timeout(timeoutMs);
  let status: number;
  let text: string;
  let retryAfter: string | null;
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify(body),
      // A redirect would carry the key to an address that nobody configured.
      redirect: 'error',
      signal: AbortSignal.any([signal, timeout]),
    });
    status = response.status;
    retryAfter = response.headers.get('retry-after');
    text = (await response.text()).slice(0, MAX_ANSWER);
  } catch {
    // Without its cause: that may quote the address, and the key is in it.
    const what = timeout.aborted ? `did not answer within ${timeoutMs} ms` : 'could not be reached';
    throw new DeliveryError(`Didar ${what}.`, { retryable: true });
  }
  const answer = readObject(text);
  const said = complaintIn(answer);
  const words = said === undefined ? '' : `: ${said.replaceAll(apiKey, '…').slice(0, 200)}`;
  if (status !== 200) {
    const retryable = status >= 500 || status === 408 || status === 425 || status === 429;
    throw new DeliveryError(`Didar answered ${status} to ${path}${words}.`, {
      retryable,
      retryAfterSeconds: retryAfter !== null && /^\d{1,6}$/.test(retryAfter) ? Number(retryAfter) : undefined,
    });
  }
  // Success by HTTP may be a refusal by its body.
  if (said !== undefined) throw new DeliveryError(`Didar refused ${path}${words}.`, { retryable: false });
  if (answer === undefined || !('Response' in answer))
    throw new DeliveryError(`Didar answered something to ${path} that cannot be read.`, { retryable: true });
  return answer['Response'];
}

function readObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** What an answer complains of, in one of the three ways that it has. */
function complaintIn(answer: Record<string, unknown> | undefined): string | undefined {
  if (answer === undefined) return undefined;
  const { Error: error, Errors: errors, Success: success, Message: message } = answer;
  const empty = (value: unknown) =>
    value === undefined ||
    value === null ||
    value === false ||
    value === '' ||
    (Array.isArray(value) && value.length === 0);
  const words = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));
  if (!empty(error)) return words(error);
  if (!empty(errors)) return words(errors);
  if (success === false) return empty(message) ? 'without a reason' : words(message);
  return 'Response' in answer || empty(message) ? undefined : words(message);
}

/** The new id stands in one of two places. */
export function idIn(response: unknown, of: 'Contact' | 'Deal'): string | undefined {
  const read = (value: unknown): string | undefined => {
    const id = (value as { Id?: unknown } | null | undefined)?.Id;
    return typeof id === 'string' && id !== '' ? id : undefined;
  };
  return read(response) ?? read((response as Record<string, unknown> | null)?.[of]);
}

export function checkedBase(text: string): URL {
  const url = new URL(text.endsWith('/') ? text : `${text}/`);
  const local = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && local))
    throw new Error('Didar gets the data of customers: give an https address.');
  return url;
}
