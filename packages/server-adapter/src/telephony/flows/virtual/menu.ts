import type { PlayItem } from '../../exchange.ts';
import { DigitEntry, EntryAborted } from '../digit-entry.ts';
import type { LegSound } from '../leg-sound.ts';
import type { Timers } from '../timers.ts';

interface MenuOptions {
  readonly sound: LegSound;
  readonly timers: Timers;
  readonly firstDigitSeconds: number;
  readonly nextDigitSeconds: number;
}

/** A menu on one leg: question after question, until it is given up. `*` before any digit leads back. */
export class Menu {
  readonly #options: MenuOptions;
  #entry: DigitEntry | undefined;
  #aborted = false;

  constructor(options: MenuOptions) {
    this.#options = options;
  }

  /** @returns undefined when nothing was keyed in time, `*` for the way back */
  ask(items: readonly PlayItem[], mostDigits: number): Promise<string | undefined> {
    return this.#begin(mostDigits).ask(items);
  }

  say(items: readonly PlayItem[]): Promise<void> {
    return this.#begin(1).say(items);
  }

  handleDigit(digit: string): void {
    this.#entry?.handleDigit(digit);
  }

  abort(): void {
    this.#aborted = true;
    this.#entry?.abort();
  }

  #begin(mostDigits: number): DigitEntry {
    if (this.#aborted) throw new EntryAborted();
    this.#entry = new DigitEntry({ ...this.#options, mostDigits, back: true });
    return this.#entry;
  }
}
