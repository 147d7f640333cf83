import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Adapter } from '../adapter.ts';
import { nodeListener } from './node.ts';

export { attachUpgrade } from './node.ts';

/** What this mount uses of Fastify, so that the package needs not be installed by those who do not use it. */
interface FastifyScope {
  removeAllContentTypeParsers(): void;
  addContentTypeParser(
    type: string,
    parser: (request: unknown, payload: unknown, done: (error: null) => void) => void,
  ): unknown;
  all(
    path: string,
    handler: (request: { raw: IncomingMessage }, reply: { raw: ServerResponse; hijack(): unknown }) => void,
  ): unknown;
}

/**
 * The adapter as a Fastify plugin. The parsers of the host stay as they are: they are taken away in this scope only.
 * @example
 * await app.register(callweave(adapter));
 * attachUpgrade(app.server, adapter);
 */
export function callweave(adapter: Adapter): (scope: FastifyScope, options: unknown, done: () => void) => void {
  const listen = nodeListener(adapter);
  return (scope, _options, done) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, _payload, parsed) => parsed(null));
    for (const path of adapter.basePath === '' ? ['/*'] : [adapter.basePath, `${adapter.basePath}/*`]) {
      scope.all(path, (request, reply) => {
        reply.hijack();
        listen(request.raw, reply.raw);
      });
    }
    done();
  };
}
