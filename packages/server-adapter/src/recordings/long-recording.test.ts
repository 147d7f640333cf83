import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { contract } from '@callweave/sdk/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fileKey } from '../connectors/recordings/recording-store.ts';
import { callerOf, fetchBytes } from '../http/testing/invoke.ts';
import type { Store } from '../store/store.ts';
import { sqliteStores } from '../store/testing.ts';
import { recordingFiles } from './files.ts';
import { startRecording } from './recorder.ts';
import { operationsOver } from './testing/recordings-rig.ts';

const SECONDS = 2 * 3600;
const BYTES_PER_SECOND = 8000 * 4;
const SIZE = 44 + SECONDS * BYTES_PER_SECOND;
const MB = 1024 * 1024;

/** Two hours of stereo sound in which every second holds its own number. */
async function* twoHours(): AsyncGenerator<Uint8Array> {
  yield Buffer.alloc(44, 'RIFF');
  for (let second = 0; second < SECONDS; second += 1) yield secondOf(second);
}

function secondOf(second: number): Buffer {
  const bytes = Buffer.alloc(BYTES_PER_SECOND);
  for (let at = 0; at < bytes.length; at += 4) bytes.writeUInt32LE(second, at);
  return bytes;
}

describe('a recording of two hours', () => {
  const makeStore = sqliteStores();
  let folder: string;
  let store: Store;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'callweave-long-'));
    store = await makeStore();
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test.each([
    ['as it is', []],
    ['encrypted', [{ id: 'test', key: randomBytes(32) }]],
  ])(
    'stored %s is played from anywhere without being loaded whole',
    async (_how, keys) => {
      const files = recordingFiles(store, await mkdtemp(join(folder, 'store-')), keys);
      const recordingId = await store.write((tx) => startRecording(tx, { callId: 'call_1', startedAt: tx.now }));
      const key = fileKey('recording', recordingId);
      const watch = watchMemory();
      await files.put(key, { size: SIZE, open: twoHours });
      await store.write((tx) =>
        tx.db
          .updateTable('recordings')
          .set({ state: 'stored', file: key, sha256: 'x', duration_ms: SECONDS * 1000 })
          .where('id', '=', recordingId)
          .execute(),
      );
      const operations = operationsOver({
        store,
        files,
        links: { instructionsOf: async () => [], agentsOf: async () => [] },
      });
      const ask = (range: string) =>
        fetchBytes(contract.recordings.audio, operations.audio, { recordingId }, callerOf('account_s', 'supervisor'), {
          range,
        });

      // Forth and back as a listener does, each time from a second to its end.
      for (const second of [0, 7199, 3600, 5400, 60, 7000, 1, 4321]) {
        const start = 44 + second * BYTES_PER_SECOND;
        const answer = await ask(`bytes=${start}-${start + BYTES_PER_SECOND - 1}`);
        expect(answer.headers.get('content-range')).toBe(`bytes ${start}-${start + BYTES_PER_SECOND - 1}/${SIZE}`);
        expect(Buffer.from(await answer.arrayBuffer()).equals(secondOf(second))).toBe(true);
        watch.look();
      }
      // Players ask for "from here on", and leave when they are told to jump.
      for (const second of [10, 6000]) {
        const answer = await ask(`bytes=${44 + second * BYTES_PER_SECOND}-`);
        const reader = answer.body?.getReader();
        const { value } = (await reader?.read()) ?? {};
        expect(Buffer.from(value ?? []).readUInt32LE(0)).toBe(second);
        await reader?.cancel();
        watch.look();
      }
      // From the first byte to the last, as a download reads it.
      const whole = await ask('bytes=0-');
      let read = 0;
      for await (const part of whole.body ?? []) {
        const passed = Math.floor((read + part.length) / (20 * MB)) > Math.floor(read / (20 * MB));
        read += part.length;
        if (passed) watch.look();
      }
      expect(read).toBe(SIZE);
      // The garbage of array buffers is swept late, so the bound is generous; a file that was loaded whole would break it.
      expect(watch.most()).toBeLessThan(SIZE / 2);
    },
    180_000,
  );
});

/** What is in use after the garbage is gone. Memory outside the heap of objects is where the bytes of files are. */
function watchMemory() {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  const before = process.memoryUsage().arrayBuffers;
  let most = 0;
  const look = () => {
    collect();
    most = Math.max(most, process.memoryUsage().arrayBuffers - before);
  };
  return { look, most: () => most };
}
