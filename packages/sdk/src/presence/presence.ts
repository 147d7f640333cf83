import type { Feature } from '../feature.ts';
import type { Client } from '../http/client.ts';
import { presenceRoutes } from '../http/routes/presence.ts';
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
  reset(): void;
  handlePresence(presence: Presence, accountId: string | undefined): void;
}

export function createPresences(client: Pick<Client, 'presence'>): PresencesManager {
  const own = new Value<Loadable<OwnPresence>>(LOADING);
  const all = new Value<Loadable<readonly Presence[]>>(LOADING);
  let followers = 0;
  /** Whose presence it is that is loaded: what was asked for an account that has gone comes to nothing. */
  let account = 0;

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
  const loadInto = async <T>(value: Value<Loadable<T>>, fetch: () => Promise<T>) => {
    const mine = account;
    const loaded = await fetch().then(
      (present): Loadable<T> => ({ status: 'ready', value: present }),
      (error: unknown): Loadable<T> => ({ status: 'failed', error }),
    );
    if (mine === account) value.set(loaded);
  };
  const loadAll = () => loadInto(all, async () => (await client.presence.list()).presences);

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
      if (takesCalls) await loadInto<OwnPresence>(own, () => client.presence.own());
      else own.set(LOADING);
    },
    reset() {
      account += 1;
      own.set(LOADING);
      all.set(LOADING);
    },
    handlePresence(presence, accountId) {
      if (presence.accountId === accountId) putOwn(presence);
      putAll(presence);
    },
  };
}

/** What agents do. */
export const presence: Feature<Presences> = {
  name: 'presence',
  create({ clientFor, account, on, keep }) {
    const made = createPresences(clientFor({ presence: presenceRoutes }));
    on('presence', ({ data }) => made.handlePresence(data, account()?.id));
    keep({
      reload: () => void made.load(account()?.roles.some((role) => role === 'agent' || role === 'supervisor') ?? false),
      reset: made.reset,
    });
    return made;
  },
};
