import { CallweaveError, isCallweaveError } from '../errors/callweave-error.ts';
import type { Contract } from '../protocol/contract.ts';
import type { InputOf, OutputOf } from '../protocol/endpoint.ts';
import type { ProblemBody } from '../protocol/problem.ts';
import { requestAgain } from './request-again.ts';

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
  /** For a request with all its repetitions. @default 15_000 */
  readonly timeoutMs?: number;
}

/**
 * The typed client, by groups. A change is repeated on a lost connection under the same idempotency key, so that a
 * repetition can never do a thing twice.
 */
export function createClientFor(options: ClientOptions): ClientFor {
  const base = options.url.replace(/\/$/, '');
  const fetch = options.fetch ?? globalThis.fetch.bind(globalThis);

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
    const query = isRead ? new URLSearchParams(textOf(rest)).toString() : '';
    const timeout = AbortSignal.timeout(options.timeoutMs ?? 15_000);
    try {
      const response = await requestAgain(
        fetch,
        base + filled + (query && `?${query}`),
        {
          method,
          credentials: 'include',
          headers: {
            accept: 'application/json',
            ...(await options.headers?.()),
            ...(isRead
              ? {}
              : { 'content-type': 'application/json', 'idempotency-key': idempotencyKey ?? crypto.randomUUID() }),
          },
          ...(isRead ? {} : { body: JSON.stringify(rest) }),
        },
        signal ? AbortSignal.any([signal, timeout]) : timeout,
      );
      if (!response.ok) throw await refusal(response);
      return await response.json();
    } catch (error) {
      throw isCallweaveError(error) ? error : failure(error, signal, timeout);
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

function textOf(input: Record<string, unknown>): [string, string][] {
  return Object.entries(input).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, String(value)]],
  );
}

async function refusal(response: Response): Promise<CallweaveError> {
  const { status } = response;
  const problem = await readProblem(response);
  if (problem) return new CallweaveError(problem.code, problem.message, { ...problem, status });
  return new CallweaveError('bad-answer', `The address answered with HTTP ${status}, but not as a Callweave adapter.`, {
    status,
    fix: 'Check the url that the desk was given, and any proxy before it.',
  });
}

function failure(cause: unknown, signal: AbortSignal | undefined, timeout: AbortSignal): CallweaveError {
  if (signal?.aborted) return new CallweaveError('aborted', 'The request was given up.', { cause });
  if (timeout.aborted)
    return new CallweaveError('timeout', 'The adapter did not answer in time.', {
      fix: 'Try again; nothing is done twice.',
      cause,
    });
  if (cause instanceof SyntaxError)
    return new CallweaveError('bad-answer', 'The answer was not JSON.', {
      fix: 'Check the url that the desk was given.',
      cause,
    });
  return new CallweaveError('network', 'The adapter could not be reached.', {
    fix: 'Check the connection; the desk goes on by itself when it is back.',
    cause,
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
