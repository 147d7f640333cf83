/** A value that tells its listeners when it is replaced. A throwing listener never stops the others. */
export interface Observable<T> {
  get(): T;
  set(value: T): void;
  subscribe(listener: (value: T) => void): () => void;
  /** Hears only when the selected part changes; called once at the beginning. */
  select<S>(selector: (value: T) => S, listener: (part: S) => void): () => void;
}

export function createObservable<T>(initial: T): Observable<T> {
  let current = initial;
  const listeners = new Set<(value: T) => void>();
  const subscribe = (listener: (value: T) => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  return {
    get: () => current,
    set(value) {
      if (Object.is(value, current)) return;
      current = value;
      for (const listener of [...listeners]) shielded(() => listener(value));
    },
    subscribe,
    select(selector, listener) {
      let part = selector(current);
      listener(part);
      return subscribe((value) => {
        const next = selector(value);
        if (Object.is(next, part)) return;
        part = next;
        listener(next);
      });
    },
  };
}

/** Reports an error of foreign code the way the browser does, without letting it disturb ours. */
export function shielded(task: () => void): void {
  try {
    task();
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}
