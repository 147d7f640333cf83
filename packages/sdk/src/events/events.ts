import type { DeskEvent, DeskEventType } from '../protocol/event.ts';

type EventOf<T extends DeskEventType> = Extract<DeskEvent, { type: T }>;

/** What the adapter tells, as it comes. */
export interface Events {
  /** Returns the function that ends the subscription. */
  on<T extends DeskEventType>(type: T, listener: (event: EventOf<T>) => void): () => void;
}

export interface EventHub extends Events {
  handleEvent(event: DeskEvent): void;
}

export function createEventHub(): EventHub {
  const listeners = new Map<DeskEventType, Set<(event: never) => void>>();
  return {
    on(type, listener) {
      const own = (event: never) => listener(event);
      const set = listeners.get(type) ?? new Set();
      listeners.set(type, set.add(own));
      return () => set.delete(own);
    },
    handleEvent(event) {
      for (const listener of [...(listeners.get(event.type) ?? [])]) {
        try {
          listener(event as never);
        } catch (error) {
          console.error('A listener of the desk failed', error);
        }
      }
    },
  };
}
