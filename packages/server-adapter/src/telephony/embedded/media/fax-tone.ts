import { decodeMulaw } from '../../mulaw.ts';

/** The calling tone of a fax machine (CNG, ITU-T T.30): 1100 Hz for half a second, every three and a half seconds. */
/** ±38 Hz are allowed, and a short block tells pitches apart more sharply than that: it is asked at three. */
const PITCHES = [1070, 1100, 1130] as const;
const RATE = 8000;
/** 20 ms: the packet of every phone. */
const BLOCK = 160;
/** Bursts are 425 to 575 ms long; a block at either end may be half full. */
const LEAST_BLOCKS = 19;
const MOST_BLOCKS = 31;
/** Share of a block's energy at one of the pitches. A voice has its energy in many places. */
const LEAST_SHARE = 0.6;
/** -43 dBm0; below it a line is silent. */
const LEAST_LEVEL = 160;
/** A calling machine speaks up at once; whoever talks for a minute is a person. */
const LISTEN_BLOCKS = (60 * RATE) / BLOCK;

const coefficients = PITCHES.map((hz) => 2 * Math.cos((2 * Math.PI * hz) / RATE));

/**
 * Listens for a fax machine at the far end: one burst of the tone that begins and ends is enough, a tone that stays is
 * none. By Goertzel's filter, some hundred operations per packet.
 */
export class FaxToneListener {
  readonly #block = new Int16Array(BLOCK);
  #filled = 0;
  #blocks = 0;
  /** Length of the burst that goes on, in blocks, and how many of the last blocks were without the tone. */
  #burst = 0;
  #gap = 0;
  #done = false;

  /** @returns whether a fax machine was heard just now; at most once. */
  hear(payload: Uint8Array): boolean {
    if (this.#done) return false;
    for (const sample of decodeMulaw(payload)) {
      this.#block[this.#filled++] = sample;
      if (this.#filled < BLOCK) continue;
      this.#filled = 0;
      this.#blocks += 1;
      if (this.#take(isTone(this.#block))) {
        this.#done = true;
        return true;
      }
    }
    this.#done = this.#blocks > LISTEN_BLOCKS && this.#burst === 0;
    return false;
  }

  #take(tone: boolean): boolean {
    if (tone) {
      // A lost packet in the middle of a burst does not make two of it.
      this.#burst += 1 + this.#gap;
      this.#gap = 0;
      return false;
    }
    if (this.#burst === 0) return false;
    this.#gap += 1;
    if (this.#gap < 3) return false;
    const burst = this.#burst;
    this.#burst = 0;
    this.#gap = 0;
    return burst >= LEAST_BLOCKS && burst <= MOST_BLOCKS;
  }
}

function isTone(block: Int16Array): boolean {
  let energy = 0;
  for (const sample of block) energy += sample * sample;
  if (energy < LEAST_LEVEL * LEAST_LEVEL * BLOCK) return false;
  return coefficients.some((coefficient) => (2 * powerAt(block, coefficient)) / (energy * BLOCK) > LEAST_SHARE);
}

function powerAt(block: Int16Array, coefficient: number): number {
  let previous = 0;
  let beforeThat = 0;
  for (const sample of block) {
    const current = sample + coefficient * previous - beforeThat;
    beforeThat = previous;
    previous = current;
  }
  return previous * previous + beforeThat * beforeThat - coefficient * previous * beforeThat;
}
