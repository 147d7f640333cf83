import ky, { HTTPError, TimeoutError } from 'ky';
import { CallweaveError } from '../errors/callweave-error.ts';
import type { Contract } from '../protocol/contract.ts';
import type { InputOf, OutputOf } from '../protocol/endpoint.ts';
import type { ProblemBody } from '../protocol/problem.ts';

export interface CallOptions {
  /** Repeat a change with the key of its first try and it is done once. @default a fresh random key */
  readonly idempotencyKey?: string;
  readonly signal?: AbortSignal;
}

type Arguments<I> =
  Record<string, never> extends I ? [input?: I, options?: CallOptions] : [input: I, options?: CallOptions];

/** One function per endpoint of the contract, in its groups: `client.orders.submit({ callId, instructionIds })`. */
export type Client = {
  readonly [G in keyof Contract]: {
    readonly [E in keyof Contract[G]]: (
      ...args: Arguments<InputOf<Contract[G][E]>>
    ) => Promise<OutputOf<Contract[G][E]>>;
  };
};

/** Method and path of every endpoint of some groups. */
export type Routes<G extends keyof Contract> = {
  readonly [K in G]: { readonly [E in keyof Contract[K]]: string };
};

/** The part of the client that some groups make; a page carries the routes that are asked for here. */
export type ClientFor = <G extends keyof Contract>(routes: Routes<G>) => Pick<Client, G>;

export interface ClientOptions {
  /** Where the adapter is mounted: `/callweave`, or `https://desk.example/callweave`. */
  readonly url: string;
  /** Extra headers of every request, e.g. the host's own token. */
  readonly headers?: () => Record<string, string> | Promise<Record<string, string>>;
  readonly fetch?: typeof globalThis.fetch;
  /** @default 15_000 */
  readonly timeoutMs?: number;
}

/**
 * The typed client over ky, by groups. A change is repeated on a lost connection under the same idempotency key, so that a repetition can
 * never do a thing twice.
 */
export function createClientFor(options: ClientOptions): ClientFor {
  const base = options.url.replace(/\/$/, '');
  const http = ky.create({
    timeout: options.timeoutMs ?? 15_000,
    credentials: 'include',
    retry: {
      limit: 2,
      methods: ['get', 'post', 'put', 'patch', 'delete'],
      statusCodes: [502, 503, 504],
      afterStatusCodes: [],
      backoffLimit: 2_000,
    },
    ...(options.fetch ? { fetch: options.fetch } : {}),
  });

  const send = async (
    method: string,
    path: string,
    input: Record<string, unknown>,
    { idempotencyKey, signal }: CallOptions,
  ): Promise<unknown> => {
    const rest = { ...input };
    const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = rest[name];
      delete rest[name];
      return encodeURIComponent(String(value));
    });
    const isRead = method === 'GET';
    try {
      const response = await http(base + filled, {
        method,
        headers: {
          ...(await options.headers?.()),
          ...(isRead ? {} : { 'idempotency-key': idempotencyKey ?? crypto.randomUUID() }),
        },
        ...(isRead ? { searchParams: searchParams(rest) } : { json: rest }),
        ...(signal ? { signal } : {}),
      });
      return await response.json();
    } catch (error) {
      throw await toCallweaveError(error, signal);
    }
  };

  const group = (routes: Readonly<Record<string, string>>) =>
    Object.fromEntries(
      Object.entries(routes).map(([name, route]) => {
        const [method = '', path = ''] = route.split(' ');
        return [name, (input: Record<string, unknown> = {}, call: CallOptions = {}) => send(method, path, input, call)];
      }),
    );
  return <G extends keyof Contract>(routes: Routes<G>) =>
    Object.fromEntries(
      Object.entries<Readonly<Record<string, string>>>(routes).map(([name, ofGroup]) => [name, group(ofGroup)]),
    ) as unknown as Pick<Client, G>;
}

function searchParams(input: Record<string, unknown>): [string, string][] {
  return Object.entries(input).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, String(value)]],
  );
}

async function toCallweaveError(error: unknown, signal: AbortSignal | undefined): Promise<CallweaveError> {
  if (signal?.aborted) return new CallweaveError('aborted', 'The request was given up.', { cause: error });
  if (error instanceof HTTPError) {
    const { status } = error.response;
    const problem = await readProblem(error.response);
    if (problem) return new CallweaveError(problem.code, problem.message, { ...problem, status, cause: error });
    return new CallweaveError(
      'bad-answer',
      `The address answered with HTTP ${status}, but not as a Callweave adapter.`,
      { status, fix: 'Check the url that the desk was given, and any proxy before it.', cause: error },
    );
  }
  if (error instanceof TimeoutError)
    return new CallweaveError('timeout', 'The adapter did not answer in time.', {
      fix: 'Try again; nothing is done twice.',
      cause: error,
    });
  if (error instanceof SyntaxError)
    return new CallweaveError('bad-answer', 'The answer was not JSON.', {
      fix: 'Check the url that the desk was given.',
      cause: error,
    });
  return new CallweaveError('network', 'The adapter could not be reached.', {
    fix: 'Check the connection; the desk goes on by itself when it is back.',
    cause: error,
  });
}

async function readProblem(response: Response): Promise<ProblemBody['error'] | undefined> {
  try {
    const body = (await response.json()) as Partial<ProblemBody>;
    return typeof body.error?.code === 'string' ? body.error : undefined;
  } catch {
    return undefined;
  }
}
