import { expect, test } from 'vitest';
import { fileKey, type RecordingStore } from './recording-store.ts';

/** What every place for recordings must do. Run it inside a `describe`. */
export function describeRecordingStore(make: () => Promise<RecordingStore>): void {
  const bytes = Uint8Array.from({ length: 100_000 }, (_, index) => index % 251);
  const read = async (store: RecordingStore, ...args: Parameters<RecordingStore['read']>) =>
    new Uint8Array(await new Response(await store.read(...args)).arrayBuffer());

  test('gives back what was put, whole and in parts', async () => {
    const store = await make();
    const key = fileKey('recording', 'recording_01jabcdefgh1234');
    await store.put(key, bytes);
    expect(await store.size(key)).toBe(bytes.length);
    expect(await read(store, key)).toEqual(bytes);
    expect(await read(store, key, { start: 0, end: 0 })).toEqual(bytes.slice(0, 1));
    expect(await read(store, key, { start: 70_000, end: 99_999 })).toEqual(bytes.slice(70_000));
  });

  test('voicemail and faxes are kept beside recordings, each under its own key', async () => {
    const store = await make();
    const keys = [
      'cd/ef/thing_abcdef.wav',
      fileKey('voicemail', 'thing_abcdef'),
      fileKey('fax', 'thing_abcdef'),
      fileKey('fax', 'thing_abcdef', 'pdf'),
      fileKey('fax', 'thing_abcdef-1', 'png'),
    ];
    expect(keys[0]).toBe(fileKey('recording', 'thing_abcdef'));
    for (const [index, key] of keys.entries()) await store.put(key, bytes.slice(0, index + 1));
    for (const [index, key] of keys.entries()) expect(await read(store, key)).toEqual(bytes.slice(0, index + 1));
  });

  test('putting again replaces', async () => {
    const store = await make();
    const key = fileKey('recording', 'recording_again');
    await store.put(key, bytes);
    await store.put(key, bytes.slice(0, 10));
    expect(await read(store, key)).toEqual(bytes.slice(0, 10));
  });

  test('content that is opened piece by piece is the same as whole', async () => {
    const store = await make();
    const key = fileKey('recording', 'recording_pieces');
    async function* pieces() {
      for (let at = 0; at < bytes.length; at += 33_333) yield bytes.slice(at, at + 33_333);
    }
    await store.put(key, { size: bytes.length, open: pieces });
    expect(await store.size(key)).toBe(bytes.length);
    expect(await read(store, key)).toEqual(bytes);
  });

  test('content of another size than announced is not kept', async () => {
    const store = await make();
    const key = fileKey('recording', 'recording_short');
    await expect(store.put(key, { size: bytes.length + 1, open: () => one(bytes) })).rejects.toThrow();
    expect(await store.size(key)).toBeUndefined();
  });

  test('an empty file is a file', async () => {
    const store = await make();
    const key = fileKey('voicemail', 'voicemail_empty');
    await store.put(key, new Uint8Array());
    expect(await store.size(key)).toBe(0);
    expect(await read(store, key)).toEqual(new Uint8Array());
  });

  test('a listener who leaves early harms nobody', async () => {
    const store = await make();
    const key = fileKey('recording', 'recording_left');
    await store.put(key, bytes);
    const stream = await store.read(key);
    const reader = stream.getReader();
    await reader.read();
    await reader.cancel();
    expect(await read(store, key, { start: 65_530, end: 65_540 })).toEqual(bytes.slice(65_530, 65_541));
  });

  test('what is not there', async () => {
    const store = await make();
    const key = fileKey('recording', 'recording_none');
    expect(await store.size(key)).toBeUndefined();
    await expect(store.read(key)).rejects.toThrow();
    await store.delete(key);
    await store.put(key, bytes);
    await store.delete(key);
    expect(await store.size(key)).toBeUndefined();
  });

  test.each([
    '../../etc/passwd',
    'ab/cd/../../x.wav',
    '/ab/cd/x.wav',
    'ab/cd/x.txt',
    'ab/cd/x.pdf',
    'fax/ab/cd/x.wav',
    'other/ab/cd/x.wav',
    'voicemail/../ab/cd/x.wav',
    'ab/cd/.wav',
    'ab\\cd\\x.wav',
    '',
  ])('refuses the key %j', async (key) => {
    const store = await make();
    await expect(store.put(key, bytes)).rejects.toThrow('is not a key');
    await expect(store.size(key)).rejects.toThrow('is not a key');
    await expect(store.read(key)).rejects.toThrow('is not a key');
    await expect(store.delete(key)).rejects.toThrow('is not a key');
  });
}

async function* one(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
