import { callHistory, type Desk } from '@callweave/sdk';
import type { CallFilter } from '@callweave/sdk/protocol';
import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Saves the calls of a search as a table, and tells how far it is. */
export class CallTableDownload implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #desk: () => Desk | undefined;
  #abort: AbortController | undefined;
  #progress: { readonly rows: number; readonly of: number } | undefined;
  #error: unknown;
  #done: number | undefined;

  constructor(host: ReactiveControllerHost, desk: () => Desk | undefined) {
    this.#host = host;
    this.#desk = desk;
    host.addController(this);
  }

  /** Undefined while nothing is fetched. */
  get progress(): { readonly rows: number; readonly of: number } | undefined {
    return this.#progress;
  }

  get error(): unknown {
    return this.#error;
  }

  /** How many calls the table that was saved last has. */
  get done(): number | undefined {
    return this.#done;
  }

  async start(filter: CallFilter): Promise<void> {
    const desk = this.#desk();
    if (desk === undefined || this.#abort !== undefined) return;
    const abort = new AbortController();
    this.#abort = abort;
    this.#error = this.#done = undefined;
    this.#show({ rows: 0, of: 0 });
    try {
      const table = await desk.use(callHistory).export(filter, {
        forExcel: true,
        signal: abort.signal,
        onProgress: (rows, of) => this.#show({ rows, of }),
      });
      if (abort.signal.aborted) return;
      this.#done = this.#progress?.of ?? 0;
      save(table, 'calls.csv');
    } catch (error) {
      if (!abort.signal.aborted) this.#error = error;
    } finally {
      this.#abort = undefined;
      this.#show(undefined);
    }
  }

  stop(): void {
    this.#abort?.abort();
  }

  /** Another search: what was said of the last table no longer belongs here. */
  forget(): void {
    this.#error = this.#done = undefined;
  }

  hostDisconnected(): void {
    this.stop();
  }

  #show(progress: { readonly rows: number; readonly of: number } | undefined): void {
    this.#progress = progress;
    this.#host.requestUpdate();
  }
}

function save(content: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  // The browser has its own hold on it once the download began.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
