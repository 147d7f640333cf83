/** An exclusive lock among the tabs of one origin, released by the browser when the tab goes away. */
export interface Locks {
  /** Resolves when the lock is held. With `steal` it is taken from its holder at once. Rejects when `signal` aborts. */
  acquire(name: string, options: { readonly signal: AbortSignal; readonly steal?: boolean }): Promise<Lease>;
}

export interface Lease {
  /** Resolves when another tab stole the lock. Never rejects. */
  readonly stolen: Promise<void>;
  release(): void;
}

/**
 * The Web Locks API. Where it is missing (an insecure origin), every tab holds a lock of its own: then each has its own
 * phone and registers, and the exchange decides. Serve the page over HTTPS to have one over all tabs.
 */
export function createWebLocks(): Locks {
  return {
    acquire(name, { signal, steal = false }) {
      const manager = globalThis.navigator?.locks;
      if (!manager) return Promise.resolve({ stolen: new Promise(() => {}), release: () => {} });
      return new Promise<Lease>((resolve, reject) => {
        let release: () => void = () => {};
        let markStolen: () => void = () => {};
        let held = false;
        const stolen = new Promise<void>((done) => {
          markStolen = done;
        });
        const finished = new Promise<void>((done) => {
          release = done;
        });
        manager
          // The API refuses `steal` together with `signal`.
          .request(name, steal ? { steal: true } : { signal }, () => {
            held = true;
            resolve({ stolen, release });
            return finished;
          })
          .catch((error: unknown) => (held ? markStolen() : reject(error)));
      });
    },
  };
}
