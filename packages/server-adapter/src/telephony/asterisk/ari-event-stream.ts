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
 * What the application is told beyond its own channels: of every channel to its end (a channel that left the application
 * would else end unseen), and of phones that come and go. Asked for one by one: with `subscribeAll`, Asterisk crashes in
 * about 3 of 100 cases where the connection closes while a phone does (22.10.1; 0 of 1,165 in this way).
 */
export const eventSources = 'channel:,endpoint:PJSIP';

/** The event half of ARI, one connection. The caller subscribes to {@link eventSources} once it is open. */
export function openEventStream(
  access: AriAccess,
  application: string,
  handlers: EventStreamHandlers,
): Promise<EventStream> {
  const url = new URL(`${access.url.replace(/\/+$/, '')}/events`);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  url.searchParams.set('app', application);
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
