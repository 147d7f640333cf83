import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../id.ts';
import { fileRecordings } from './file-recordings.ts';
import { describeRecordingStore } from './recording-store.contract.ts';
import { fileKey } from './recording-store.ts';

describe('recordings in a folder', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'callweave-recordings-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  describeRecordingStore(async () => fileRecordings(await mkdtemp(join(folder, 'store-'))));

  test('a write that fails leaves nothing behind', async () => {
    const place = await mkdtemp(join(folder, 'broken-'));
    await expect(
      fileRecordings(place).put(fileKey('recording', 'recording_y'), Symbol('x') as unknown as Uint8Array),
    ).rejects.toThrow();
    expect((await readdir(place, { recursive: true })).filter((name) => name.includes('.part'))).toEqual([]);
  });

  test('the recordings of one moment spread over many folders', () => {
    const at = new Date();
    const folders = new Set(
      Array.from({ length: 200 }, () => fileKey('recording', newId('recording', at)).slice(0, 5)),
    );
    expect(folders.size).toBeGreaterThan(150);
  });
});
