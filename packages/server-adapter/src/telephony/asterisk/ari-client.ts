import { ExchangeError, type ExchangeErrorCode } from '../exchange.ts';

export interface AriAccess {
  /** `http://host:port/ari` */
  readonly url: string;
  readonly username: string;
  readonly password: string;
}

export interface AriRequest {
  readonly query?: Readonly<Record<string, string | number | boolean>>;
  readonly body?: unknown;
  /** Which error a refusal is, where the status says it; anything else becomes `failed`. */
  readonly errors?: Readonly<Record<number, ExchangeErrorCode>>;
  /** Statuses that are as good as success, for commands that may be repeated. */
  readonly accept?: readonly number[];
}

/** Long enough for a busy exchange, short enough that a hung one is noticed. */
const patienceMs = 10_000;

/** The REST half of ARI: one method, every failure an {@link ExchangeError}. */
export class AriClient {
  readonly #base: string;
  readonly #authorization: string;

  constructor(access: AriAccess) {
    this.#base = access.url.replace(/\/+$/, '');
    this.#authorization = basicAuthorization(access);
  }

  /** `path` segments are encoded here, so ids may hold any character. */
  async request(
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    path: readonly string[],
    options: AriRequest = {},
  ): Promise<Response> {
    const url = new URL(`${this.#base}/${path.map(encodeURIComponent).join('/')}`);
    for (const [key, value] of Object.entries(options.query ?? {})) url.searchParams.set(key, String(value));
    let response: Response;
    try {
      response = await fetch(url, {
        method,
        headers: {
          authorization: this.#authorization,
          ...(options.body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
        signal: AbortSignal.timeout(patienceMs),
      });
    } catch (error) {
      // A command that waits for another on the same channel; a hung Asterisk is noticed by the event connection.
      if (error instanceof Error && error.name === 'TimeoutError')
        throw new ExchangeError(
          'failed',
          `Asterisk did not finish ${method} ${path.join('/')} within ${patienceMs} ms.`,
          {
            cause: error,
          },
        );
      throw new ExchangeError(
        'exchange-down',
        `Asterisk does not answer at ${this.#base}. Start it, or correct the ARI address.`,
        { cause: error },
      );
    }
    if (response.ok || options.accept?.includes(response.status)) return response;
    throw await refusal(response, `${method} ${path.join('/')}`, options.errors ?? {});
  }

  async json<T>(schema: { parse(value: unknown): T }, path: readonly string[], options: AriRequest = {}): Promise<T> {
    const response = await this.request('GET', path, options);
    const value: unknown = await response.json();
    try {
      return schema.parse(value);
    } catch (error) {
      throw new ExchangeError('failed', `Asterisk answered GET ${path.join('/')} in an unexpected form.`, {
        cause: error,
      });
    }
  }
}

export function basicAuthorization({ username, password }: AriAccess): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}

async function refusal(
  response: Response,
  what: string,
  errors: Readonly<Record<number, ExchangeErrorCode>>,
): Promise<ExchangeError> {
  const text = await response.text().catch(() => '');
  if (response.status === 401 || response.status === 403) {
    return new ExchangeError(
      'invalid',
      'Asterisk refused the ARI user name or password. Use those of ari.conf (`callweave exchange config` writes both).',
    );
  }
  let reason = text.slice(0, 200);
  try {
    const body = JSON.parse(text) as { message?: unknown; error?: unknown };
    reason = String(body.message ?? body.error ?? reason);
  } catch {
    // Not JSON: the text itself is the reason.
  }
  return new ExchangeError(
    errors[response.status] ?? 'failed',
    `Asterisk refused ${what} (${response.status}): ${reason}`,
  );
}
