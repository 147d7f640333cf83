import type { ReactiveController, ReactiveControllerHost } from 'lit';

/**
 * The commands a person gives through a widget: which one is under way, and why the last one failed. One at a time:
 * a second press while the first is on its way does nothing.
 */
export class CommandController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #pending: string | undefined;
  #failed: { readonly name: string; readonly error: unknown } | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  /** The name of the command under way. */
  get pending(): string | undefined {
    return this.#pending;
  }

  /** Why the last command failed, until the next one or {@link clear}. */
  get error(): unknown {
    return this.#failed?.error;
  }

  /** Which command failed. */
  get failed(): string | undefined {
    return this.#failed?.name;
  }

  /** Resolves with whether it was done; the error, if any, is kept and shown. */
  async run(name: string, task: () => Promise<unknown>): Promise<boolean> {
    if (this.#pending !== undefined) return false;
    this.#pending = name;
    this.#failed = undefined;
    this.#host.requestUpdate();
    try {
      await task();
      return true;
    } catch (error) {
      this.#failed = { name, error };
      return false;
    } finally {
      this.#pending = undefined;
      this.#host.requestUpdate();
    }
  }

  clear(): void {
    this.#failed = undefined;
    this.#host.requestUpdate();
  }

  hostConnected(): void {}
}
