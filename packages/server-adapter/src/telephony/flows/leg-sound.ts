import { newId } from '../../id.ts';
import type { PlayItem, PromptLanguage } from '../exchange.ts';
import type { PatientExchange } from './patient-exchange.ts';
import type { Timers } from './timers.ts';

/** A prompt that never reports its end must not hold up a caller. */
const LONGEST_PROMPT_MS = 30_000;
/** A list that is read aloud may well take longer: so much for each word of it. */
const LONGEST_ITEM_MS = 1_500;
/** A loop whose rounds end at once is broken; playing it again and again would only burn the exchange. */
const SHORTEST_ROUND_MS = 100;

interface Playing {
  readonly id: string;
  readonly items: readonly PlayItem[];
  /** Ends it, as its own report would. */
  readonly over: (played: boolean) => void;
  readonly finished: (played: boolean) => void;
  readonly longestMs: number;
  readonly cancelTimer: () => void;
}

/** What one leg is made to hear: one thing at a time, once or over and over. */
export class LegSound {
  readonly #leg: string;
  readonly #exchange: PatientExchange;
  readonly #timers: Timers;
  readonly #language: () => PromptLanguage;
  readonly #now: () => number;
  #playing: Playing | undefined;
  /** Grows with every request, so that one which was overtaken while it waited gives way. */
  #request = 0;

  constructor(options: {
    leg: string;
    exchange: PatientExchange;
    timers: Timers;
    language: () => PromptLanguage;
    now: () => number;
  }) {
    this.#leg = options.leg;
    this.#exchange = options.exchange;
    this.#timers = options.timers;
    this.#language = options.language;
    this.#now = options.now;
  }

  /** Plays once. `finished` runs when it is over, or could not be played, but not when it was stopped or replaced. */
  async play(
    items: readonly PlayItem[],
    finished: (played: boolean) => void,
    /** For what somebody recorded, which may be longer than any prompt. */
    longestMs = Math.max(LONGEST_PROMPT_MS, items.length * LONGEST_ITEM_MS),
  ): Promise<void> {
    const request = ++this.#request;
    if (this.#playing !== undefined) await this.#halt();
    if (request !== this.#request) return;
    if (items.length === 0) return finished(true);
    const id = newId('playback');
    const over = (played: boolean) => {
      if (this.#playing?.id !== id) return;
      this.#playing.cancelTimer();
      this.#playing = undefined;
      finished(played);
    };
    this.#playing = {
      id,
      items,
      over,
      finished,
      longestMs,
      cancelTimer: this.#timers.after(longestMs, () => over(false)),
    };
    try {
      await this.#exchange.play(this.#leg, items, { playback: id, language: this.#language() });
    } catch {
      over(false);
    }
  }

  /** Plays over and over until stopped. */
  async loop(items: readonly PlayItem[]): Promise<void> {
    const startedAt = this.#now();
    await this.play(items, (played) => {
      if (played && this.#now() - startedAt >= SHORTEST_ROUND_MS) void this.loop(items);
    });
  }

  async stop(): Promise<void> {
    this.#request += 1;
    await this.#halt();
  }

  async #halt(): Promise<void> {
    const playing = this.#playing;
    if (playing === undefined) return;
    this.#playing = undefined;
    playing.cancelTimer();
    // The leg may have ended, and the sound with it.
    await this.#exchange.stopPlayback(playing.id).catch(() => {});
  }

  /** The connection was away, and with it perhaps the report that it is over: from the beginning, so that it is surely heard. */
  async restart(): Promise<void> {
    const playing = this.#playing;
    if (playing !== undefined) await this.play(playing.items, playing.finished, playing.longestMs);
  }

  /** The leg is gone: nothing more is played, and nobody is told. */
  forget(): void {
    this.#request += 1;
    this.#playing?.cancelTimer();
    this.#playing = undefined;
  }

  /** @returns whether this playback was ours */
  handleFinished(playback: string): boolean {
    if (this.#playing?.id !== playback) return false;
    this.#playing.over(true);
    return true;
  }
}

export const prompt = (key: string): PlayItem => ({ kind: 'prompt', key });

export const HOLD_MUSIC: readonly PlayItem[] = [prompt('hold-music')];
export const RINGBACK: readonly PlayItem[] = [prompt('ringback')];
