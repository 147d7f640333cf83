/** Small values that outlive the page: the epoch of ownership, the instance id, the call that was active. */
export interface Store {
  get(key: string): string | null;
  set(key: string, value: string): void;
  delete(key: string): void;
}

export function createMemoryStore(): Store {
  const values = new Map<string, string>();
  return {
    get: (key) => values.get(key) ?? null,
    set: (key, value) => void values.set(key, value),
    delete: (key) => void values.delete(key),
  };
}

/**
 * `localStorage`, falling back to memory where the browser denies it (private windows, third-party frames): the phone
 * then still works, but a reload does not find its call again.
 */
export function createWebStore(): Store {
  let storage: Storage;
  try {
    storage = globalThis.localStorage;
    const probe = 'callweave.phone.probe';
    storage.setItem(probe, '1');
    storage.removeItem(probe);
  } catch {
    return createMemoryStore();
  }
  return {
    get: (key) => storage.getItem(key),
    set(key, value) {
      try {
        storage.setItem(key, value);
      } catch {
        // A full quota must not end a call.
      }
    },
    delete: (key) => storage.removeItem(key),
  };
}
