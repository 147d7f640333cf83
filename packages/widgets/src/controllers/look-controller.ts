import type { ReactiveController, ReactiveControllerHost } from 'lit';

export interface LookOptions {
  /** Names what is looked for; when it changes, it is begun anew. Undefined: nothing is. */
  readonly key: () => unknown;
  readonly look: () => Promise<unknown>;
  /** Between one look and the next, in milliseconds; the last one holds for all further ones. */
  readonly pauses?: readonly number[];
}

const PAUSES = [2_000, 4_000, 6_000, 10_000, 15_000, 30_000];

/** Asks again and again, ever more slowly, while something is not known; the first time at once. What fails is asked again. */
export class LookController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #options: LookOptions;
  #key: unknown;
  #looks = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #round = 0;

  constructor(host: ReactiveControllerHost, options: LookOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  /** How often it was asked and stayed unknown. */
  get looks(): number {
    return this.#looks;
  }

  hostUpdated(): void {
    const key = this.#options.key();
    if (key === this.#key) return;
    this.#end();
    this.#key = key;
    if (key !== undefined) void this.#look(this.#round);
  }

  hostConnected(): void {
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    this.#end();
  }

  async #look(round: number): Promise<void> {
    await this.#options.look().catch(() => undefined);
    if (round !== this.#round) return;
    const { pauses = PAUSES } = this.#options;
    const pause = pauses[Math.min(this.#looks, pauses.length - 1)] ?? 30_000;
    this.#looks += 1;
    this.#timer = setTimeout(() => void this.#look(round), pause);
    this.#host.requestUpdate();
  }

  #end(): void {
    clearTimeout(this.#timer);
    this.#round += 1;
    this.#looks = 0;
    this.#key = undefined;
  }
}
