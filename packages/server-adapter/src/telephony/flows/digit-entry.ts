import type { PlayItem } from '../exchange.ts';
import type { LegSound } from './leg-sound.ts';
import type { Timers } from './timers.ts';

export const MOST_DIGITS = 8;

interface Options {
  readonly sound: LegSound;
  readonly timers: Timers;
  readonly firstDigitSeconds: number;
  readonly nextDigitSeconds: number;
  /** The entry ends by itself with so many. @default {@link MOST_DIGITS} */
  readonly mostDigits?: number;
  /** `*` before any digit ends the entry with `*` alone: the way back in a menu. @default false */
  readonly back?: boolean;
}

/** The entry was given up: the caller hung up, or the call was taken elsewhere. */
export class EntryAborted extends Error {
  override readonly name = 'EntryAborted';
}

/**
 * Asks for digits on a leg: the first one silences the prompt, `*` begins anew, `#` or the last possible digit ends the entry.
 * The digits live in this object alone, until they are handed on.
 */
export class DigitEntry {
  readonly #options: Options;
  #digits = '';
  #finish: ((digits: string | undefined) => void) | undefined;
  #fail: ((error: Error) => void) | undefined;
  #cancelTimer = () => {};
  #aborted = false;

  constructor(options: Options) {
    this.#options = options;
  }

  /** @returns undefined when nothing was keyed in time */
  ask(items: readonly PlayItem[]): Promise<string | undefined> {
    this.#digits = '';
    return new Promise<string | undefined>((resolve, reject) => {
      if (this.#aborted) return reject(new EntryAborted());
      this.#finish = resolve;
      this.#fail = reject;
      void this.#options.sound.play(items, () => {
        if (this.#digits === '') this.#wait(this.#options.firstDigitSeconds);
      });
    }).finally(() => this.#clear());
  }

  say(items: readonly PlayItem[]): Promise<void> {
    return new Promise<void>((resolve, reject) => {
      if (this.#aborted) return reject(new EntryAborted());
      this.#fail = reject;
      void this.#options.sound.play(items, () => resolve());
    }).finally(() => this.#clear());
  }

  handleDigit(digit: string): void {
    if (this.#finish === undefined) return;
    void this.#options.sound.stop();
    if (digit === '#') return this.#finish(this.#digits === '' ? undefined : this.#digits);
    if (digit === '*' && this.#digits === '' && this.#options.back === true) return this.#finish('*');
    if (digit === '*') this.#digits = '';
    else if (/^\d$/.test(digit)) this.#digits += digit;
    if (this.#digits.length === (this.#options.mostDigits ?? MOST_DIGITS)) return this.#finish(this.#digits);
    this.#wait(this.#options.nextDigitSeconds);
  }

  abort(): void {
    this.#aborted = true;
    this.#fail?.(new EntryAborted());
  }

  #wait(seconds: number): void {
    this.#cancelTimer();
    // What was keyed without `#` counts all the same: not everyone presses it.
    this.#cancelTimer = this.#options.timers.after(seconds * 1000, () =>
      this.#finish?.(this.#digits === '' ? undefined : this.#digits),
    );
  }

  #clear(): void {
    this.#cancelTimer();
    this.#finish = undefined;
    this.#fail = undefined;
    this.#digits = '';
  }
}
