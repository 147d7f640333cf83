import type { Clock } from '../phone/ports/clock.ts';

/** Time that stands still until a test moves it. */
export interface VirtualClock extends Clock {
  /** Moves on, running every timer in its order and letting promises settle in between. */
  advance(ms: number): Promise<void>;
  /** Lets promises and zero-delay work settle without moving on. */
  settle(): Promise<void>;
  /** The computer sleeps: time passes and no timer runs; those that came due run late, at the next `advance`. */
  sleep(ms: number): void;
  /** Also replaces the global timers and `Date.now`, which libraries use; returns the undo. */
  install(): () => void;
  readonly pending: number;
}

interface Timer {
  readonly id: number;
  due: number;
  readonly every: number | null;
  readonly task: () => void;
}

export function createVirtualClock(start = Date.UTC(2026, 0, 5, 9, 0, 0)): VirtualClock {
  let now = start;
  let lastId = 0;
  const timers = new Map<number, Timer>();
  const real = {
    setTimeout: globalThis.setTimeout,
    clearTimeout: globalThis.clearTimeout,
    setInterval: globalThis.setInterval,
    clearInterval: globalThis.clearInterval,
    now: Date.now,
  };
  const immediate = (globalThis as { setImmediate?: (task: () => void) => unknown }).setImmediate;
  const turn = (): Promise<void> =>
    new Promise((resolve) => (immediate ? immediate(resolve) : real.setTimeout(resolve, 0)));

  const add = (task: () => void, ms: number, every: number | null): number => {
    lastId += 1;
    timers.set(lastId, { id: lastId, due: now + Math.max(0, ms), every, task });
    return lastId;
  };
  const settle = async (): Promise<void> => {
    for (let i = 0; i < 4; i += 1) await turn();
  };
  const next = (until: number): Timer | undefined => {
    let first: Timer | undefined;
    for (const timer of timers.values()) {
      if (timer.due <= until && (!first || timer.due < first.due || (timer.due === first.due && timer.id < first.id)))
        first = timer;
    }
    return first;
  };
  return {
    now: () => now,
    after(ms, task) {
      const id = add(task, ms, null);
      return () => timers.delete(id);
    },
    settle,
    sleep(ms) {
      now += ms;
    },
    async advance(ms) {
      const until = now + ms;
      await settle();
      for (let timer = next(until); timer; timer = next(until)) {
        now = Math.max(now, timer.due);
        if (timer.every === null) timers.delete(timer.id);
        else timer.due += Math.max(1, timer.every);
        timer.task();
        await settle();
      }
      now = until;
    },
    install() {
      const scope = globalThis as unknown as Record<string, unknown>;
      scope['setTimeout'] = (task: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) =>
        add(() => task(...args), ms, null);
      scope['setInterval'] = (task: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) =>
        add(() => task(...args), ms, ms);
      const clear = (id: unknown): void => void timers.delete(id as number);
      scope['clearTimeout'] = clear;
      scope['clearInterval'] = clear;
      Date.now = () => now;
      return () => {
        Object.assign(scope, {
          setTimeout: real.setTimeout,
          clearTimeout: real.clearTimeout,
          setInterval: real.setInterval,
          clearInterval: real.clearInterval,
        });
        Date.now = real.now;
      };
    },
    get pending() {
      return timers.size;
    },
  };
}
