import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Adapter } from '../adapter.ts';
import { nodeListener } from './node.ts';

export { attachUpgrade } from './node.ts';

/** The shape of an Express (or Connect, Polka, Restify) middleware, so that none of them has to be installed. */
export type Middleware = (
  request: IncomingMessage & { originalUrl?: string },
  response: ServerResponse,
  next: (error?: unknown) => void,
) => void;

/**
 * The adapter as a middleware. Paths that are not the adapter's go on to the next handler.
 * @example
 * app.use(callweave(adapter));
 * attachUpgrade(app.listen(3000), adapter);
 */
export function callweave(adapter: Adapter): Middleware {
  const listen = nodeListener(adapter);
  return (request, response, next) => {
    const stripped = request.url;
    // `app.use('/path', …)` takes the path away; the adapter knows its own.
    request.url = request.originalUrl ?? stripped ?? '/';
    listen(request, response, () => {
      request.url = stripped ?? '/';
      next();
    });
  };
}
