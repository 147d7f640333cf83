import { type Clock, systemClock } from '../clock.ts';
import type { DeskEvent } from '../protocol/event.ts';
import { parseServerSentEvents } from './server-sent-events.ts';

export type ConnectionState = 'idle' | 'connecting' | 'online' | 'offline' | 'signed-out';

export interface EventStreamOptions {
  readonly url: string;
  readonly headers?: () => Record<string, string> | Promise<Record<string, string>>;
  readonly fetch?: typeof globalThis.fetch;
  /** No byte for this long (the adapter sends a comment every 15 s): the connection is dead. @default 40_000 */
  readonly silenceMs?: number;
  readonly clock?: Clock;
  /** The last id that the page has; without it the stream begins now. */
  readonly after?: string;
  readonly onEvent: (event: DeskEvent) => void;
  readonly onState: (state: ConnectionState) => void;
  /** The place to resume from has moved on without an event for this page. */
  readonly onPosition?: (id: string) => void;
  readonly onBytes?: () => void;
}

export interface EventStream {
  start(): void;
  stop(): void;
}

/**
 * Follows `/events` and never misses one: after every break it asks for what came after the last event it has seen.
 * Built on `fetch` rather than `EventSource`: it runs in Node, sends the host's headers, and notices a silent connection.
 */
export function createEventStream(options: EventStreamOptions): EventStream {
  const clock = options.clock ?? systemClock;
  const fetch = options.fetch ?? globalThis.fetch.bind(globalThis);
  const silenceMs = options.silenceMs ?? 40_000;
  let lastId = options.after;
  let running: AbortController | undefined;
  let failures = 0;

  async function follow(life: AbortController): Promise<void> {
    while (!life.signal.aborted) {
      options.onState('connecting');
      const attempt = new AbortController();
      const end = () => attempt.abort();
      life.signal.addEventListener('abort', end);
      let calm = clock.after(silenceMs, end);
      try {
        const response = await fetch(options.url, {
          credentials: 'include',
          cache: 'no-store',
          headers: {
            ...(await options.headers?.()),
            accept: 'text/event-stream',
            ...(lastId === undefined ? {} : { 'last-event-id': lastId }),
          },
          signal: attempt.signal,
        });
        if (response.status === 401 || response.status === 403) {
          options.onState('signed-out');
          return;
        }
        if (!response.ok || response.body === null) throw new Error(`events answered ${response.status}`);
        options.onState('online');
        const noteBytes = () => {
          options.onBytes?.();
          calm();
          calm = clock.after(silenceMs, end);
        };
        const noteId = (id: string) => {
          lastId = id;
          options.onPosition?.(id);
        };
        for await (const message of parseServerSentEvents(response.body, noteBytes, noteId)) {
          failures = 0;
          if (message.id !== '') lastId = message.id;
          options.onEvent(JSON.parse(message.data) as DeskEvent);
        }
      } catch {
        // The loop is the recovery; the state tells the page.
      } finally {
        calm();
        life.signal.removeEventListener('abort', end);
      }
      if (life.signal.aborted) return;
      options.onState('offline');
      failures += 1;
      await pause(clock, Math.min(30_000, 250 * 2 ** Math.min(failures, 7)) * (0.5 + Math.random() / 2), life.signal);
    }
  }

  return {
    start() {
      if (running) return;
      running = new AbortController();
      void follow(running);
    },
    stop() {
      running?.abort();
      running = undefined;
      options.onState('idle');
    },
  };
}

/** Waits, but not longer than until the browser says that the network is back. */
function pause(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const target = globalThis as Partial<Pick<EventTarget, 'addEventListener' | 'removeEventListener'>>;
    const done = () => {
      cancel();
      target.removeEventListener?.('online', done);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const cancel = clock.after(ms, done);
    target.addEventListener?.('online', done);
    signal.addEventListener('abort', done);
  });
}
