/**
 * A WAV file whose lengths are true. A recorder writes them when it closes the file; after a crash (or while the
 * recording goes on) the header still says the length of an earlier moment, or nothing.
 */
export function repairedWav(bytes: Uint8Array): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tag = (at: number) => String.fromCharCode(...bytes.subarray(at, at + 4));
  if (bytes.length < 44 || tag(0) !== 'RIFF' || tag(8) !== 'WAVE') return bytes;
  let at = 12;
  while (at + 8 <= bytes.length && tag(at) !== 'data')
    at += 8 + view.getUint32(at + 4, true) + (view.getUint32(at + 4, true) % 2);
  if (at + 8 > bytes.length) return bytes;
  // Whole 16-bit samples only.
  const data = (bytes.length - at - 8) & ~1;
  if (view.getUint32(at + 4, true) === data && view.getUint32(4, true) === bytes.length - 8) return bytes;
  const repaired = bytes.slice(0, at + 8 + data);
  const header = new DataView(repaired.buffer);
  header.setUint32(at + 4, data, true);
  header.setUint32(4, repaired.length - 8, true);
  return repaired;
}
