import type { Feature } from '../feature.ts';
import type { Client } from '../http/client.ts';
import { wallboardRoutes } from '../http/routes/wallboard.ts';
import type { Wallboard } from '../protocol/wallboard.ts';
import { Loaded } from '../state/loaded.ts';
import type { Loadable, Readable } from '../state/readable.ts';

/** The figures of today, for supervisors and managers. */
export interface WallboardFeature {
  /** Kept true while it is open. */
  readonly state: Readable<Loadable<Wallboard>>;
  /** Begins to follow; returns the function that ends it. */
  open(): () => void;
}

export interface WallboardManager extends WallboardFeature {
  reload(): void;
  reset(): void;
}

/** Midnight makes a new day without any event; so does a market that is quiet. */
const ANYWAY_MS = 30_000;

export function createWallboard(client: Pick<Client, 'wallboard'>): WallboardManager {
  const loaded = new Loaded<Wallboard>(() => client.wallboard.get());
  let timer: ReturnType<typeof setInterval> | undefined;
  let followers = 0;
  const tick = () => {
    clearInterval(timer);
    timer = followers > 0 ? setInterval(() => loaded.reload(), ANYWAY_MS) : undefined;
  };
  return {
    state: loaded.state,
    open() {
      const close = loaded.open();
      followers += 1;
      if (followers === 1) tick();
      let open = true;
      return () => {
        if (!open) return;
        open = false;
        close();
        followers -= 1;
        if (followers === 0) tick();
      };
    },
    reload() {
      loaded.reload();
      tick();
    },
    reset() {
      loaded.reset();
      // Nobody is signed in to ask.
      clearInterval(timer);
    },
  };
}

/** The figures of today. */
export const wallboard: Feature<WallboardFeature> = {
  name: 'wallboard',
  create({ clientFor, on, keep }) {
    const made = createWallboard(clientFor({ wallboard: wallboardRoutes }));
    on('wallboard-changed', () => made.reload());
    keep(made);
    return made;
  },
};
