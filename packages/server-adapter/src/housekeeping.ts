import { describeError, type Logger } from './logger.ts';

export interface Chore {
  readonly name: string;
  readonly everyMs: number;
  run(): Promise<void>;
}

/** Runs chores from time to time, the first time soon; one that fails is logged and tried again at its next turn. */
export function startHousekeeping(chores: readonly Chore[], logger: Logger): { stop(): Promise<void> } {
  const running = new Set<Promise<void>>();
  const turn = (chore: Chore) => {
    const run = chore
      .run()
      .catch((error: unknown) => logger.warn('A chore failed', { chore: chore.name, ...describeError(error) }));
    running.add(run);
    void run.finally(() => running.delete(run));
  };
  const timers = chores.flatMap((chore) => [
    setTimeout(() => turn(chore), 5_000).unref(),
    setInterval(() => turn(chore), chore.everyMs).unref(),
  ]);
  return {
    stop: async () => {
      for (const timer of timers) clearInterval(timer);
      await Promise.all(running);
    },
  };
}
