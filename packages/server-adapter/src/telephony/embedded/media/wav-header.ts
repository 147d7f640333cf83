export const WAV_HEADER_BYTES = 44;

/** Header of a mono 8 kHz 16-bit WAV with so many bytes of audio. */
export function wavHeader(dataBytes: number): Buffer {
  const header = Buffer.alloc(WAV_HEADER_BYTES);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(36 + dataBytes, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(8000, 24);
  header.writeUInt32LE(16_000, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(dataBytes, 40);
  return header;
}

/** The same file with a header that fits what is there: a process that was killed never wrote the lengths. */
export function repairWav(file: Buffer): Buffer {
  if (file.length < WAV_HEADER_BYTES) return wavHeader(0);
  const dataBytes = (file.length - WAV_HEADER_BYTES) & ~1;
  wavHeader(dataBytes).copy(file);
  return file.subarray(0, WAV_HEADER_BYTES + dataBytes);
}
