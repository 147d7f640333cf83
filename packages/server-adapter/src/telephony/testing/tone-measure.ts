/** What somebody heard over a while. */
export interface Hearing {
  /** The strongest frequency, rounded to 10 Hz; 0 when it was silent. */
  readonly hz: number;
  /** Share of the energy that is at {@link hz}: near 1 for a clean tone. */
  readonly purity: number;
  /** Root mean square, 0 to 1. */
  readonly level: number;
  /** Samples that really arrived. */
  readonly samples: number;
}

const RATE = 8000;
/** Below this level a telephone is silent: µ-law noise stays under it, the softest prompt is far above. */
const SILENCE_LEVEL = 0.003;

/** Power of one frequency in the signal (Goertzel), as a share of the signal's whole energy. */
export function toneShare(samples: Int16Array, hz: number): number {
  const coefficient = 2 * Math.cos((2 * Math.PI * hz) / RATE);
  let previous = 0;
  let beforeThat = 0;
  let energy = 0;
  for (const sample of samples) {
    const current = sample + coefficient * previous - beforeThat;
    beforeThat = previous;
    previous = current;
    energy += sample * sample;
  }
  if (energy === 0) return 0;
  const power = previous * previous + beforeThat * beforeThat - coefficient * previous * beforeThat;
  return Math.min(1, (2 * power) / (energy * samples.length));
}

export function measure(samples: Int16Array): Hearing {
  let energy = 0;
  for (const sample of samples) energy += sample * sample;
  const level = samples.length === 0 ? 0 : Math.sqrt(energy / samples.length) / 32_768;
  if (level < SILENCE_LEVEL) return { hz: 0, purity: 0, level, samples: samples.length };
  // A quarter of a second resolves 4 Hz; the strongest window counts, because words and tones come and go.
  const window = loudest(samples, Math.min(samples.length, RATE / 4));
  let best = 0;
  let purity = 0;
  for (let hz = 100; hz <= 3400; hz += 5) {
    const share = toneShare(window, hz);
    if (share > purity) {
      purity = share;
      best = hz;
    }
  }
  return { hz: Math.round(best / 10) * 10, purity, level, samples: samples.length };
}

function loudest(samples: Int16Array, length: number): Int16Array {
  let from = 0;
  let most = -1;
  for (let start = 0; start + length <= samples.length; start += length) {
    let energy = 0;
    for (let i = start; i < start + length; i++) energy += (samples[i] as number) ** 2;
    if (energy > most) {
      most = energy;
      from = start;
    }
  }
  return samples.subarray(from, from + length);
}

/** Samples of a 16-bit mono WAV file, and what its header says. */
export function readWav(bytes: Uint8Array): {
  readonly rate: number;
  readonly channels: number;
  readonly bits: number;
  readonly samples: Int16Array;
} {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tag = (at: number) => String.fromCharCode(...bytes.subarray(at, at + 4));
  if (tag(0) !== 'RIFF' || tag(8) !== 'WAVE') throw new Error('This is not a WAV file.');
  let at = 12;
  let format = { rate: 0, channels: 0, bits: 0 };
  while (at + 8 <= bytes.length) {
    const size = view.getUint32(at + 4, true);
    if (tag(at) === 'fmt ') {
      format = {
        channels: view.getUint16(at + 10, true),
        rate: view.getUint32(at + 12, true),
        bits: view.getUint16(at + 22, true),
      };
    } else if (tag(at) === 'data') {
      if (at + 8 + size > bytes.length) throw new Error('The data chunk is longer than the file.');
      const samples = Int16Array.from({ length: size / 2 }, (_, index) => view.getInt16(at + 8 + index * 2, true));
      return { ...format, samples };
    }
    at += 8 + size + (size % 2);
  }
  throw new Error('The WAV file has no data chunk.');
}
