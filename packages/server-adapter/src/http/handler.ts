import { randomBytes } from 'node:crypto';
import { type Endpoint, PROBLEMS } from '@callweave/sdk/protocol';
import * as z from 'zod/mini';
import { describeError, type Logger } from '../logger.ts';
import { Problem } from '../problem.ts';
import { isStoreFault, storeUnavailable } from '../store/faults.ts';
import type { Store } from '../store/store.ts';
import { type Extra, jsonAnswer, problemAnswer, type TextAnswer, withSecurityHeaders } from './answer.ts';
import { type Idempotency, idempotencyKey } from './idempotency.ts';
import { assembleInput, readBytes, validateInput } from './input.ts';
import type { Caller, ReadOperation, RequestContext, WriteOperation } from './operation.ts';
import type { OriginPolicy } from './origin.ts';
import type { Routes } from './routes.ts';

export interface HandlerParts {
  /** Without a slash at its end; empty for the root. */
  readonly basePath: string;
  readonly routes: Routes;
  readonly store: Store;
  readonly authenticate: (request: Request) => Promise<Caller | undefined>;
  readonly origins: OriginPolicy;
  readonly limit: (accountId: string) => void;
  readonly idempotency: Idempotency;
  readonly openapi: () => string;
  readonly logger: Logger;
  /** Holds every answer against the contract. For tests: a wrong answer becomes a 500. */
  readonly verifyAnswers: boolean;
}

/** Lets the operations of sign-in set and clear their cookie. */
export interface HttpContext extends RequestContext {
  setCookie(cookie: string): void;
}

/** Who asks a public operation. */
const NOBODY: Caller = { accountId: '', name: '', roles: [], branch: '' };

/** What is answered to somebody who has not set their password yet. */
const BEFORE_PASSWORD = new Set(['session.get', 'session.setPassword', 'session.signOut']);

const NO_BYTES = new Uint8Array();

/** The adapter as a Fetch handler; undefined for a path that is not below the base path, which is the host's. */
export function createHandler(parts: HandlerParts): (request: Request) => Promise<TextAnswer | Response | undefined> {
  const { basePath, routes, origins, logger } = parts;

  async function respond(
    request: Request,
    path: string,
    query: string,
    requestId: string,
    cors: Extra | undefined,
  ): Promise<TextAnswer | Response> {
    const head = request.method === 'HEAD';
    const method = head ? 'GET' : request.method;
    if (path === '/openapi.json' && method === 'GET') return jsonAnswer(head ? '' : parts.openapi(), 200, cors ?? {});
    const match = routes.match(method, path);
    if ('allowed' in match) {
      if (match.allowed.length === 0) throw new Problem('not-found', 'Nothing is at this path.');
      const allow = match.allowed.join(', ');
      if (method === 'OPTIONS') return { status: 204, headers: { allow, ...preflight(match.allowed, cors) }, text: '' };
      return problemAnswer(new Problem('method-not-allowed', `This path takes ${allow}.`), requestId, {
        allow,
        ...cors,
      });
    }
    const { route, parameters } = match;
    const { endpoint, name } = route;
    if (method !== 'GET') origins.check(request);

    const caller = await identify(name, endpoint, request);
    const extra: Record<string, string> = { ...cors };
    const body = endpoint.raw === undefined ? NO_BYTES : await readBytes(request, endpoint.raw.maxBytes);
    const setCookie = (cookie: string) => (extra['set-cookie'] = cookie);
    const context: HttpContext = { caller, requestId, request, body, setCookie };
    const key = method === 'GET' || endpoint.form || endpoint.raw ? undefined : idempotencyKey(name, request);
    const input = validateInput(endpoint, await assembleInput(endpoint, request, parameters, query));

    if (method === 'GET') {
      const output = await (route.operation as ReadOperation<Endpoint>)(input, context);
      if (output instanceof Response) return withSecurityHeaders(head ? new Response(null, output) : output, extra);
      return answer(endpoint, head ? undefined : JSON.stringify(output), extra);
    }
    const operation = route.operation as WriteOperation<Endpoint>;
    if (key === undefined) {
      const prepared = await operation.prepare?.(input, context);
      const output = await parts.store.write((tx) => operation.write(tx, input, context, prepared));
      return answer(endpoint, JSON.stringify(output), extra);
    }
    return answer(endpoint, await parts.idempotency.run(name, operation, input, context, key), extra);
  }

  async function identify(name: string, endpoint: Endpoint, request: Request): Promise<Caller> {
    if (endpoint.access === 'public') return NOBODY;
    const caller = await parts.authenticate(request);
    if (caller === undefined) throw new Problem('not-signed-in', 'Nobody is signed in.');
    parts.limit(caller.accountId);
    if (caller.mustSetPassword === true && !BEFORE_PASSWORD.has(name))
      throw new Problem('password-not-set', 'The one-time secret opens nothing but the way to a password.');
    const { access } = endpoint;
    if (access !== 'signed-in' && !caller.roles.some((role) => access.includes(role))) {
      throw new Problem('not-allowed', `This needs one of the roles: ${access.join(', ')}.`);
    }
    return caller;
  }

  function answer(endpoint: Endpoint, text: string | undefined, extra: Extra): TextAnswer {
    if (parts.verifyAnswers && text !== undefined) z.parse(endpoint.output, JSON.parse(text));
    return jsonAnswer(text ?? '', 200, extra);
  }

  return async (request) => {
    const { path, query } = splitUrl(request.url);
    if (path !== basePath && !path.startsWith(`${basePath}/`)) return undefined;
    const requestId = randomBytes(9).toString('base64url');
    const cors = origins.corsHeaders(request);
    try {
      return await respond(request, path.slice(basePath.length), query, requestId, cors);
    } catch (error) {
      const problem = toProblem(error);
      if (problem.status >= 500)
        logger.error(problem.code === 'internal' ? 'A request failed unexpectedly' : 'A request could not be served', {
          requestId,
          code: problem.code,
          ...describeError(problem.cause ?? error),
        });
      return problemAnswer(problem, requestId, cors);
    }
  };
}

/** Also an {@link Problem} of another copy of this package: what counts is its code. */
function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (isStoreFault(error)) return storeUnavailable(error);
  const { name, code } = error as { name?: unknown; code?: unknown };
  if (name === 'ExchangeError') {
    const down = code === 'exchange-down' || code === 'failed' || code === 'unreachable';
    return down
      ? new Problem('exchange-unavailable', 'The telephone exchange did not carry out the command.', {
          cause: error,
          retryAfterSeconds: 2,
        })
      : new Problem('conflict', 'The call has changed in the meantime.', { cause: error });
  }
  if (name === 'Problem' && typeof code === 'string' && code in PROBLEMS) return error as Problem;
  return new Problem('internal', 'The adapter could not answer.', { cause: error });
}

function splitUrl(url: string): { path: string; query: string } {
  const start = url.indexOf('/', url.indexOf('://') + 3);
  if (start < 0) return { path: '/', query: '' };
  const fragment = url.indexOf('#', start);
  const whole = fragment < 0 ? url.slice(start) : url.slice(start, fragment);
  const mark = whole.indexOf('?');
  return mark < 0 ? { path: whole, query: '' } : { path: whole.slice(0, mark), query: whole.slice(mark + 1) };
}

function preflight(methods: readonly string[], cors: Extra | undefined): Extra {
  if (cors === undefined) return {};
  return {
    ...cors,
    'access-control-allow-methods': methods.join(', '),
    'access-control-allow-headers': 'content-type, idempotency-key, last-event-id',
    'access-control-max-age': '600',
  };
}
