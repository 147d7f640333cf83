import type { Endpoint, InputOf, OutputOf, Role } from '@callweave/sdk/protocol';
import { expect } from 'vitest';
import type { Store } from '../../store/store.ts';
import type { Caller, ReadOperation, RequestContext, WriteOperation } from '../operation.ts';

export function callerOf(accountId: string, ...roles: Role[]): Caller {
  return { accountId, name: `Name of ${accountId}`, roles, branch: 'head office' };
}

function contextOf(caller: Caller, request?: Request): RequestContext {
  return {
    caller,
    requestId: 'request_test',
    request: request ?? new Request('http://127.0.0.1/'),
    body: new Uint8Array(),
  };
}

// biome-ignore lint/suspicious/noExplicitAny: what an operation prepares is its own matter
type AnyWrite<E> = WriteOperation<E, any>;

/** Every answer is held against the contract: what a page would refuse, a test refuses. */
function answerOf<E extends Endpoint>(endpoint: E, answer: unknown): OutputOf<E> {
  expect(answer).toEqual(endpoint.output.parse(answer));
  return answer as OutputOf<E>;
}

/** Runs a changing operation as the HTTP edge does: parse the input, prepare, write. */
export async function change<E extends Endpoint>(
  store: Store,
  endpoint: E,
  operation: AnyWrite<E>,
  input: InputOf<E>,
  caller: Caller,
): Promise<OutputOf<E>> {
  const context = contextOf(caller);
  const parsed = endpoint.input.parse(input) as never;
  const prepared = (await operation.prepare?.(parsed, context)) as never;
  return answerOf(endpoint, await store.write((tx) => operation.write(tx, parsed, context, prepared)));
}

/** Runs a reading operation that answers JSON. */
export async function read<E extends Endpoint>(
  endpoint: E,
  operation: ReadOperation<E>,
  input: InputOf<E>,
  caller: Caller,
): Promise<OutputOf<E>> {
  return answerOf(endpoint, await operation(endpoint.input.parse(input) as never, contextOf(caller)));
}

/** Runs a reading operation that answers bytes. */
export async function fetchBytes<E extends Endpoint>(
  endpoint: E,
  operation: ReadOperation<E>,
  input: InputOf<E>,
  caller: Caller,
  headers: Record<string, string> = {},
): Promise<Response> {
  const response = await operation(
    endpoint.input.parse(input) as never,
    contextOf(caller, new Request('http://127.0.0.1/', { headers })),
  );
  if (!(response instanceof Response)) throw new Error('The operation answered no response.');
  return response;
}
