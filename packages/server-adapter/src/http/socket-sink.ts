import { ServerResponse } from 'node:http';
import type { EventSink } from '../events/fan-out.ts';

/** A response as Node made it, whatever the host's middlewares have laid over its methods. */
const plain = ServerResponse.prototype;

/**
 * Writes an event stream to the socket itself. The answer has neither a length nor chunks and ends with the connection,
 * so the same bytes go to every page as they are.
 */
export function socketSink(response: ServerResponse, head: Response): EventSink {
  response.useChunkedEncodingByDefault = false;
  response.shouldKeepAlive = false;
  const headers = Object.fromEntries(head.headers);
  response.writeHead(head.status, headers);
  // A middleware of the host (a compressor) may hold the head back until the body comes, which never passes by it.
  if (!response.headersSent) plain.writeHead.call(response, head.status, headers);
  response.flushHeaders();
  const { socket } = response;
  socket?.setNoDelay(true);
  socket?.setTimeout(0);
  return {
    write: (bytes) => {
      if (socket?.writable === true) socket.write(bytes);
    },
    pending: () => socket?.writableLength ?? 0,
    end: () => {
      // A page that takes nothing would also keep a polite ending waiting.
      if ((socket?.writableLength ?? 0) > 0) socket?.destroy();
      else (plain.end as () => unknown).call(response);
    },
  };
}
