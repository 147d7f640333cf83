import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Between the last key and the question to the server. */
const PAUSE_MS = 200;

/** Looks something up while a person types: waits for a pause, and drops answers that come too late. */
export class SearchController<T> implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #find: (query: string, signal: AbortSignal) => Promise<readonly T[]>;
  #query = '';
  #results: readonly T[] | undefined;
  #error: unknown;
  #abort: AbortController | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost, find: (query: string, signal: AbortSignal) => Promise<readonly T[]>) {
    this.#host = host;
    this.#find = find;
    host.addController(this);
  }

  get query(): string {
    return this.#query;
  }

  /** Undefined while searching, and when nothing is asked. */
  get results(): readonly T[] | undefined {
    return this.#results;
  }

  get searching(): boolean {
    return this.#abort !== undefined;
  }

  get error(): unknown {
    return this.#error;
  }

  search(query: string): void {
    this.clear();
    this.#query = query.trim();
    if (this.#query === '') return;
    const abort = new AbortController();
    this.#abort = abort;
    this.#timer = setTimeout(() => void this.#run(this.#query, abort), PAUSE_MS);
  }

  clear(): void {
    clearTimeout(this.#timer);
    this.#abort?.abort();
    this.#abort = undefined;
    this.#query = '';
    this.#results = undefined;
    this.#error = undefined;
    this.#host.requestUpdate();
  }

  async #run(query: string, abort: AbortController): Promise<void> {
    try {
      const results = await this.#find(query, abort.signal);
      if (abort.signal.aborted) return;
      this.#results = results;
    } catch (error) {
      if (abort.signal.aborted) return;
      this.#error = error;
    }
    this.#abort = undefined;
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    this.clear();
  }
}
