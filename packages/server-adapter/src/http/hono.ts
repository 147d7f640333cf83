import type { MiddlewareHandler } from 'hono';
import type { Adapter } from '../adapter.ts';

/**
 * The adapter as a Hono middleware. Paths that are not the adapter's go on to the next handler. Browser phones connect to
 * the server below: with `@hono/node-server` also call `attachUpgrade(server, adapter)` of `@callweave/server-adapter/node`.
 * @example app.use(callweave(adapter));
 */
export function callweave(adapter: Adapter): MiddlewareHandler {
  return async (context, next) => {
    const response = await adapter.handle(context.req.raw);
    if (response === undefined) return next();
    return response;
  };
}
