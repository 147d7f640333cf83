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

/** Adds up the voices of three or more legs, each leg hearing all but itself. */
export class Mixer {
  readonly #waiting = new Map<MixedLeg, number[]>();
  readonly #members: () => Iterable<MixedLeg>;
  readonly #stopClock: () => void;
  readonly #name = `mixed:${++mixers}`;
  #sequence = 0;

  constructor(clock: FrameClock, members: () => Iterable<MixedLeg>) {
    this.#members = members;
    this.#stopClock = clock.add(() => this.#tick());
  }

  receive(from: MixedLeg, packet: AudioPacket): void {
    const waiting = this.#waiting.get(from) ?? [];
    waiting.push(...decodeMulaw(packet.payload));
    if (waiting.length > MAX_WAITING_SAMPLES) waiting.splice(0, waiting.length - MAX_WAITING_SAMPLES);
    this.#waiting.set(from, waiting);
  }

  remove(leg: MixedLeg): void {
    this.#waiting.delete(leg);
  }

  close(): void {
    this.#stopClock();
    this.#waiting.clear();
  }

  #tick(): void {
    const sum = new Int32Array(FRAME_SAMPLES);
    const voices = new Map<MixedLeg, number[]>();
    for (const [leg, waiting] of this.#waiting) {
      const voice = waiting.splice(0, FRAME_SAMPLES);
      voices.set(leg, voice);
      voice.forEach((sample, index) => {
        sum[index] = (sum[index] as number) + sample;
      });
    }
    this.#sequence++;
    for (const leg of this.#members()) {
      const own = voices.get(leg) ?? [];
      const mixed = Int16Array.from(sum, (sample, index) =>
        Math.max(-32_768, Math.min(32_767, sample - (own[index] ?? 0))),
      );
      leg.audio.sendMixed(this.#name, this.#sequence, encodeMulaw(mixed));
    }
  }
}
