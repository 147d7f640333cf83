import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fileRecordings } from '../../connectors/recordings/file-recordings.ts';
import type { RecordingStore } from '../../connectors/recordings/recording-store.ts';
import { addTrack, finishRecording, startRecording } from '../../recordings/index.ts';
import { createRecordingsRig } from '../../recordings/testing/recordings-rig.ts';
import { toneWav } from '../../recordings/testing/tone-wav.ts';
import { describeStores } from '../../store/testing.ts';
import { Debts } from './debts.ts';
import type { PatientExchange } from './patient-exchange.ts';
import { RecordingKeeper } from './recording-keeper.ts';
import type { Timers } from './timers.ts';

/** Every delay passes at once; how long they were together is what the test wants to know. */
function hastyTimers(): Timers & { passed: number } {
  const timers = {
    passed: 0,
    after(ms: number, run: () => void) {
      const timer = setTimeout(() => {
        timers.passed += ms;
        run();
      }, 0);
      return () => clearTimeout(timer);
    },
  };
  return timers;
}

describeStores('keeping recordings', (makeStore) => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'callweave-keeper-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test.each([
    ['ENOSPC', 'store-full'],
    ['EROFS', 'store-read-only'],
  ])(
    '%s for an hour: it waits, the desk says so, and nothing is lost',
    async (code, waiting) => {
      const plain = fileRecordings(await mkdtemp(join(folder, 'store-')));
      const timers = hastyTimers();
      let refused = 0;
      const files: RecordingStore = {
        ...plain,
        async put(key, content) {
          if (timers.passed < 3_600_000) {
            refused += 1;
            throw Object.assign(new Error('the disk takes nothing'), { code });
          }
          await plain.put(key, content);
        },
      };
      const store = await makeStore();
      const { archive, row } = createRecordingsRig(store, files);
      const id = await store.write(async (tx) => {
        const made = await startRecording(tx, { callId: 'call_1', startedAt: tx.now });
        await addTrack(tx, made, { name: 'call_1.customer.1', role: 'customer', offsetMs: 0 });
        await finishRecording(tx, made);
        return made;
      });

      const atTheExchange = new Map([['call_1.customer.1', toneWav(440, 100)]]);
      const exchange = {
        fetchRecording: async (name: string) => atTheExchange.get(name) ?? Promise.reject(new Error('not there')),
        deleteRecording: async (name: string) => void atTheExchange.delete(name),
      } as unknown as PatientExchange;
      const logger = { warn: () => {}, error: () => {} };
      const stored: string[] = [];
      const keeper = new RecordingKeeper({
        archive,
        exchange,
        timers,
        clock: { now: () => new Date() },
        debts: new Debts({ timers, logger }),
        logger,
        stored: async (callId) => void stored.push(callId),
      });
      keeper.keep(id);
      keeper.handleFinished('call_1.customer.1');
      while (keeper.size > 0) await new Promise((resolve) => setImmediate(resolve));

      expect(refused).toBeGreaterThan(40);
      expect(await row(id)).toMatchObject({ state: 'stored', waiting: null });
      expect(await archive.files.size((await row(id)).file ?? '')).toBeGreaterThan(1600);
      expect(stored).toEqual(['call_1']);
      // Only now, when it is at home, is the exchange's copy gone.
      expect(atTheExchange.size).toBe(0);
      const events = await store.db
        .selectFrom('events')
        .select('data')
        .where('type', '=', 'recording')
        .orderBy('seq')
        .execute();
      expect(events.map(({ data }) => (JSON.parse(data) as { waiting: string | null }).waiting)).toEqual([
        waiting,
        null,
      ]);
      await keeper.stop();
    },
    60_000,
  );
});
