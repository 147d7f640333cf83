import { type IncomingMessage, type Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { getRequestListener } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Adapter } from '../adapter.ts';
import { attachmentOf } from '../events/direct.ts';
import { noteClientAddress } from './client-address.ts';
import { socketSink } from './socket-sink.ts';

/** `next` is called for a path that is not the adapter's; without it such a path gets a 404. */
export type NodeListener = (request: IncomingMessage, response: ServerResponse, next?: () => void) => void;

/**
 * The adapter as a listener of `node:http`.
 * @example
 * const server = createServer(nodeListener(adapter));
 * attachUpgrade(server, adapter);
 */
export function nodeListener(adapter: Adapter): NodeListener {
  const listen = getRequestListener(
    async (request, { incoming, outgoing }) => {
      noteClientAddress(request, incoming.socket.remoteAddress);
      const answer = (await adapter.answer(request)) ?? (await adapter.fetch(request));
      const response = outgoing as ServerResponse;
      if (!(answer instanceof Response)) {
        // Given, so that Node does not cut the answer into chunks. One to HEAD, or without a body, has no text.
        const length = answer.text === '' ? undefined : { 'content-length': Buffer.byteLength(answer.text) };
        response.writeHead(answer.status, { ...answer.headers, ...length });
        response.end(answer.text);
        return RESPONSE_ALREADY_SENT;
      }
      // HTTP/2 has frames between the stream and the socket: there the body goes the usual way.
      const attach = outgoing instanceof ServerResponse ? attachmentOf(answer) : undefined;
      if (attach === undefined) return answer;
      const sink = socketSink(response, answer);
      const following = attach(sink);
      // The socket is this answer's alone, and no middleware of the host stands before its events.
      (response.socket ?? response).once('close', () => following.stop());
      return RESPONSE_ALREADY_SENT;
    },
    // The host's globals are not ours to replace.
    { overrideGlobalObjects: false },
  );
  return (request, response, next) => {
    if (next !== undefined && !isBelow(adapter.basePath, request.url ?? '/')) return next();
    restoreParsedBody(request);
    void listen(request, response);
  };
}

/** Takes the WebSocket connections of browser phones; those to other paths are left to the host's own listeners. */
export function attachUpgrade(server: Server, adapter: Adapter): void {
  const target = adapter.upgradeTarget;
  if (target === undefined) return;
  const path = target.path ?? '/sip';
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const [asked] = (request.url ?? '').split('?', 1);
    if (asked === path) target.handleUpgrade(request, socket, head);
    // Nobody else listens: an unanswered upgrade would hang for ever.
    else if (server.listenerCount('upgrade') === 1)
      socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
  });
}

function isBelow(basePath: string, url: string): boolean {
  const [path = ''] = url.split('?', 1);
  return path === basePath || path.startsWith(`${basePath}/`);
}

/** A body parser of the host may have read the stream before us; what it made of it is put back. */
function restoreParsedBody(request: IncomingMessage & { body?: unknown; rawBody?: unknown }): void {
  if (
    !request.readableEnded ||
    request.rawBody instanceof Buffer ||
    request.body === undefined ||
    request.body === null
  )
    return;
  const { body } = request;
  const isForm = /^application\/x-www-form-urlencoded\b/i.test(request.headers['content-type'] ?? '');
  const asText = () => (isForm ? new URLSearchParams(body as Record<string, string>).toString() : JSON.stringify(body));
  request.rawBody = Buffer.isBuffer(body) ? body : Buffer.from(typeof body === 'string' ? body : asText());
  request.headers['content-length'] = String((request.rawBody as Buffer).length);
}
