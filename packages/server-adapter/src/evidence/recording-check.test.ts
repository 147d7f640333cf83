import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LedgerEntry } from '@callweave/sdk/protocol';
import { describe, expect, test } from 'vitest';
import { encryptedRecordings } from '../connectors/recordings/encrypted-recordings.ts';
import { memoryKeyBook } from '../connectors/recordings/file-keys.ts';
import { fileRecordings } from '../connectors/recordings/file-recordings.ts';
import type { RecordingStore } from '../connectors/recordings/recording-store.ts';
import type { StoredRecording } from '../recordings/index.ts';
import { checkRecording } from './recording-check.ts';

const SHA256 = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'; // of "abc"
const files: RecordingStore = {
  put: async () => {},
  size: async () => 3,
  read: async () => new Response('abc').body as ReadableStream<Uint8Array>,
  delete: async () => {},
};
const entry = (seq: number, action: string, data: Record<string, unknown>): LedgerEntry => ({
  seq,
  at: '2026-11-22T09:30:00.000Z',
  actor: 'system',
  action,
  subject: 'recording:recording_1',
  data,
  previousHash: '',
  hash: '',
});

function scene(gaps: unknown[] = []) {
  const startedAt = '2026-11-22T09:20:00.000Z';
  const recording: StoredRecording = {
    id: 'recording_1',
    callId: 'call_1',
    state: 'stored',
    startedAt,
    durationMs: 60_000,
    sha256: SHA256,
    gaps: JSON.stringify(gaps),
    file: 'ab/cd/recording_1.wav',
  };
  const lines = [
    entry(1, 'recording.started', { callId: 'call_1', startedAt }),
    entry(2, 'recording.stored', { callId: 'call_1', startedAt, sha256: SHA256, durationMs: 60_000, bytes: 3, gaps }),
  ];
  return { recording, lines };
}

const moment = (offsetMs: number | null) => ({ callId: 'call_1', recordingId: 'recording_1', offsetMs });

describe('the recording of an instruction', () => {
  test('holds when all agrees', async () => {
    const { recording, lines } = scene([{ fromMs: 5_000, toMs: 9_000, reason: 'pin-entry' }]);
    for (const offset of [0, 4_999, 9_000, 60_000]) {
      const checks = await checkRecording(moment(offset), recording, files, lines);
      expect(checks.map(({ name, ok }) => [name, ok])).toEqual([
        ['call-recorded', true],
        ['recording-file', true],
      ]);
    }
  });

  test.each([
    ['in a gap', 5_000, 'falls into a gap of the recording (pin-entry)'],
    ['behind the end', 60_001, 'behind the end'],
    ['nowhere', null, 'names no recording'],
  ])('a read-back that lies %s proves nothing', async (_where, offset, detail) => {
    const { recording, lines } = scene([{ fromMs: 5_000, toMs: 9_000, reason: 'pin-entry' }]);
    const checks = await checkRecording(moment(offset), recording, files, lines);
    expect(checks.at(-1)).toMatchObject({ ok: false, detail: expect.stringContaining(detail) });
  });

  test('a side that is missing altogether is a gap everywhere', async () => {
    const { recording, lines } = scene([{ fromMs: 0, toMs: 60_000, reason: 'track-missing:customer' }]);
    expect((await checkRecording(moment(30_000), recording, files, lines)).at(-1)).toMatchObject({ ok: false });
  });

  test('a missing file, a missing row, a missing line', async () => {
    const { recording, lines } = scene();
    const gone = { ...files, size: async () => undefined };
    expect((await checkRecording(moment(0), recording, gone, lines)).at(-1)?.detail).toContain('is missing');
    expect((await checkRecording(moment(0), undefined, files, lines)).at(-1)?.detail).toContain('is missing');
    expect((await checkRecording(moment(0), recording, files, lines.slice(1))).at(-1)?.detail).toContain('was started');
    expect((await checkRecording(moment(0), recording, files, lines.slice(0, 1))).at(-1)?.detail).toContain(
      'was stored',
    );
  });

  test.each([
    ['as it is', undefined],
    ['encrypted', [{ id: 'test', key: randomBytes(32) }]],
  ])(
    '1,000 single bits flipped in a file that is stored %s: all are found',
    async (_how, masterKeys) => {
      const folder = await mkdtemp(join(tmpdir(), 'callweave-bits-'));
      const plain = fileRecordings(folder);
      const stored =
        masterKeys === undefined ? plain : encryptedRecordings({ files: plain, book: memoryKeyBook(), masterKeys });
      const { recording, lines } = scene();
      const sound = randomBytes(100_000);
      const sha256 = createHash('sha256').update(sound).digest('hex');
      const sealed = lines.map((line) => ('sha256' in line.data ? { ...line, data: { ...line.data, sha256 } } : line));
      const check = async () =>
        (await checkRecording(moment(0), { ...recording, sha256 }, stored, sealed)).find(
          ({ name }) => name === 'recording-file',
        );
      await stored.put(recording.file ?? '', sound);
      const path = join(folder, recording.file ?? '');
      const whole = await readFile(path);
      let found = 0;
      for (let count = 0; count < 1000; count += 1) {
        const bit = randomBytes(4).readUInt32BE() % (whole.length * 8);
        const changed = Buffer.from(whole);
        changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        await writeFile(path, changed);
        if ((await check())?.ok === false) found += 1;
      }
      await writeFile(path, whole);
      expect(found).toBe(1000);
      expect(await check()).toMatchObject({ ok: true });
      await rm(folder, { recursive: true, force: true });
    },
    120_000,
  );

  test('one that was deleted at the end of its time says so, and only when the ledger does', async () => {
    const { recording, lines } = scene();
    const expired = { ...recording, state: 'expired', file: null };
    const line = entry(9, 'recording.expired', { callId: 'call_1' });
    expect((await checkRecording(moment(0), expired, files, [...lines, line])).at(-1)).toMatchObject({
      ok: false,
      detail: expect.stringContaining('end of its retention, in entry 9'),
    });
    // Somebody wrote the state by hand, to explain a file that is gone.
    expect((await checkRecording(moment(0), expired, files, lines)).at(-1)).toMatchObject({
      ok: false,
      detail: expect.stringContaining('differs from what entry 2 sealed'),
    });
  });

  test('the recording of another call proves nothing', async () => {
    const { recording, lines } = scene();
    const other = { ...moment(0), callId: 'call_2' };
    expect((await checkRecording(other, recording, files, lines)).at(-1)).toMatchObject({
      name: 'call-recorded',
      ok: false,
    });
  });
});
