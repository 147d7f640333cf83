/** One message of a `text/event-stream` (WHATWG HTML, 9.2). */
export interface ServerSentMessage {
  readonly id: string;
  readonly event: string;
  readonly data: string;
}

/**
 * Reads a stream of bytes as Server-Sent Events; comments are dropped. `onBytes` is told of every piece, comments too;
 * `onId` of an id that came without data: the place to resume from has moved on, though nothing happened for this page.
 */
export async function* parseServerSentEvents(
  body: ReadableStream<Uint8Array>,
  onBytes: () => void,
  onId: (id: string) => void = () => {},
): AsyncGenerator<ServerSentMessage> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let pending = '';
  let id = '';
  let event = '';
  let data: string[] = [];
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      onBytes();
      pending += decoder.decode(value, { stream: true });
      // A CR at the very end may be the first half of CRLF: leave it for the next piece.
      const lines = pending.split(/\r\n|\n|\r(?!$)/);
      pending = lines.pop() ?? '';
      for (const line of lines) {
        if (line === '') {
          if (data.length > 0) yield { id, event: event === '' ? 'message' : event, data: data.join('\n') };
          else if (id !== '') onId(id);
          event = '';
          data = [];
          continue;
        }
        const colon = line.indexOf(':');
        const field = colon < 0 ? line : line.slice(0, colon);
        const text = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
        if (field === 'data') data.push(text);
        else if (field === 'event') event = text;
        else if (field === 'id' && !text.includes('\0')) id = text;
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
