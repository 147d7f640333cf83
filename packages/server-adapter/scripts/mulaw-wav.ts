import { encodeMulaw } from '../src/telephony/mulaw.ts';

/** A µ-law WAV file (format 7): half the size of 16-bit, and the form in which it is sent. */
export function mulawWav(samples: Int16Array): Buffer {
  const data = encodeMulaw(samples);
  const padding = data.length % 2;
  const header = Buffer.alloc(58);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(50 + data.length + padding, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(18, 16);
  header.writeUInt16LE(7, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(8000, 24);
  header.writeUInt32LE(8000, 28);
  header.writeUInt16LE(1, 32);
  header.writeUInt16LE(8, 34);
  header.writeUInt16LE(0, 36);
  // Formats other than PCM carry a fact chunk with the number of samples.
  header.write('fact', 38, 'latin1');
  header.writeUInt32LE(4, 42);
  header.writeUInt32LE(data.length, 46);
  header.write('data', 50, 'latin1');
  header.writeUInt32LE(data.length, 54);
  return Buffer.concat([header, data, Buffer.alloc(padding)]);
}
