import { callHistory, type Desk } from '@callweave/sdk';
import type { Call, CallFilter } from '@callweave/sdk/protocol';
import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** As much as a tall screen shows twice. */
const PAGE = 100;

/** The pages of a search for calls, one after the other; answers to an earlier search come to nothing. */
export class CallPages implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #desk: () => Desk | undefined;
  #calls: readonly Call[] = [];
  #next: string | null = null;
  #total: number | undefined;
  #error: unknown;
  #search = 0;
  #loading = false;
  #filter: CallFilter = {};

  constructor(host: ReactiveControllerHost, desk: () => Desk | undefined) {
    this.#host = host;
    this.#desk = desk;
    host.addController(this);
  }

  get calls(): readonly Call[] {
    return this.#calls;
  }

  /** How many there are in all; undefined until it is known. */
  get total(): number | undefined {
    return this.#total;
  }

  get loading(): boolean {
    return this.#loading;
  }

  get error(): unknown {
    return this.#error;
  }

  get hasMore(): boolean {
    return this.#next !== null;
  }

  async search(filter: CallFilter): Promise<void> {
    const search = ++this.#search;
    this.#filter = filter;
    this.#calls = [];
    this.#next = null;
    this.#total = undefined;
    this.#error = undefined;
    await this.#load(search, null);
    const desk = this.#desk();
    if (search !== this.#search || this.#error !== undefined || desk === undefined) return;
    // The list is there before the count of it: counting takes longer, and nobody waits for it.
    const total = await desk
      .use(callHistory)
      .count(filter)
      .catch(() => undefined);
    if (search !== this.#search) return;
    this.#total = total;
    this.#host.requestUpdate();
  }

  /** The next page, unless it is on its way. */
  async more(): Promise<void> {
    if (this.#loading || this.#next === null) return;
    await this.#load(this.#search, this.#next);
  }

  async #load(search: number, after: string | null): Promise<void> {
    const desk = this.#desk();
    if (desk === undefined) return;
    this.#loading = true;
    this.#host.requestUpdate();
    try {
      const page = await desk.use(callHistory).search(this.#filter, after, PAGE);
      if (search !== this.#search) return;
      this.#calls = [...this.#calls, ...page.calls];
      this.#next = page.next;
      this.#error = undefined;
    } catch (error) {
      if (search === this.#search) this.#error = error;
    } finally {
      if (search === this.#search) {
        this.#loading = false;
        this.#host.requestUpdate();
      }
    }
  }

  /** A call that is shown has changed. */
  handleCall(call: Call): void {
    if (!this.#calls.some(({ id }) => id === call.id)) return;
    this.#calls = this.#calls.map((each) => (each.id === call.id ? call : each));
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    this.#search += 1;
    this.#loading = false;
  }
}
