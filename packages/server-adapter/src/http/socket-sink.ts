import type { ServerResponse } from 'node:http';
import type { EventSink } from '../events/fan-out.ts';

/**
 * Writes an event stream to the socket itself. The answer has neither a length nor chunks and ends with the connection,
 * so the same bytes go to every page as they are.
 */
export function socketSink(response: ServerResponse, head: Response): EventSink {
  response.useChunkedEncodingByDefault = false;
  response.shouldKeepAlive = false;
  response.writeHead(head.status, Object.fromEntries(head.headers));
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
      else response.end();
    },
  };
}
