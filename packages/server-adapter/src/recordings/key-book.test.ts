import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bytesOf } from '../byte-stream.ts';
import { createKeyRing } from '../connectors/recordings/file-keys.ts';
import { fileKey } from '../connectors/recordings/recording-store.ts';
import type { Store } from '../store/store.ts';
import { describeStores } from '../store/testing.ts';
import { recordingFiles } from './files.ts';
import { rotateKeys } from './key-book.ts';

const master = (id: string) => ({ id, key: randomBytes(32) });

describeStores('keys of recordings', (makeStore) => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'callweave-keys-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const entries = (store: Store) => store.db.selectFrom('file_keys').selectAll().orderBy('file').execute();

  test('are rotated page by page; broken off, they are taken up again; no file changes', async () => {
    const store = await makeStore();
    const [first, second] = [master('2025'), master('2026')];
    const place = await mkdtemp(join(folder, 'rotate-'));
    const before = recordingFiles(store, place, [first]);
    const keys = Array.from({ length: 12 }, (_, index) => fileKey('recording', `recording_number${index}`));
    for (const key of keys) await before.put(key, Buffer.from(`sound of ${key}`));
    // More than one page, without a file for each.
    const [sample] = await entries(store);
    if (sample === undefined) throw new Error('no key');
    const ring = createKeyRing([first]);
    await store.write((tx) =>
      tx.db
        .insertInto('file_keys')
        .values(
          Array.from({ length: 700 }, (_, index) => {
            const { entry } = ring.issue(`aa/bb/other_${index}.wav`);
            return {
              id: entry.id,
              file: entry.file,
              master_key: '2025',
              wrapped: entry.wrapped,
              created_at: sample.created_at,
            };
          }),
        )
        .execute(),
    );
    const stored = await Promise.all(keys.map((key) => readFile(join(place, key))));

    const rotated = createKeyRing([second, first]);
    await expect(
      rotateKeys(store, rotated, () => {
        throw new Error('the machine was switched off');
      }),
    ).rejects.toThrow('switched off');
    const half = (await entries(store)).filter(({ master_key }) => master_key === '2026').length;
    expect(half).toBeGreaterThan(0);
    expect(half).toBeLessThan(712);
    // Half way, with both keys, everything is readable.
    const during = recordingFiles(store, place, [second, first]);
    for (const key of keys)
      expect(Buffer.from(await bytesOf(await during.read(key))).toString()).toBe(`sound of ${key}`);

    expect(await rotateKeys(store, rotated)).toBe(712 - half);
    expect(await rotateKeys(store, rotated)).toBe(0);
    const after = recordingFiles(store, place, [second]);
    for (const key of keys)
      expect(Buffer.from(await bytesOf(await after.read(key))).toString()).toBe(`sound of ${key}`);
    expect(await Promise.all(keys.map((key) => readFile(join(place, key))))).toEqual(stored);
    const lines = await store.db.selectFrom('ledger').select(['action', 'data']).execute();
    expect(lines.map(({ action, data }) => [action, JSON.parse(data)])).toEqual([
      ['recording.keys-rotated', { masterKey: '2026', files: 712 - half }],
    ]);
  });

  test('go with the file that they open', async () => {
    const store = await makeStore();
    const files = recordingFiles(store, await mkdtemp(join(folder, 'gone-')), [master('a')]);
    const key = fileKey('fax', 'fax_1');
    await files.put(key, Buffer.from('first'));
    await files.put(key, Buffer.from('second'));
    expect(await entries(store)).toHaveLength(1);
    // An entry that was moved to another file opens neither.
    await files.put(fileKey('fax', 'fax_2'), Buffer.from('other'));
    await store.write((tx) =>
      tx.db.updateTable('file_keys').set({ file: key }).where('file', '=', fileKey('fax', 'fax_2')).execute(),
    );
    await expect(files.read(fileKey('fax', 'fax_2'))).rejects.toThrow('does not belong');
    await files.delete(key);
    expect(await entries(store)).toEqual([]);
  });
});
