/** Delays as a dependency, so that tests run them by a virtual clock. */
export interface Timers {
  /** Runs once after so long. @returns cancels it; harmless afterwards */
  after(ms: number, run: () => void): () => void;
}

export const systemTimers: Timers = {
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

/** The timers of one call: all end with it. */
export class TimerGroup implements Timers {
  readonly #timers: Timers;
  readonly #running = new Set<() => void>();

  constructor(timers: Timers) {
    this.#timers = timers;
  }

  after(ms: number, run: () => void): () => void {
    const cancel = this.#timers.after(ms, () => {
      this.#running.delete(cancel);
      run();
    });
    this.#running.add(cancel);
    return () => {
      this.#running.delete(cancel);
      cancel();
    };
  }

  cancelAll(): void {
    for (const cancel of this.#running) cancel();
    this.#running.clear();
  }
}
