import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Hearing, measure } from '@callweave/server-adapter/testing';

const RATE = 48_000;

/**
 * What a browser's microphone hears: a tone in syllables of a third of a second, since a steady one is taken for noise
 * and suppressed. One pitch per person, so that a recording tells them apart.
 */
export function voiceFile(hz: number): { readonly path: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'callweave-voice-'));
  const samples = new Int16Array(RATE * 2);
  for (let i = 0; i < samples.length; i++) {
    const syllable = Math.floor((i * 3) / RATE) % 2 === 0;
    samples[i] = syllable ? Math.round(9000 * Math.sin((2 * Math.PI * hz * i) / RATE)) : 0;
  }
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + samples.byteLength, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(RATE, 24);
  header.writeUInt32LE(RATE * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(samples.byteLength, 40);
  const path = join(folder, 'voice.wav');
  writeFileSync(path, Buffer.concat([header, Buffer.from(samples.buffer)]));
  return { path, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** What is on each side of a stored recording: the customer left, the house right. */
export function measureRecording(wav: Uint8Array): {
  readonly customer: Hearing;
  readonly agent: Hearing;
  readonly seconds: number;
} {
  const view = new DataView(wav.buffer, wav.byteOffset, wav.byteLength);
  if (view.getUint16(22, true) !== 2) throw new Error('The recording is not stereo.');
  const frames = Math.floor((wav.byteLength - 44) / 4);
  const side = (offset: number) =>
    Int16Array.from({ length: frames }, (_, i) => view.getInt16(44 + i * 4 + offset, true));
  return { customer: measure(side(0)), agent: measure(side(2)), seconds: frames / view.getUint32(24, true) };
}
