import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bytesOf } from '../../byte-stream.ts';
import { encryptedRecordings } from './encrypted-recordings.ts';
import { createKeyRing, MasterKeyError, memoryKeyBook } from './file-keys.ts';
import { fileRecordings } from './file-recordings.ts';
import { describeRecordingStore } from './recording-store.contract.ts';
import { AlteredFileError, type ByteRange, fileKey, type RecordingStore } from './recording-store.ts';
import { HEAD_SIZE } from './sealed-file.ts';

const master = (id: string) => ({ id, key: randomBytes(32).toString('base64') });
const CHUNK = 65_536 + 16;

describe('encrypted recordings', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'callweave-encrypted-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function make(keys = [master('a')]) {
    const place = await mkdtemp(join(folder, 'store-'));
    const plain = fileRecordings(place);
    const book = memoryKeyBook();
    const store = encryptedRecordings({ files: plain, book, masterKeys: keys });
    return { place, plain, book, store, keys };
  }
  const whole = async (store: RecordingStore, key: string, range?: ByteRange) =>
    bytesOf(await store.read(key, range)).then((bytes) => Buffer.from(bytes));

  describeRecordingStore(async () => (await make()).store);

  test('nothing of the sound stands in the file', async () => {
    const { place, store } = await make();
    const key = fileKey('recording', 'recording_secret');
    const sound = Buffer.alloc(200_000, 'RIFF the customer says a number ');
    await store.put(key, sound);
    const stored = await readFile(join(place, key));
    expect(stored.includes('customer')).toBe(false);
    expect(stored.length).toBe(HEAD_SIZE + sound.length + 4 * 16);
    expect(await store.size(key)).toBe(sound.length);
    expect(await whole(store, key)).toEqual(sound);
  });

  test('any part of any size comes back', async () => {
    const { store } = await make();
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(1, 65_535, 65_536, 65_537, 131_072, 200_001),
        fc.nat(200_000),
        fc.nat(200_000),
        async (size, from, length) => {
          const key = fileKey('recording', `recording_size${size}`);
          const sound = Buffer.from(Uint8Array.from({ length: size }, (_, i) => (i * 7) % 253));
          await store.put(key, sound);
          const start = from % size;
          const range = { start, end: Math.min(size - 1, start + length) };
          expect((await whole(store, key, range)).equals(sound.subarray(range.start, range.end + 1))).toBe(true);
        },
      ),
      { numRuns: 40 },
    );
  });

  test('a part reads no more than the chunks that hold it', async () => {
    const { plain, book, keys } = await make();
    const read: ByteRange[] = [];
    const watched: RecordingStore = {
      ...plain,
      read: (key, range) => {
        read.push(range ?? { start: 0, end: Number.POSITIVE_INFINITY });
        return plain.read(key, range);
      },
    };
    const store = encryptedRecordings({ files: watched, book, masterKeys: keys });
    const key = fileKey('recording', 'recording_long');
    const sound = randomBytes(65_536 * 20);
    await store.put(key, sound);
    expect(await whole(store, key, { start: 65_536 * 10 - 1, end: 65_536 * 10 })).toEqual(
      sound.subarray(65_536 * 10 - 1, 65_536 * 10 + 1),
    );
    expect(read.reduce((sum, { start, end }) => sum + end - start + 1, 0)).toBe(HEAD_SIZE + 2 * CHUNK);
  });

  test('1,000 single bits flipped: all are found, each time', async () => {
    const { place, store } = await make();
    const key = fileKey('recording', 'recording_bits');
    await store.put(key, randomBytes(150_000));
    const path = join(place, key);
    const stored = await readFile(path);
    // Every bit of the head, and others drawn from all chunks.
    const bits = Array.from({ length: 1000 }, (_, index) =>
      index < HEAD_SIZE * 8 ? index : randomBytes(4).readUInt32BE() % (stored.length * 8),
    );
    let found = 0;
    for (const bit of bits) {
      const changed = Buffer.from(stored);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      await writeFile(path, changed);
      found += await whole(store, key).then(
        () => 0,
        (error: unknown) => (error instanceof AlteredFileError ? 1 : 0),
      );
    }
    expect(found).toBe(1000);
    await writeFile(path, stored);
    expect(await whole(store, key)).toHaveLength(150_000);
  }, 120_000);

  test('chunks that are swapped, left out, repeated or brought from elsewhere are found', async () => {
    const { place, store } = await make();
    const [key, other] = [fileKey('recording', 'recording_one'), fileKey('recording', 'recording_two')];
    await store.put(key, randomBytes(65_536 * 3));
    await store.put(other, randomBytes(65_536 * 3));
    const [path, from] = [join(place, key), join(place, other)];
    const [stored, foreign] = [await readFile(path), await readFile(from)];
    const head = stored.subarray(0, HEAD_SIZE);
    const chunk = (file: Buffer, index: number) =>
      file.subarray(HEAD_SIZE + index * CHUNK, HEAD_SIZE + (index + 1) * CHUNK);
    const tamperings: Record<string, Buffer> = {
      swapped: Buffer.concat([head, chunk(stored, 1), chunk(stored, 0), chunk(stored, 2)]),
      'last left out': Buffer.concat([head, chunk(stored, 0), chunk(stored, 1)]),
      'middle left out': Buffer.concat([head, chunk(stored, 0), chunk(stored, 2)]),
      repeated: Buffer.concat([head, chunk(stored, 0), chunk(stored, 0), chunk(stored, 2)]),
      'cut in a chunk': stored.subarray(0, -100),
      'made longer': Buffer.concat([stored, Buffer.alloc(10)]),
      'another file': foreign,
      'a chunk of another file': Buffer.concat([head, chunk(foreign, 0), chunk(stored, 1), chunk(stored, 2)]),
      'plain sound': Buffer.alloc(65_536 * 3, 'RIFF'),
      nothing: Buffer.alloc(0),
    };
    for (const [name, bytes] of Object.entries(tamperings)) {
      await writeFile(path, bytes);
      const outcome = await whole(store, key).then(
        () => 'read',
        (error: unknown) => (error as Error).name,
      );
      expect({ name, outcome }).toEqual({ name, outcome: 'AlteredFileError' });
    }
  });

  test('a part of a file that was cut short is not given as if it were whole', async () => {
    const { place, store } = await make();
    const key = fileKey('recording', 'recording_cut');
    await store.put(key, randomBytes(65_536 * 3));
    const stored = await readFile(join(place, key));
    await writeFile(join(place, key), stored.subarray(0, HEAD_SIZE + CHUNK));
    await expect(whole(store, key, { start: 0, end: 10 })).rejects.toBeInstanceOf(AlteredFileError);
  });

  test('files from before there were keys stay readable', async () => {
    const { plain, store } = await make();
    const key = fileKey('recording', 'recording_old');
    const sound = randomBytes(1000);
    await plain.put(key, sound);
    expect(await store.size(key)).toBe(1000);
    expect(await whole(store, key, { start: 10, end: 19 })).toEqual(sound.subarray(10, 20));
    await store.put(key, sound);
    expect(await plain.size(key)).toBe(HEAD_SIZE + 1000 + 16);
    expect(await whole(store, key)).toEqual(sound);
  });

  test('a write that fails leaves the old file and its key', async () => {
    const { plain, book, keys } = await make();
    let broken = false;
    const failing: RecordingStore = {
      ...plain,
      put: (key, content) => (broken ? Promise.reject(new Error('disk full')) : plain.put(key, content)),
    };
    const store = encryptedRecordings({ files: failing, book, masterKeys: keys });
    const key = fileKey('recording', 'recording_kept');
    await store.put(key, Buffer.from('first'));
    broken = true;
    await expect(store.put(key, Buffer.from('second'))).rejects.toThrow('disk full');
    expect((await whole(store, key)).toString()).toBe('first');
    broken = false;
    await store.put(key, Buffer.from('third'));
    expect((await whole(store, key)).toString()).toBe('third');
    expect(book.entries.size).toBe(1);
    await store.delete(key);
    expect(book.entries.size).toBe(0);
  });

  test('keys are rotated without touching a file', async () => {
    const [first, second] = [master('2026a'), master('2026b')];
    const { place, plain, book, store } = await make([first]);
    const key = fileKey('recording', 'recording_rotated');
    await store.put(key, Buffer.from('as it was said'));
    const stored = await readFile(join(place, key));
    const both = createKeyRing([second, first]);
    for (const entry of [...book.entries.values()]) await book.add(both.rewrap(entry));
    expect(await readFile(join(place, key))).toEqual(stored);
    const after = encryptedRecordings({ files: plain, book, masterKeys: [second] });
    expect((await whole(after, key)).toString()).toBe('as it was said');
    await expect(whole(store, key)).rejects.toThrow('"2026b", which was not given');
    // The right name with another key opens nothing.
    const wrong = encryptedRecordings({ files: plain, book, masterKeys: [{ ...first, id: '2026b' }] });
    await expect(whole(wrong, key)).rejects.toBeInstanceOf(MasterKeyError);
  });

  test.each([
    ['no key', [], 'at least one'],
    ['a short key', [{ id: 'a', key: 'c2hvcnQ=' }], 'instead of 32'],
    ['a name with a space', [{ id: 'a b', key: randomBytes(32) }], 'does not name'],
    ['one name twice', [master('a'), master('a')], 'Two recording keys'],
  ])('refuses %s', (_what, keys, message) => {
    expect(() => createKeyRing(keys)).toThrow(message);
  });
});
