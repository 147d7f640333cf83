/** What somebody heard over a while. */
export interface Hearing {
  /** The strongest frequency of the cleanest quarter of a second, rounded to 10 Hz; 0 when it was silent. */
  readonly hz: number;
  /** Share of the energy there that is at {@link hz}: near 1 for a clean tone. */
  readonly purity: number;
  /** Root mean square, 0 to 1. */
  readonly level: number;
  /** Samples that really arrived. */
  readonly samples: number;
}

const RATE = 8000;
/** A quarter of a second resolves 4 Hz. */
const WINDOW = RATE / 4;
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

/**
 * Says which tone somebody heard. A tone that is there is heard clean for a quarter of a second somewhere, even on a busy
 * machine that loses a packet here and there; so the cleanest part counts, of those that are not quiet.
 */
export function measure(samples: Int16Array): Hearing {
  const level = Math.sqrt(meanSquare(samples)) / 32_768;
  if (level < SILENCE_LEVEL) return { hz: 0, purity: 0, level, samples: samples.length };
  const windows = loudWindows(samples, Math.min(samples.length, WINDOW));
  const { hz, purity } = windows.map(strongestTone).reduce((best, next) => (next.purity > best.purity ? next : best));
  return { hz: Math.round(hz / 10) * 10, purity, level, samples: samples.length };
}

function strongestTone(window: Int16Array): { readonly hz: number; readonly purity: number } {
  let best = { hz: 0, purity: 0 };
  for (let hz = 100; hz <= 3400; hz += 5) {
    const purity = toneShare(window, hz);
    if (purity > best.purity) best = { hz, purity };
  }
  return best;
}

/** Overlapping parts of one length with at least a quarter of the power of the loudest: words and tones come and go. */
function loudWindows(samples: Int16Array, length: number): Int16Array[] {
  const windows: { readonly window: Int16Array; readonly power: number }[] = [];
  for (let start = 0; start + length <= samples.length; start += Math.ceil(length / 2)) {
    const window = samples.subarray(start, start + length);
    windows.push({ window, power: meanSquare(window) });
  }
  const most = Math.max(...windows.map(({ power }) => power));
  return windows.filter(({ power }) => power >= most / 4).map(({ window }) => window);
}

function meanSquare(samples: Int16Array): number {
  let energy = 0;
  for (const sample of samples) energy += sample * sample;
  return samples.length === 0 ? 0 : energy / samples.length;
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
