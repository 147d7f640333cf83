import type { Exchange, ExchangeEvent } from '../exchange.ts';

type EventOf<T extends ExchangeEvent['type']> = Extract<ExchangeEvent, { type: T }>;

/** Remembers every event of an exchange, so that a test can wait for one that may have come already. */
export interface EventLog {
  readonly all: readonly ExchangeEvent[];
  /** The first event of this type that matches, seen already or still to come. */
  waitFor<T extends ExchangeEvent['type']>(
    type: T,
    match?: (event: EventOf<T>) => boolean,
    timeoutMs?: number,
  ): Promise<EventOf<T>>;
  /** Forgets what came so far. */
  clear(): void;
  close(): void;
}

export function recordEvents(exchange: Exchange): EventLog {
  const all: ExchangeEvent[] = [];
  const waiting = new Set<() => void>();
  const unsubscribe = exchange.subscribe((event) => {
    all.push(event);
    for (const check of [...waiting]) check();
  });
  return {
    all,
    waitFor(type, match = () => true, timeoutMs = 8000) {
      type Wanted = EventOf<typeof type>;
      const find = () => all.find((event): event is Wanted => event.type === type && match(event as Wanted));
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting.delete(check);
          reject(new Error(`No "${type}" event came within ${timeoutMs} ms. Seen: ${JSON.stringify(all)}`));
        }, timeoutMs);
        const check = () => {
          const found = find();
          if (found === undefined) return;
          clearTimeout(timer);
          waiting.delete(check);
          resolve(found);
        };
        waiting.add(check);
        check();
      });
    },
    clear() {
      all.length = 0;
    },
    close() {
      unsubscribe();
    },
  };
}
