import WebSocket from 'ws';
import { type AriAccess, basicAuthorization } from './ari-client.ts';

export interface EventStreamHandlers {
  onMessage(text: string): void;
  /** The connection was lost; called once, and never after {@link EventStream.close}. */
  onLost(reason: string): void;
}

export interface EventStream {
  close(): void;
}

/** A half-open connection says nothing: each interval must bring a pong, else the connection counts as lost. */
const heartbeatMs = 5000;
const connectMs = 10_000;

/**
 * The event half of ARI, one connection. `subscribeAll`: without it an incoming channel's ChannelDestroyed, with the
 * cause, never arrives.
 */
export function openEventStream(
  access: AriAccess,
  application: string,
  handlers: EventStreamHandlers,
): Promise<EventStream> {
  const url = new URL(`${access.url.replace(/\/+$/, '')}/events`);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  url.searchParams.set('app', application);
  url.searchParams.set('subscribeAll', 'true');
  // In a header, not in the query: addresses end up in logs.
  const socket = new WebSocket(url.href, {
    headers: { authorization: basicAuthorization(access) },
    handshakeTimeout: connectMs,
    perMessageDeflate: false,
  });

  return new Promise((resolve, reject) => {
    let open = false;
    let closed = false;
    let alive = true;
    let heartbeat: NodeJS.Timeout | undefined;
    const lose = (reason: string) => {
      clearInterval(heartbeat);
      if (closed) return;
      closed = true;
      socket.terminate();
      if (open) handlers.onLost(reason);
      else reject(new Error(reason));
    };
    socket.on('open', () => {
      open = true;
      heartbeat = setInterval(() => {
        if (!alive) return lose('Asterisk stopped answering on the event connection');
        alive = false;
        socket.ping();
      }, heartbeatMs);
      resolve({
        close() {
          closed = true;
          clearInterval(heartbeat);
          socket.close();
          // Asterisk answers a close at once; what does not is not waited for.
          setTimeout(() => socket.terminate(), 1000).unref();
        },
      });
    });
    socket.on('pong', () => {
      alive = true;
    });
    socket.on('message', (data: WebSocket.RawData | string) => {
      alive = true;
      if (!closed) handlers.onMessage(data.toString());
    });
    socket.on('unexpected-response', (_request, response) =>
      lose(`Asterisk refused the event connection (${response.statusCode ?? 0})`),
    );
    socket.on('error', (error) => lose(error.message));
    socket.on('close', (code) => lose(`the event connection was closed (${code})`));
  });
}
