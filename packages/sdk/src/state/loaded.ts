import { LOADING, type Loadable, type Readable, Value } from './readable.ts';

/**
 * Something that is loaded whole, and loaded anew when an event says that it is no longer so. Loaded while somebody follows
 * it; what comes late from an earlier request never replaces what a later one brought.
 */
export class Loaded<T> {
  readonly #state = new Value<Loadable<T>>(LOADING);
  readonly #fetch: () => Promise<T>;
  #followers = 0;
  #request = 0;

  constructor(fetch: () => Promise<T>) {
    this.#fetch = fetch;
  }

  get state(): Readable<Loadable<T>> {
    return this.#state;
  }

  /** Begins to follow; returns the function that ends it. */
  open(): () => void {
    this.#followers += 1;
    if (this.#followers === 1) void this.load();
    let open = true;
    return () => {
      if (open) this.#followers -= 1;
      open = false;
    };
  }

  reload(): void {
    if (this.#followers > 0) void this.load();
  }

  /** Forgets what is there, and what is on its way: it belonged to somebody else. */
  reset(): void {
    this.#request += 1;
    this.#state.set(LOADING);
  }

  async load(): Promise<void> {
    const request = ++this.#request;
    try {
      const value = await this.#fetch();
      if (request === this.#request) this.#state.set({ status: 'ready', value });
    } catch (error) {
      // What is shown stays: old and marked by the connection state is better than none.
      if (request === this.#request && this.#state.get().status !== 'ready')
        this.#state.set({ status: 'failed', error });
    }
  }
}
