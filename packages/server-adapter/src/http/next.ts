import type { Adapter } from '../adapter.ts';

type RouteHandler = (request: Request) => Promise<Response>;

/** The methods of a Next.js route file. */
export interface NextRoute {
  readonly GET: RouteHandler;
  readonly HEAD: RouteHandler;
  readonly POST: RouteHandler;
  readonly PUT: RouteHandler;
  readonly PATCH: RouteHandler;
  readonly DELETE: RouteHandler;
  readonly OPTIONS: RouteHandler;
}

/**
 * The adapter as a route of the Next.js app router. Put it at the base path, for example
 * `app/callweave/[[...path]]/route.ts`, in the Node runtime. Browser phones need the server itself: a custom server calls
 * `attachUpgrade(server, adapter)` of `@callweave/server-adapter/node`, or use an exchange that has its own port.
 * @param adapter the adapter, or how to get it: Next.js loads route files at build time, when there is no store yet
 * @example
 * export const runtime = 'nodejs';
 * export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = callweave(() => startedAdapter);
 */
export function callweave(adapter: Adapter | (() => Adapter | Promise<Adapter>)): NextRoute {
  const handler: RouteHandler = async (request) =>
    (typeof adapter === 'function' ? await adapter() : adapter).fetch(request);
  return {
    GET: handler,
    HEAD: handler,
    POST: handler,
    PUT: handler,
    PATCH: handler,
    DELETE: handler,
    OPTIONS: handler,
  };
}
