import type { Clock } from '../../../clock.ts';
import type { Timers } from '../../flows/timers.ts';

interface Waiting {
  readonly at: number;
  readonly order: number;
  readonly run: () => void;
}

/** TEST DOUBLE. A clock that moves only when told to, and the timers that hang on it. */
export class VirtualTime implements Clock, Timers {
  #now: number;
  #order = 0;
  #waiting: Waiting[] = [];

  constructor(start = new Date('2026-11-22T09:00:00.000Z')) {
    this.#now = start.getTime();
  }

  now(): Date {
    return new Date(this.#now);
  }

  get pending(): number {
    return this.#waiting.length;
  }

  after(ms: number, run: () => void): () => void {
    const waiting = { at: this.#now + Math.max(0, ms), order: this.#order++, run };
    this.#waiting.push(waiting);
    return () => {
      this.#waiting = this.#waiting.filter((each) => each !== waiting);
    };
  }

  /** Runs the next timer due until then, and moves the clock to it. @returns false: none was due, the clock is at `until` */
  step(until: number): boolean {
    const next = this.#waiting.reduce<Waiting | undefined>(
      (best, each) =>
        best === undefined || each.at < best.at || (each.at === best.at && each.order < best.order) ? each : best,
      undefined,
    );
    if (next === undefined || next.at > until) {
      this.#now = Math.max(this.#now, until);
      return false;
    }
    this.#waiting = this.#waiting.filter((each) => each !== next);
    this.#now = Math.max(this.#now, next.at);
    next.run();
    return true;
  }
}
