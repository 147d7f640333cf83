import { encodeMulaw } from '../../mulaw.ts';

/**
 * A prompt file as µ-law bytes. Mono at 8 kHz, either µ-law or 16-bit: what every telephone system exports. Undefined for
 * anything else.
 */
export function mulawFromWav(file: Buffer): Buffer | undefined {
  if (file.length < 12 || file.toString('latin1', 0, 4) !== 'RIFF' || file.toString('latin1', 8, 12) !== 'WAVE')
    return undefined;
  let format:
    | { readonly code: number; readonly channels: number; readonly rate: number; readonly bits: number }
    | undefined;
  for (let at = 12; at + 8 <= file.length; ) {
    const name = file.toString('latin1', at, at + 4);
    const size = file.readUInt32LE(at + 4);
    const body = file.subarray(at + 8, Math.min(file.length, at + 8 + size));
    if (name === 'fmt ' && body.length >= 16) {
      format = {
        code: body.readUInt16LE(0),
        channels: body.readUInt16LE(2),
        rate: body.readUInt32LE(4),
        bits: body.readUInt16LE(14),
      };
    } else if (name === 'data') {
      if (format === undefined || format.channels !== 1 || format.rate !== 8000) return undefined;
      if (format.code === 7 && format.bits === 8) return Buffer.from(body);
      if (format.code !== 1 || format.bits !== 16) return undefined;
      return encodeMulaw(Int16Array.from({ length: body.length >> 1 }, (_, index) => body.readInt16LE(index * 2)));
    }
    at += 8 + size + (size % 2);
  }
  return undefined;
}
