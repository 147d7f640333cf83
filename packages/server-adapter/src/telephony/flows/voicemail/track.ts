import { ExchangeError, type LegId, type RecordingName } from '../../exchange.ts';
import { type FlowServices, isGone } from '../call-session.ts';
import type { LegEvent } from '../switchboard.ts';
import type { Timers } from '../timers.ts';

const TRIES = 4;
const AGAIN_MS = 500;
/** The exchange closes its file within moments of being asked. */
const CLOSES_MS = 2_000;

/** One recording of what somebody says into a box: begun, ended, and known to be closed before it is fetched. */
export class Track {
  readonly name: RecordingName;
  readonly #services: FlowServices;
  readonly #leg: LegId;
  readonly #timers: Timers;
  #closed = false;
  #onClosed = () => {};
  #waiting = false;

  constructor(services: FlowServices, timers: Timers, leg: LegId, name: RecordingName) {
    this.#services = services;
    this.#timers = timers;
    this.#leg = leg;
    this.name = name;
  }

  /** Waits for the clock before it tries again. */
  get waiting(): boolean {
    return this.#waiting;
  }

  /** @throws when the exchange could not, also after some tries */
  async begin(): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.#services.exchange.record({ leg: this.#leg, recording: this.name });
      } catch (error) {
        if (isGone(error) || tries === TRIES) throw error;
        // A command whose answer was lost may have been carried out.
        if (await this.isRunning()) return;
        this.#waiting = true;
        await new Promise<void>((resolve) => this.#timers.after(AGAIN_MS, resolve));
        this.#waiting = false;
      }
    }
  }

  /** Asked after a restart, or when an answer was lost. */
  async isRunning(): Promise<boolean> {
    try {
      await this.#services.exchange.pauseRecording(this.name, false);
      return true;
    } catch (error) {
      if (error instanceof ExchangeError && error.code === 'unknown-recording') return false;
      throw error;
    }
  }

  /** There is something of it at the exchange. */
  async exists(): Promise<boolean> {
    try {
      await this.#services.exchange.fetchRecording(this.name);
      return true;
    } catch (error) {
      if (error instanceof ExchangeError && error.code === 'unknown-recording') return false;
      throw error;
    }
  }

  /** Ends it; what cannot be ended now ends with the leg. */
  async stop(): Promise<void> {
    await this.#services.exchange.stopRecording(this.name).catch(() => {});
  }

  /** @returns whether the event says that it is over */
  handle(event: LegEvent): boolean {
    if (event.type !== 'recording-finished' && event.type !== 'recording-failed') return false;
    if (event.recording !== this.name) return false;
    this.#closed = true;
    this.#onClosed();
    return true;
  }

  /** Runs when the exchange has closed the file, or after a moment. */
  whenClosed(run: () => void): void {
    if (this.#closed) return run();
    const cancel = this.#timers.after(CLOSES_MS, () => this.#onClosed());
    this.#onClosed = () => {
      this.#onClosed = () => {};
      cancel();
      run();
    };
  }
}
