import type { Clock } from '../../clock.ts';
import { findUnfinished, noteTrouble, type RecordingArchive, storeRecording } from '../../recordings/index.ts';
import { ExchangeError } from '../exchange.ts';
import type { Debts } from './debts.ts';
import type { FlowLogger } from './logger.ts';
import type { PatientExchange } from './patient-exchange.ts';
import type { Timers } from './timers.ts';

/** The exchange closes its files within moments of the hang-up; a promise of 5 s to hash and seal leaves 2 to wait. */
const FILES_CLOSE_MS = 2_000;
const RETRY_MS = [500, 1_000, 2_000, 5_000, 10_000, 30_000] as const;
/** An exchange that cannot hand out a track for so many tries has lost it; then the gap is sealed instead. */
const MOST_TRIES = 40;

interface Options {
  readonly archive: RecordingArchive;
  readonly exchange: PatientExchange;
  readonly timers: Timers;
  readonly clock: Clock;
  readonly debts: Debts;
  readonly logger: FlowLogger;
  /** Called when a recording was stored, or finally failed. */
  readonly stored: (callId: string) => Promise<void>;
}

/** Brings the tracks of ended calls home: fetched, joined, hashed, sealed, then deleted at the exchange. */
export class RecordingKeeper {
  readonly #options: Options;
  readonly #finished = new Set<string>();
  readonly #waiting = new Map<string, Set<() => void>>();
  readonly #jobs = new Map<string, Promise<void>>();
  readonly #wake = new Set<() => void>();
  #stopped = false;

  constructor(options: Options) {
    this.#options = options;
  }

  /** Jobs that are under way. */
  get size(): number {
    return this.#jobs.size;
  }

  keep(recordingId: string): void {
    if (this.#stopped || this.#jobs.has(recordingId)) return;
    const job = this.#run(recordingId)
      .catch((error: unknown) =>
        this.#options.logger.error(
          `Recording ${recordingId} is not stored yet; it is taken up again at the next start.`,
          error,
        ),
      )
      .finally(() => this.#jobs.delete(recordingId));
    this.#jobs.set(recordingId, job);
  }

  /** The exchange has closed this track, or given it up. */
  handleFinished(track: string): void {
    this.#finished.add(track);
    for (const resolve of this.#waiting.get(track) ?? []) resolve();
    this.#waiting.delete(track);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    for (const wake of [...this.#wake]) wake();
    await Promise.all(this.#jobs.values());
  }

  async #run(recordingId: string): Promise<void> {
    const { archive, exchange, debts, logger } = this.#options;
    const found = await findUnfinished(archive.store.db, recordingId);
    if (found === undefined) return;
    const names = found.tracks.map(({ name }) => name);
    await this.#closed(names);
    // A full disk may stay full for days, with a queue of recordings behind it: the exchange has them, the memory need not.
    for (let tries = 0; ; tries += 1) {
      const sounds = new Map<string, Uint8Array>();
      for (const name of names) {
        const sound = await this.#fetch(name);
        if (sound === 'stopped') return;
        if (sound !== 'lost') sounds.set(name, sound);
      }
      try {
        await storeRecording(archive, recordingId, async (name) => {
          const sound = sounds.get(name);
          if (sound === undefined) throw new ExchangeError('unknown-recording', `The exchange has no track ${name}.`);
          return sound;
        });
        break;
      } catch (error) {
        logger.warn(`Recording ${recordingId} could not be stored; trying again.`, error);
        await noteTrouble(archive, recordingId, error).catch(() => {});
        if (!(await this.#pause(tries))) throw error;
      }
    }
    for (const name of names) {
      this.#finished.delete(name);
      // Sealed at home: a copy that stays behind is untidy, not wrong.
      await debts.pay(`recording ${name}`, () => exchange.deleteRecording(name));
    }
    await this.#options
      .stored(found.callId)
      .catch((error: unknown) => logger.warn(`Call ${found.callId} was not published after its recording.`, error));
  }

  async #fetch(name: string): Promise<Uint8Array | 'lost' | 'stopped'> {
    for (let tries = 0; ; tries += 1) {
      try {
        return await this.#options.exchange.fetchRecording(name);
      } catch (error) {
        if (error instanceof ExchangeError && error.code === 'unknown-recording') return 'lost';
        if (tries >= MOST_TRIES) return 'lost';
        if (!(await this.#pause(tries))) return 'stopped';
      }
    }
  }

  /** @returns false when the keeper is stopped meanwhile */
  async #pause(tries: number): Promise<boolean> {
    if (this.#stopped) return false;
    await new Promise<void>((resolve) => {
      const wake = () => {
        cancel();
        this.#wake.delete(wake);
        resolve();
      };
      const cancel = this.#options.timers.after(RETRY_MS[Math.min(tries, RETRY_MS.length - 1)] ?? 30_000, wake);
      this.#wake.add(wake);
    });
    return !this.#stopped;
  }

  /** Settles when the exchange reported all these tracks finished, or after a moment. */
  async #closed(names: readonly string[]): Promise<void> {
    const open = names.filter((name) => !this.#finished.has(name));
    if (open.length === 0 || this.#stopped) return;
    await new Promise<void>((resolve) => {
      let left = open.length;
      const done = () => {
        cancel();
        this.#wake.delete(done);
        for (const name of open) this.#waiting.delete(name);
        resolve();
      };
      const cancel = this.#options.timers.after(FILES_CLOSE_MS, done);
      this.#wake.add(done);
      for (const name of open) {
        const one = () => {
          left -= 1;
          if (left === 0) done();
        };
        this.#waiting.set(name, (this.#waiting.get(name) ?? new Set()).add(one));
      }
    });
  }
}
