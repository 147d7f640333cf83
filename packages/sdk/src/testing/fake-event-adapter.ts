import type { DeskEvent } from '../protocol/event.ts';

export interface FakeEventConnection {
  readonly tab: object;
  readonly account: string;
  readonly after: string | null;
  send(text: string): void;
  end(): void;
}

export const eventOf = (seq: number, type = 'order-removed'): DeskEvent =>
  ({ seq, at: '2026-11-22T10:00:00.000Z', type, data: type === 'reset' ? {} : { id: `o${seq}` } }) as DeskEvent;
export const encodeEvent = (event: DeskEvent) =>
  `id: ${event.seq}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;

/** The adapter's event log as a page meets it: an opening id, what was missed, then what comes. */
export class FakeEventAdapter {
  readonly log: DeskEvent[] = [];
  readonly open = new Set<FakeEventConnection>();
  /** All that ever came. */
  readonly requests: FakeEventConnection[] = [];
  readonly gone = new Set<object>();
  readonly asleep = new Set<object>();
  signedOut: (tab: object) => boolean = () => false;
  last = 40;

  fetch(tab: object, account: string): typeof globalThis.fetch {
    return (_url, init) => {
      // A page that is gone asks nothing more.
      if (this.gone.has(tab)) return new Promise(() => {});
      if (this.asleep.has(tab)) return Promise.reject(new TypeError('network'));
      if (this.signedOut(tab)) return Promise.resolve(new Response(null, { status: 401 }));
      const after = new Headers(init?.headers).get('last-event-id');
      const bytes = new TextEncoder();
      const body = new ReadableStream<Uint8Array>({
        start: (controller) => {
          const connection: FakeEventConnection = {
            tab,
            account,
            after,
            send: (text) => controller.enqueue(bytes.encode(text)),
            end: () => {
              if (this.open.delete(connection)) controller.close();
            },
          };
          init?.signal?.addEventListener('abort', () => {
            if (this.open.delete(connection)) controller.error(init.signal?.reason);
          });
          this.open.add(connection);
          this.requests.push(connection);
          const from = after === null ? this.last : Number(after);
          connection.send(`retry: 1000\nid: ${from}\n\n`);
          for (const event of this.log) if (event.seq > from) connection.send(encodeEvent(event));
        },
      });
      return Promise.resolve(new Response(body, { headers: { 'content-type': 'text/event-stream' } }));
    };
  }

  publish(): number {
    this.last += 1;
    const event = eventOf(this.last);
    this.log.push(event);
    for (const { send } of this.open) send(encodeEvent(event));
    return this.last;
  }

  heartbeat(): void {
    for (const { send } of this.open) send(`: still here\nid: ${this.last}\n\n`);
  }
}
