import { LOADING, type Loadable, type Readable, Value } from './readable.ts';

export interface LiveListOptions<T> {
  readonly fetch: () => Promise<readonly T[]>;
  /** Whether a thing belongs on the list as it is now. */
  readonly matches: (item: T) => boolean;
  readonly compare: (a: T, b: T) => number;
  /** What is beyond it at the end is left out. */
  readonly limit?: number;
}

/** A list that widgets open while they show it. */
export interface OpenedList<T> {
  readonly state: Readable<Loadable<readonly T[]>>;
  /** Loads it with the first that opens it; returns the function that closes it again. */
  open(): () => void;
}

/** A list that is loaded once and then kept true by events. What happens during a load wins over what was loaded. */
export class LiveList<T extends { readonly id: string }> implements OpenedList<T> {
  readonly state = new Value<Loadable<readonly T[]>>(LOADING);
  readonly #options: LiveListOptions<T>;
  #during: Map<string, T> | undefined;
  #followers = 0;
  /** What is gone does not come back with a list that was on its way. */
  readonly #removed = new Set<string>();

  constructor(options: LiveListOptions<T>) {
    this.#options = options;
  }

  open(): () => void {
    this.#followers += 1;
    if (this.#followers === 1) void this.load();
    let open = true;
    return () => {
      if (open) this.#followers -= 1;
      open = false;
    };
  }

  /** Loads anew if anybody follows. */
  reload(): void {
    if (this.#followers > 0) void this.load();
  }

  async load(): Promise<void> {
    const during = new Map<string, T>();
    this.#during = during;
    try {
      const loaded = new Map((await this.#options.fetch()).map((item) => [item.id, item]));
      // Another load has begun since, or whose list it was has gone.
      if (this.#during !== during) return;
      for (const [id, item] of during) loaded.set(id, item);
      this.#show([...loaded.values()]);
    } catch (error) {
      if (this.#during === during && this.state.get().status !== 'ready') this.state.set({ status: 'failed', error });
    } finally {
      if (this.#during === during) this.#during = undefined;
    }
  }

  /** Forgets what is there, and what is on its way: it belonged to somebody else. */
  reset(): void {
    this.#during = undefined;
    this.state.set(LOADING);
  }

  put(item: T): void {
    this.#during?.set(item.id, item);
    const present = this.state.get();
    if (present.status === 'ready') this.#show([...present.value.filter(({ id }) => id !== item.id), item]);
  }

  remove(id: string): void {
    this.#removed.add(id);
    const present = this.state.get();
    if (present.status === 'ready') this.#show(present.value);
  }

  #show(items: readonly T[]): void {
    const { matches, compare, limit } = this.#options;
    const value = items
      .filter((item) => !this.#removed.has(item.id) && matches(item))
      .sort(compare)
      .slice(0, limit);
    this.state.set({ status: 'ready', value });
  }
}
