import type { Client } from '../http/client.ts';
import type { NotReadyReason, Presence } from '../protocol/presence.ts';
import { LOADING, type Loadable, type Readable, Value } from '../state/readable.ts';

export interface OwnPresence {
  readonly presence: Presence;
  /** What may be given as a reason for not being ready. */
  readonly reasons: readonly NotReadyReason[];
}

/** What agents do: ready or not and why, busy, writing down, away. */
export interface Presences {
  /** Of who is signed in; `loading` as well for those who take no calls. */
  readonly own: Readable<Loadable<OwnPresence>>;
  /** Of everybody, for supervisors and managers; by name. Loaded on the first {@link open}. */
  readonly all: Readable<Loadable<readonly Presence[]>>;
  /** Begins to follow everybody; returns the function that ends it. */
  open(): () => void;
  setOwn(input: Parameters<Client['presence']['setOwn']>[0]): Promise<void>;
  /** A supervisor sets somebody ready or not ready. */
  set(input: Parameters<Client['presence']['set']>[0]): Promise<void>;
  /** Once more time to write down what was said. */
  extendWrapUp(): Promise<void>;
}

export interface PresencesManager extends Presences {
  /** Loads the own presence. @param takesCalls whether there is one */
  load(takesCalls: boolean): Promise<void>;
  handlePresence(presence: Presence, accountId: string | undefined): void;
}

export function createPresences(client: Client): PresencesManager {
  const own = new Value<Loadable<OwnPresence>>(LOADING);
  const all = new Value<Loadable<readonly Presence[]>>(LOADING);
  let followers = 0;

  const putOwn = (presence: Presence) => {
    const known = own.get();
    if (known.status === 'ready') own.set({ status: 'ready', value: { ...known.value, presence } });
  };
  const putAll = (presence: Presence) => {
    const known = all.get();
    if (known.status !== 'ready') return;
    const others = known.value.filter(({ accountId }) => accountId !== presence.accountId);
    const value = [...others, presence].sort((a, b) => a.name.localeCompare(b.name));
    all.set({ status: 'ready', value });
  };
  const loadAll = async () => {
    try {
      all.set({ status: 'ready', value: (await client.presence.list()).presences });
    } catch (error) {
      all.set({ status: 'failed', error });
    }
  };

  return {
    own,
    all,
    open() {
      followers += 1;
      if (followers === 1) void loadAll();
      let open = true;
      return () => {
        if (open) followers -= 1;
        open = false;
      };
    },
    async setOwn(input) {
      putOwn(await client.presence.setOwn(input));
    },
    async set(input) {
      putAll(await client.presence.set(input));
    },
    async extendWrapUp() {
      putOwn(await client.presence.extendWrapUp());
    },
    async load(takesCalls) {
      if (followers > 0) void loadAll();
      if (!takesCalls) return own.set(LOADING);
      try {
        own.set({ status: 'ready', value: await client.presence.own() });
      } catch (error) {
        own.set({ status: 'failed', error });
      }
    },
    handlePresence(presence, accountId) {
      if (presence.accountId === accountId) putOwn(presence);
      putAll(presence);
    },
  };
}
