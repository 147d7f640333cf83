/** Does one thing after the other, in the order they came: what keeps the events and commands of one call apart. */
export class Mailbox {
  readonly #onError: (error: unknown) => Promise<void>;
  #tail: Promise<void> = Promise.resolve();
  #waiting = 0;

  /** @param onError for work that nobody waits for; it runs in the same order as the work */
  constructor(onError: (error: unknown) => Promise<void>) {
    this.#onError = onError;
  }

  /** Work nobody waits for: an event. */
  post(work: () => Promise<void>): void {
    void this.#enqueue(() => work().catch((error: unknown) => this.#onError(error))).catch(() => {});
  }

  /** Work somebody waits for: a command. Its error is theirs. */
  ask<T>(work: () => Promise<T>): Promise<T> {
    return this.#enqueue(work);
  }

  /** Nothing is being done or waiting. */
  get idle(): boolean {
    return this.#waiting === 0;
  }

  /** Settles when all that came so far is done. */
  async drained(): Promise<void> {
    while (!this.idle) await this.#tail;
  }

  #enqueue<T>(work: () => Promise<T>): Promise<T> {
    this.#waiting += 1;
    const result = this.#tail.then(work);
    const done = () => {
      this.#waiting -= 1;
    };
    this.#tail = result.then(done, done);
    return result;
  }
}
