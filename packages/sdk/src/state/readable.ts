/** A value that changes: read it now, or follow it. The listener is not called with the present value. */
export interface Readable<T> {
  get(): T;
  /** Returns the function that ends the subscription. */
  subscribe(listener: (value: T) => void): () => void;
}

/** A {@link Readable} that its owner can set. Equal values (by `Object.is`) are not announced. */
export class Value<T> implements Readable<T> {
  #value: T;
  readonly #listeners = new Set<(value: T) => void>();

  constructor(value: T) {
    this.#value = value;
  }

  get(): T {
    return this.#value;
  }

  set(value: T): void {
    if (Object.is(value, this.#value)) return;
    this.#value = value;
    for (const listener of [...this.#listeners]) {
      try {
        listener(value);
      } catch (error) {
        // One broken listener must not keep the others from the news; the page still hears of it.
        reportError(error);
      }
    }
  }

  subscribe(listener: (value: T) => void): () => void {
    // A wrapper, so that the same function subscribed twice is two subscriptions.
    const own = (value: T) => listener(value);
    this.#listeners.add(own);
    return () => this.#listeners.delete(own);
  }
}

const reportError: (error: unknown) => void =
  typeof globalThis.reportError === 'function'
    ? globalThis.reportError.bind(globalThis)
    : (error) =>
        queueMicrotask(() => {
          throw error;
        });

/** Something loaded over the network: what widgets draw as skeleton, content or error. */
export type Loadable<T> =
  | { readonly status: 'loading' }
  | { readonly status: 'ready'; readonly value: T }
  | { readonly status: 'failed'; readonly error: unknown };

export const LOADING: Loadable<never> = Object.freeze({ status: 'loading' });
