import type { StoredEvent } from './work-tx.ts';

export type CommittedListener = (events: readonly StoredEvent[]) => void;

/** Tells of events that are durable now. An empty list means: another process wrote some, look into the log. */
export class CommittedEvents {
  readonly #listeners = new Set<CommittedListener>();

  subscribe(listener: CommittedListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  emit(events: readonly StoredEvent[]): void {
    for (const listener of this.#listeners) listener(events);
  }
}
