/** Milliseconds and samples of one frame of audio. */
export const FRAME_MS = 20;
export const FRAME_SAMPLES = 160;

/** After a stall longer than this, audio that is late is left out instead of sent in one burst. */
const MAX_CATCH_UP = 10;

/**
 * Calls everybody who makes audio every 20 ms on average: each round is planned from the beginning, not from the round
 * before, so that timer delays do not add up. Runs only while somebody listens.
 */
export class FrameClock {
  readonly #clients = new Set<() => void>();
  readonly #onError: (error: unknown) => void;
  #timer: NodeJS.Timeout | undefined;
  #startedAt = 0;
  #count = 0;

  constructor(onError: (error: unknown) => void) {
    this.#onError = onError;
  }

  add(client: () => void): () => void {
    this.#clients.add(client);
    if (this.#timer === undefined) {
      this.#startedAt = performance.now();
      this.#count = 0;
      this.#plan();
    }
    return () => {
      this.#clients.delete(client);
      if (this.#clients.size === 0) this.stop();
    };
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#clients.clear();
  }

  #plan(): void {
    const due = this.#startedAt + (this.#count + 1) * FRAME_MS;
    this.#timer = setTimeout(() => this.#run(), Math.max(0, due - performance.now()));
  }

  #run(): void {
    let due = Math.floor((performance.now() - this.#startedAt) / FRAME_MS) - this.#count;
    if (due > MAX_CATCH_UP) {
      this.#count += due - 1;
      due = 1;
    }
    this.#count += due;
    for (; due > 0; due--) {
      for (const client of [...this.#clients]) {
        try {
          client();
        } catch (error) {
          this.#onError(error);
        }
      }
    }
    if (this.#clients.size > 0) this.#plan();
    else this.#timer = undefined;
  }
}
