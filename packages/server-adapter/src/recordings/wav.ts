import { endianness } from 'node:os';

/** 8 kHz, 16-bit: what telephone exchanges record. */
export const SAMPLE_RATE = 8000;

export class WavError extends Error {
  override readonly name = 'WavError';
}

/**
 * The samples of a mono, 8 kHz, 16-bit PCM WAV file. The length in the header is not trusted beyond the file: after a
 * crash a recorder leaves 0 or 0xffffffff there, and what was said until then must still be heard.
 */
export function readMonoWav(bytes: Uint8Array): Int16Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tag = (at: number) => (at + 4 <= bytes.length ? String.fromCharCode(...bytes.subarray(at, at + 4)) : '');
  if (tag(0) !== 'RIFF' || tag(8) !== 'WAVE') throw new WavError('The track is not a WAV file.');
  let format: { codec: number; channels: number; rate: number; bits: number } | undefined;
  for (let at = 12; at + 8 <= bytes.length; ) {
    const size = view.getUint32(at + 4, true);
    const start = at + 8;
    if (tag(at) === 'fmt ' && start + 16 <= bytes.length) {
      format = {
        codec: view.getUint16(start, true),
        channels: view.getUint16(start + 2, true),
        rate: view.getUint32(start + 4, true),
        bits: view.getUint16(start + 14, true),
      };
    } else if (tag(at) === 'data') {
      if (format?.codec !== 1 || format.channels !== 1 || format.rate !== SAMPLE_RATE || format.bits !== 16) {
        throw new WavError('The track must be mono, 8 kHz, 16-bit PCM.');
      }
      const present = bytes.length - start;
      const length = size === 0 || size > present ? present : size;
      const samples = new Int16Array(length >> 1);
      new Uint8Array(samples.buffer).set(bytes.subarray(start, start + samples.byteLength));
      return inFileOrder(samples);
    }
    at = start + size + (size & 1);
  }
  throw new WavError('The track holds no sound.');
}

/** A stereo, 8 kHz, 16-bit WAV file of two sides of equal or different length; the shorter is filled with silence. */
export function writeStereoWav(left: Int16Array, right: Int16Array): Uint8Array {
  const frames = Math.max(left.length, right.length);
  const bytes = new Uint8Array(44 + frames * 4);
  const view = new DataView(bytes.buffer);
  const text = (at: number, value: string) => bytes.set(new TextEncoder().encode(value), at);
  text(0, 'RIFF');
  view.setUint32(4, bytes.length - 8, true);
  text(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 2, true);
  view.setUint32(24, SAMPLE_RATE, true);
  view.setUint32(28, SAMPLE_RATE * 4, true);
  view.setUint16(32, 4, true);
  view.setUint16(34, 16, true);
  text(36, 'data');
  view.setUint32(40, frames * 4, true);
  // Whole arrays at a time: hours of sound pass here while other calls wait for their turn.
  const samples = new Int16Array(bytes.buffer, 44);
  for (let i = 0; i < left.length; i += 1) samples[i * 2] = left[i] as number;
  for (let i = 0; i < right.length; i += 1) samples[i * 2 + 1] = right[i] as number;
  inFileOrder(samples);
  return bytes;
}

/** WAV is little-endian, whatever the machine is. Swaps in place where it is not. */
function inFileOrder(samples: Int16Array): Int16Array {
  if (endianness() === 'BE') Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength).swap16();
  return samples;
}
