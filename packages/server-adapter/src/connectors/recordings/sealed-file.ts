import { createCipheriv, createDecipheriv } from 'node:crypto';
import { AlteredFileError, type ByteRange, type SizedContent } from './recording-store.ts';

/**
 * The form of an encrypted file; docs/decisions/0011-recordings-at-rest.md describes it.
 *
 *     head   magic 8 · key id 16 · chunk size 4 · plain size 8 · tag 16
 *     chunk  up to 64 kB of ciphertext · tag 16                          (repeated; the last may be shorter)
 */
const MAGIC = Buffer.from('CWSEAL\0\x01', 'latin1');
const FIELDS = 36;
const TAG = 16;
export const HEAD_SIZE = FIELDS + TAG;
const CHUNK_SIZE = 65_536;
const MAX_CHUNK_SIZE = 16 * 1024 * 1024;
const CIPHER = 'aes-256-gcm';
const ENDS_HERE = 1;
const OF_THE_HEAD = 2;

export interface Head {
  readonly keyId: string;
  readonly chunkSize: number;
  readonly plainSize: number;
  /** The head's bytes without its tag: every chunk is bound to them. */
  readonly fields: Buffer;
  readonly tag: Buffer;
}

/** Undefined: this file is not encrypted. */
export function parseHead(bytes: Uint8Array): Head | undefined {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (head.length < HEAD_SIZE || !head.subarray(0, 8).equals(MAGIC)) return undefined;
  return {
    keyId: head.toString('hex', 8, 24),
    chunkSize: head.readUInt32BE(24),
    plainSize: Number(head.readBigUInt64BE(28)),
    fields: head.subarray(0, FIELDS),
    tag: head.subarray(FIELDS, HEAD_SIZE),
  };
}

/** Rejects a head that was changed, before anything of it is believed. */
export function assertHead(head: Head, dataKey: Uint8Array, stored: number | undefined): void {
  try {
    const decipher = createDecipheriv(CIPHER, dataKey, nonceOf(0, OF_THE_HEAD));
    decipher.setAAD(head.fields);
    decipher.setAuthTag(head.tag);
    decipher.final();
  } catch (error) {
    throw new AlteredFileError('The head of the file was changed.', { cause: error });
  }
  if (head.chunkSize < 1 || head.chunkSize > MAX_CHUNK_SIZE)
    throw new AlteredFileError('The head of the file names an impossible chunk size.');
  if (stored !== undefined && stored !== sealedSize(head.plainSize, head.chunkSize))
    throw new AlteredFileError('The file was cut short or made longer.');
}

export function sealedSize(plainSize: number, chunkSize: number = CHUNK_SIZE): number {
  return HEAD_SIZE + plainSize + Math.ceil(plainSize / chunkSize) * TAG;
}

/** Encrypts while it is read. Each key is used for one content only, so counted nonces never meet a second text. */
export function seal(content: SizedContent, keyId: string, dataKey: Uint8Array): SizedContent {
  return {
    size: sealedSize(content.size),
    async *open() {
      const fields = Buffer.alloc(FIELDS);
      MAGIC.copy(fields);
      fields.write(keyId, 8, 'hex');
      fields.writeUInt32BE(CHUNK_SIZE, 24);
      fields.writeBigUInt64BE(BigInt(content.size), 28);
      const head = createCipheriv(CIPHER, dataKey, nonceOf(0, OF_THE_HEAD));
      head.setAAD(fields);
      head.final();
      yield Buffer.concat([fields, head.getAuthTag()]);
      let index = 0;
      let sent = 0;
      for await (const chunk of blocks(content.open(), CHUNK_SIZE)) {
        sent += chunk.length;
        const cipher = createCipheriv(CIPHER, dataKey, nonceOf(index, sent === content.size ? ENDS_HERE : 0));
        cipher.setAAD(fields);
        yield Buffer.concat([cipher.update(chunk), cipher.final(), cipher.getAuthTag()]);
        index += 1;
      }
      if (sent !== content.size)
        throw new Error(`The content has ${sent} bytes instead of the ${content.size} it was announced with.`);
    },
  };
}

/** The bytes of the stored file that hold a part of the plain one; undefined when it has no bytes at all. */
export function chunksOf(
  { chunkSize, plainSize }: Head,
  range: ByteRange,
): { readonly first: number; readonly stored: ByteRange } | undefined {
  if (plainSize === 0 || range.start >= plainSize || range.start > range.end) return undefined;
  const first = Math.floor(range.start / chunkSize);
  const last = Math.floor(Math.min(range.end, plainSize - 1) / chunkSize);
  const sealedChunk = chunkSize + TAG;
  return {
    first,
    stored: {
      start: HEAD_SIZE + first * sealedChunk,
      end: Math.min(HEAD_SIZE + (last + 1) * sealedChunk, sealedSize(plainSize, chunkSize)) - 1,
    },
  };
}

/** Decrypts chunks from `first` on, and gives what of them lies in the range. Nothing is given that was not verified. */
export async function* unseal(
  head: Head,
  dataKey: Uint8Array,
  stored: AsyncIterable<Uint8Array>,
  first: number,
  range: ByteRange,
): AsyncGenerator<Uint8Array> {
  const { chunkSize, plainSize, fields } = head;
  const end = Math.min(range.end, plainSize - 1);
  let index = first;
  for await (const sealed of blocks(stored, chunkSize + TAG)) {
    const from = index * chunkSize;
    const size = Math.min(chunkSize, plainSize - from);
    if (sealed.length !== size + TAG) throw new AlteredFileError(`The file was cut short in chunk ${index}.`);
    let plain: Buffer;
    try {
      const decipher = createDecipheriv(CIPHER, dataKey, nonceOf(index, from + size === plainSize ? ENDS_HERE : 0));
      decipher.setAAD(fields);
      decipher.setAuthTag(sealed.subarray(size));
      plain = Buffer.concat([decipher.update(sealed.subarray(0, size)), decipher.final()]);
    } catch (error) {
      throw new AlteredFileError(`Chunk ${index} of the file was changed.`, { cause: error });
    }
    yield plain.subarray(Math.max(0, range.start - from), end - from + 1);
    index += 1;
  }
  if (index * chunkSize <= end) throw new AlteredFileError(`The file was cut short before chunk ${index}.`);
}

/** 12 bytes: what it is for, and which. Chunks that change places, or a last one that was not the last, do not open. */
function nonceOf(index: number, purpose: number): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt8(purpose, 0);
  nonce.writeUInt32BE(index, 8);
  return nonce;
}

/** Cuts a stream anew into blocks of one size; the last may be shorter. */
async function* blocks(source: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Buffer> {
  let waiting: Uint8Array[] = [];
  let length = 0;
  for await (const part of source) {
    let rest = part;
    while (length + rest.length >= size) {
      const taken = size - length;
      yield Buffer.concat([...waiting, rest.subarray(0, taken)], size);
      rest = rest.subarray(taken);
      waiting = [];
      length = 0;
    }
    if (rest.length > 0) {
      waiting.push(rest);
      length += rest.length;
    }
  }
  if (length > 0) yield Buffer.concat(waiting, length);
}
