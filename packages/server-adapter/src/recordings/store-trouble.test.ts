import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fileRecordings } from '../connectors/recordings/file-recordings.ts';
import type { RecordingStore } from '../connectors/recordings/recording-store.ts';
import { describeStores } from '../store/testing.ts';
import { addTrack, finishRecording, startRecording } from './recorder.ts';
import { storeRecording } from './store-recording.ts';
import { noteTrouble, troubleOf } from './store-trouble.ts';
import { createRecordingsRig } from './testing/recordings-rig.ts';
import { toneWav } from './testing/tone-wav.ts';

test.each([
  ['ENOSPC', 'store-full'],
  ['EDQUOT', 'store-full'],
  ['EROFS', 'store-read-only'],
  ['EACCES', 'store-read-only'],
  ['ECONNREFUSED', 'store-away'],
  [undefined, 'store-away'],
])('%s is called %s', (code, trouble) => {
  expect(troubleOf(Object.assign(new Error('x'), { code }))).toBe(trouble);
});

describeStores('a place of recordings that takes nothing', (makeStore) => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'callweave-trouble-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test('is told to the desk once, and forgotten when the recording is stored', async () => {
    const plain = fileRecordings(await mkdtemp(join(folder, 'store-')));
    let fault: string | undefined = 'ENOSPC';
    const files: RecordingStore = {
      ...plain,
      put: (key, content) =>
        fault === undefined
          ? plain.put(key, content)
          : Promise.reject(Object.assign(new Error('no space left on device'), { code: fault })),
    };
    const { archive, row } = createRecordingsRig(await makeStore(), files);
    const id = await archive.store.write(async (tx) => {
      const made = await startRecording(tx, { callId: 'call_1', startedAt: tx.now });
      await addTrack(tx, made, { name: 'customer', role: 'customer', offsetMs: 0 });
      await finishRecording(tx, made);
      return made;
    });
    const attempt = () => storeRecording(archive, id, async () => toneWav(440, 100));
    const told = async () => {
      const rows = await archive.store.db
        .selectFrom('events')
        .select('data')
        .where('type', '=', 'recording')
        .orderBy('seq')
        .execute();
      return rows.map(({ data }) => JSON.parse(data) as { state: string; waiting: string | null });
    };
    for (const code of ['ENOSPC', 'ENOSPC', 'EROFS', 'EROFS']) {
      fault = code;
      const error = await attempt().catch((reason: unknown) => reason);
      await noteTrouble(archive, id, error);
    }
    expect((await told()).map(({ state, waiting }) => [state, waiting])).toEqual([
      ['storing', 'store-full'],
      ['storing', 'store-read-only'],
    ]);
    fault = undefined;
    expect(await attempt()).toBe('stored');
    expect(await row(id)).toMatchObject({ state: 'stored', waiting: null });
    expect((await told()).at(-1)).toMatchObject({ state: 'stored', waiting: null });
    // What comes late changes nothing.
    await noteTrouble(archive, id, Object.assign(new Error('late'), { code: 'ENOSPC' }));
    expect(await row(id)).toMatchObject({ state: 'stored', waiting: null });
  });
});
