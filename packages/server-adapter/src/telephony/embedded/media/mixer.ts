import { decodeMulaw, encodeMulaw } from '../../mulaw.ts';
import { FRAME_SAMPLES, type FrameClock } from './frame-clock.ts';
import type { LegAudio } from './leg-audio.ts';
import type { AudioPacket } from './peer.ts';

/** What the mixer needs of a leg. */
export interface MixedLeg {
  readonly audio: LegAudio;
}

/** Audio that is waiting may not grow beyond 120 ms: a late voice is worse than a short gap. */
const MAX_WAITING_SAMPLES = 960;

let mixers = 0;

/** Adds up the voices of three or more legs, for each leg those that it may hear. */
export class Mixer<L extends MixedLeg> {
  readonly #waiting = new Map<L, number[]>();
  readonly #hears: (listener: L, speaker: L) => boolean;
  readonly #stopClock: () => void;
  readonly #name = `mixed:${++mixers}`;
  #present: readonly L[] = [];
  #sequence = 0;

  constructor(clock: FrameClock, hears: (listener: L, speaker: L) => boolean) {
    this.#hears = hears;
    this.#stopClock = clock.add(() => this.#tick());
  }

  /** Who hears and speaks from now on. */
  setPresent(legs: readonly L[]): void {
    this.#present = legs;
    for (const leg of this.#waiting.keys()) if (!legs.includes(leg)) this.#waiting.delete(leg);
  }

  receive(from: L, packet: AudioPacket): void {
    const waiting = this.#waiting.get(from) ?? [];
    waiting.push(...decodeMulaw(packet.payload));
    if (waiting.length > MAX_WAITING_SAMPLES) waiting.splice(0, waiting.length - MAX_WAITING_SAMPLES);
    this.#waiting.set(from, waiting);
  }

  close(): void {
    this.#stopClock();
    this.#waiting.clear();
  }

  #tick(): void {
    const voices = [...this.#waiting].map(([leg, waiting]) => ({ leg, samples: waiting.splice(0, FRAME_SAMPLES) }));
    this.#sequence++;
    for (const listener of this.#present) {
      const sum = new Int32Array(FRAME_SAMPLES);
      for (const { leg, samples } of voices) {
        if (!this.#hears(listener, leg)) continue;
        samples.forEach((sample, index) => {
          sum[index] = (sum[index] as number) + sample;
        });
      }
      const mixed = Int16Array.from(sum, (sample) => Math.max(-32_768, Math.min(32_767, sample)));
      listener.audio.sendMixed(this.#name, this.#sequence, encodeMulaw(mixed));
    }
  }
}
