import { createMemoryStore, type Store } from '../phone/ports/store.ts';
import type { Channel, OpenChannel } from '../tabs/channel.ts';
import type { Lease, Locks } from '../tabs/locks.ts';

interface Holder {
  readonly tab: object;
  steal(): void;
}

/** The ports of one tab. */
export interface FakeTabPorts {
  readonly locks: Locks;
  readonly openChannel: OpenChannel;
  readonly store: Store;
  /** Nothing of this tab is heard any more. */
  frozen: boolean;
  /** What the browser does when the tab goes away. */
  close(): void;
}

/** What the tabs of one browser share: locks, channels, storage. */
export class FakeBrowser {
  readonly store: Store = createMemoryStore();
  readonly #holders = new Map<string, Holder>();
  readonly #queues = new Map<string, (() => boolean)[]>();
  readonly #channels = new Map<
    string,
    Set<{ readonly tab: object; readonly listeners: Set<(message: unknown) => void> }>
  >();

  tab(): FakeTabPorts {
    const tab: FakeTabPorts = {
      store: this.store,
      frozen: false,
      locks: { acquire: (name, { signal, steal }) => this.#acquire(tab, name, signal, steal ?? false) },
      openChannel: (name) => this.#open(tab, name),
      close: () => {
        tab.frozen = true;
        for (const [name, holder] of [...this.#holders]) if (holder.tab === tab) this.#release(name, tab);
      },
    };
    return tab;
  }

  #acquire(tab: { frozen: boolean }, name: string, signal: AbortSignal, steal: boolean): Promise<Lease> {
    return new Promise((resolve, reject) => {
      const grant = (): boolean => {
        if (signal.aborted || tab.frozen) return false;
        let markStolen: () => void = () => {};
        const stolen = new Promise<void>((done) => {
          markStolen = done;
        });
        this.#holders.set(name, { tab, steal: markStolen });
        resolve({ stolen, release: () => this.#release(name, tab) });
        return true;
      };
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      const holder = this.#holders.get(name);
      if (!holder) grant();
      else if (steal) {
        holder.steal();
        grant();
      } else this.#queues.set(name, [...(this.#queues.get(name) ?? []), grant]);
    });
  }

  #release(name: string, tab: object): void {
    if (this.#holders.get(name)?.tab !== tab) return;
    this.#holders.delete(name);
    const queue = this.#queues.get(name) ?? [];
    for (let next = queue.shift(); next; next = queue.shift()) if (next()) return;
  }

  #open(tab: { frozen: boolean }, name: string): Channel {
    const entry = { tab, listeners: new Set<(message: unknown) => void>() };
    const all = this.#channels.get(name) ?? new Set();
    this.#channels.set(name, all);
    all.add(entry);
    return {
      post(message) {
        if (tab.frozen) return;
        const copy = structuredClone(message);
        queueMicrotask(() => {
          for (const other of all) {
            if (other === entry || (other.tab as { frozen: boolean }).frozen) continue;
            for (const listener of [...other.listeners]) listener(copy);
          }
        });
      },
      subscribe(listener) {
        entry.listeners.add(listener);
        return () => entry.listeners.delete(listener);
      },
      close: () => void all.delete(entry),
    };
  }
}
