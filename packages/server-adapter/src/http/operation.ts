import type { Endpoint, OutputOf, ParsedInputOf, Role } from '@callweave/sdk/protocol';
import type { Tx } from '../store/store.ts';

/** Who asks. Comes from our own session or from the host's `authenticate(request)`. */
export interface Caller {
  readonly accountId: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly branch: string;
  /** Of a buyer: the customer whose devices they see. */
  readonly customerId?: string;
  /** Signed in with a one-time secret: may only set a password. */
  readonly mustSetPassword?: true;
}

export interface RequestContext {
  /** Present whenever the endpoint is not public. */
  readonly caller: Caller;
  readonly requestId: string;
  readonly request: Request;
  /** The body of an endpoint that takes it `raw`; empty for any other. */
  readonly body: Uint8Array;
}

/** Answers a GET. */
export type ReadOperation<E> = (input: ParsedInputOf<E>, context: RequestContext) => Promise<OutputOf<E> | Response>;

/**
 * Answers anything that changes state. `write` runs inside a group commit together with its idempotency record;
 * `prepare` runs before it, outside any transaction: for hashing, and for asking other systems.
 */
export interface WriteOperation<E, Prepared = unknown> {
  prepare?(input: ParsedInputOf<E>, context: RequestContext): Promise<Prepared>;
  write(tx: Tx, input: ParsedInputOf<E>, context: RequestContext, prepared: Prepared): Promise<OutputOf<E>>;
}

/** What a domain provides for one group of the contract; what an operation prepares is its own matter. */
export type Implementation<Group> = {
  readonly [K in keyof Group]: Group[K] extends Endpoint
    ? Group[K]['method'] extends 'GET'
      ? ReadOperation<Group[K]>
      : // biome-ignore lint/suspicious/noExplicitAny: `never` or `unknown` would refuse every operation that prepares something
        WriteOperation<Group[K], any>
    : never;
};
