/** Longer files prove nothing more, and a simulated hour would fill the memory. */
const MOST_MS = 3_000;

/** TEST DOUBLE. A mono, 8 kHz, 16-bit WAV file of silence. */
export function silentWav(ms: number): Uint8Array {
  const bytes = Math.min(MOST_MS, Math.max(0, Math.round(ms))) * 16;
  const wav = Buffer.alloc(44 + bytes);
  wav.write('RIFF', 0);
  wav.writeUInt32LE(36 + bytes, 4);
  wav.write('WAVEfmt ', 8);
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(8000, 24);
  wav.writeUInt32LE(16_000, 28);
  wav.writeUInt16LE(2, 32);
  wav.writeUInt16LE(16, 34);
  wav.write('data', 36);
  wav.writeUInt32LE(bytes, 40);
  return new Uint8Array(wav);
}
