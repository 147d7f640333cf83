import { type Endpoint, endpoints, pathNames } from '@callweave/sdk/protocol';
import { RegExpRouter } from 'hono/router/reg-exp-router';
import { SmartRouter } from 'hono/router/smart-router';
import { TrieRouter } from 'hono/router/trie-router';
import type { ReadOperation, WriteOperation } from './operation.ts';

export interface Route {
  /** `orders.submit` */
  readonly name: string;
  readonly endpoint: Endpoint;
  readonly names: readonly string[];
  readonly operation: ReadOperation<Endpoint> | WriteOperation<Endpoint>;
}

export type Match =
  | { readonly route: Route; readonly parameters: Readonly<Record<string, string>> }
  /** The path exists with these methods only; empty when it does not exist. */
  | { readonly allowed: readonly string[] };

export interface Routes {
  /** `path` begins after the base path. */
  match(method: string, path: string): Match;
}

/** Operations of every domain by group and name, as the contract has them. */
export type Operations = Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>>;

/** The contract's paths on Hono's router. An operation that nobody provides has no route. */
export function createRoutes(operations: Operations): Routes {
  const router = new SmartRouter<Route>({ routers: [new RegExpRouter(), new TrieRouter()] });
  const methods = new Set<string>();
  for (const { name, endpoint } of endpoints()) {
    const [group = '', operation = ''] = name.split('.');
    const provided = operations[group]?.[operation];
    if (provided === undefined) continue;
    methods.add(endpoint.method);
    router.add(endpoint.method, endpoint.path.replaceAll(/\{(\w+)\}/g, ':$1'), {
      name,
      endpoint,
      names: pathNames(endpoint.path),
      operation: provided as Route['operation'],
    });
  }

  return {
    match(method, path) {
      const [handlers, stash] = router.match(method, path);
      const [found] = handlers;
      if (found !== undefined) {
        const [route, captured] = found;
        const parameters = Object.fromEntries(
          route.names.map((name) => {
            const value = captured[name];
            return [name, (typeof value === 'number' ? stash?.[value] : value) ?? ''];
          }),
        );
        return { route, parameters };
      }
      return { allowed: [...methods].filter((other) => other !== method && router.match(other, path)[0].length > 0) };
    },
  };
}
