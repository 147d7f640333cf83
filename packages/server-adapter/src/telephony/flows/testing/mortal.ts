import type { Store } from '../../../store/store.ts';
import type { Exchange } from '../../exchange.ts';
import type { Timers } from '../timers.ts';

interface World {
  readonly store: Store;
  readonly exchange: Exchange;
  readonly timers: Timers;
}

/** What a process does that was killed: nothing, for ever. */
const never = new Promise<never>(() => {});

/**
 * A process's view of the world, until it is killed: from then on nothing that it had asked for comes back, so that none of
 * its code runs on beside the process that takes its place.
 */
export function mortal({ store, exchange, timers }: World): World & { readonly dead: boolean; die(): void } {
  let dead = false;
  const following: (() => void)[] = [];
  const whileAlive = <T>(work: Promise<T>): Promise<T> =>
    work.then(
      (value) => (dead ? never : value),
      (error: unknown) => (dead ? never : Promise.reject(error)),
    );
  return {
    store: {
      ...store,
      write: (work) => (dead ? never : whileAlive(store.write(work))),
      onCommitted(listener) {
        const end = store.onCommitted(listener);
        following.push(end);
        return end;
      },
    },
    exchange: new Proxy(exchange, {
      get(target, key) {
        const value: unknown = Reflect.get(target, key, target);
        if (typeof value !== 'function') return value;
        return (...args: unknown[]) => {
          if (dead) return never;
          const result: unknown = value.apply(target, args);
          return result instanceof Promise ? whileAlive(result) : result;
        };
      },
    }),
    get dead() {
      return dead;
    },
    timers: { after: (ms, run) => (dead ? () => {} : timers.after(ms, run)) },
    die() {
      dead = true;
      for (const end of following) end();
    },
  };
}
