import type { ExchangeEvent } from '../exchange.ts';

/** Delivers events in order to every listener, also when a listener causes further events or throws. */
export class EventHub {
  readonly #listeners = new Set<(event: ExchangeEvent) => void>();
  readonly #queue: ExchangeEvent[] = [];
  readonly #onError: (error: unknown) => void;
  #delivering = false;

  constructor(onError: (error: unknown) => void) {
    this.#onError = onError;
  }

  subscribe(listener: (event: ExchangeEvent) => void): () => void {
    // Wrapped, so that the same function subscribed twice is two subscriptions.
    const own = (event: ExchangeEvent) => listener(event);
    this.#listeners.add(own);
    return () => this.#listeners.delete(own);
  }

  emit(event: ExchangeEvent): void {
    this.#queue.push(event);
    if (this.#delivering) return;
    this.#delivering = true;
    for (let next = this.#queue.shift(); next !== undefined; next = this.#queue.shift()) {
      for (const listener of [...this.#listeners]) {
        try {
          listener(next);
        } catch (error) {
          this.#onError(error);
        }
      }
    }
    this.#delivering = false;
  }
}
