import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** One tick a second for all widgets of the page, so that their timers change together. */
const listeners = new Set<() => void>();
let handle: ReturnType<typeof setInterval> | undefined;

function onTick(listener: () => void): () => void {
  listeners.add(listener);
  handle ??= setInterval(() => {
    for (const each of [...listeners]) each();
  }, 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(handle);
    handle = undefined;
  };
}

/** Updates the host every second while `isRunning` says so. */
export class TimerController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #isRunning: () => boolean;
  #end: (() => void) | undefined;
  #connected = false;

  constructor(host: ReactiveControllerHost, isRunning: () => boolean) {
    this.#host = host;
    this.#isRunning = isRunning;
    host.addController(this);
  }

  /** Milliseconds since an instant; never negative, although the server's clock may be ahead of ours. */
  since(instant: string | number | null | undefined): number {
    if (instant === null || instant === undefined) return 0;
    return Math.max(0, Date.now() - toMs(instant));
  }

  /** Milliseconds until an instant; 0 when it has passed. */
  until(instant: string | number | null | undefined): number {
    if (instant === null || instant === undefined) return 0;
    return Math.max(0, toMs(instant) - Date.now());
  }

  hostConnected(): void {
    this.#connected = true;
    this.#adjust();
  }

  hostUpdated(): void {
    this.#adjust();
  }

  hostDisconnected(): void {
    this.#connected = false;
    this.#adjust();
  }

  #adjust(): void {
    const wanted = this.#connected && this.#isRunning();
    if (wanted && !this.#end) this.#end = onTick(() => this.#host.requestUpdate());
    if (!wanted) {
      this.#end?.();
      this.#end = undefined;
    }
  }
}

const toMs = (instant: string | number): number => (typeof instant === 'number' ? instant : Date.parse(instant));
