/** Time, so that tests can own it. JsSIP keeps timers of its own on the globals; the virtual clock replaces those too. */
export interface Clock {
  /** Wall-clock milliseconds since 1970. */
  now(): number;
  /** Runs `task` once after `ms`; the returned function cancels it. */
  after(ms: number, task: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, task) {
    const handle = setTimeout(task, ms);
    return () => clearTimeout(handle);
  },
};
