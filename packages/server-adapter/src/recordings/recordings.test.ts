import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { contract, type Role } from '@callweave/sdk/protocol';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { fileRecordings } from '../connectors/recordings/file-recordings.ts';
import { callerOf, fetchBytes, read } from '../http/testing/invoke.ts';
import type { Store } from '../store/store.ts';
import { describeStores } from '../store/testing.ts';
import { measure, readWav } from '../telephony/testing/tone-measure.ts';
import type { LinkedInstruction, RecordingArchive } from './archive.ts';
import { addGap, addTrack, finishRecording, startRecording } from './recorder.ts';
import { storeRecording } from './store-recording.ts';
import { operationsOver } from './testing/recordings-rig.ts';
import { toneWav } from './testing/tone-wav.ts';

const problem = (code: string) => expect.objectContaining({ code });

describeStores('recordings', (makeStore) => {
  let folder: string;
  let store: Store;
  let archive: RecordingArchive;
  let linked: LinkedInstruction[];
  const tracks: Record<string, Uint8Array> = { customer: toneWav(440, 3000), agent: toneWav(1000, 2000) };
  const fetchTrack = async (name: string) => tracks[name] ?? Promise.reject(new Error('no such track'));

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'callweave-recordings-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  beforeEach(async () => {
    store = await makeStore();
    linked = [];
    archive = {
      store,
      files: fileRecordings(await mkdtemp(join(folder, 'store-'))),
      links: { instructionsOf: async () => linked, agentsOf: async () => ['account_agent'] },
    };
  });

  async function recorded(names: readonly string[] = ['customer', 'agent']): Promise<string> {
    return store.write(async (tx) => {
      const id = await startRecording(tx, { callId: 'call_1', startedAt: tx.now });
      for (const name of names)
        await addTrack(tx, id, {
          name,
          role: name === 'agent' ? 'agent' : 'customer',
          offsetMs: name === 'agent' ? 1000 : 0,
        });
      await addGap(tx, id, { fromMs: 500, toMs: 900, reason: 'pin-entry' });
      await finishRecording(tx, id);
      return id;
    });
  }

  const row = (id: string) =>
    store.db.selectFrom('recordings').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  const lines = async () =>
    (await store.db.selectFrom('ledger').select(['action', 'data', 'actor']).orderBy('seq').execute()).map((line) => ({
      ...line,
      data: JSON.parse(line.data) as Record<string, unknown>,
    }));
  const bytesOf = async (id: string) =>
    new Uint8Array(await new Response(await archive.files.read((await row(id)).file ?? '')).arrayBuffer());

  test('both voices are stored in one file, and its hash is sealed', async () => {
    const id = await recorded();
    expect(await storeRecording(archive, id, fetchTrack)).toBe('stored');
    const bytes = await bytesOf(id);
    const { samples } = readWav(bytes);
    expect(measure(samples.filter((_, index) => index % 2 === 0)).hz).toBe(440);
    expect(measure(samples.filter((_, index) => index % 2 === 1)).hz).toBe(1000);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    expect(await row(id)).toMatchObject({ state: 'stored', sha256, duration_ms: 3000 });
    const sealed = (await lines()).at(-1);
    expect(sealed).toMatchObject({
      action: 'recording.stored',
      data: {
        callId: 'call_1',
        sha256,
        durationMs: 3000,
        bytes: bytes.length,
        gaps: [{ fromMs: 500, toMs: 900, reason: 'pin-entry' }],
      },
    });
    const event = await store.db
      .selectFrom('events')
      .selectAll()
      .where('type', '=', 'recording')
      .executeTakeFirstOrThrow();
    expect(JSON.parse(event.audience)).toEqual(
      expect.arrayContaining(['account:account_agent', 'role:supervisor', 'role:manager']),
    );

    // Doing it again, as after a crash, changes nothing.
    const count = (await lines()).length;
    expect(await storeRecording(archive, id, () => Promise.reject(new Error('gone')))).toBe('stored');
    expect(await lines()).toHaveLength(count);
    await expect(store.write((tx) => addGap(tx, id, { fromMs: 0, toMs: 1, reason: 'late' }))).rejects.toEqual(
      problem('conflict'),
    );
  });

  test('one side that cannot be had is a gap; the other is kept', async () => {
    const id = await recorded(['customer', 'lost']);
    expect(await storeRecording(archive, id, fetchTrack)).toBe('stored');
    expect(JSON.parse((await row(id)).gaps)).toContainEqual({
      fromMs: 0,
      toMs: 3000,
      reason: 'track-missing:customer',
    });
  });

  test('without any sound the recording has failed, and says so', async () => {
    const id = await recorded(['lost']);
    expect(await storeRecording(archive, id, fetchTrack)).toBe('failed');
    expect(await row(id)).toMatchObject({ state: 'failed', sha256: null, file: null });
    expect((await lines()).at(-1)?.action).toBe('recording.failed');
    const operations = operationsOver(archive);
    await expect(
      fetchBytes(contract.recordings.audio, operations.audio, { recordingId: id }, callerOf('account_m', 'manager')),
    ).rejects.toEqual(problem('not-found'));
  });

  test('the same track named twice is one track', async () => {
    const id = await store.write((tx) => startRecording(tx, { callId: 'call_1', startedAt: tx.now }));
    for (let i = 0; i < 2; i += 1)
      await store.write((tx) => addTrack(tx, id, { name: 'customer', role: 'customer', offsetMs: 0 }));
    expect(JSON.parse((await row(id)).tracks)).toHaveLength(1);
  });

  test('only those concerned may see and hear it; to others it does not exist', async () => {
    const id = await recorded();
    await storeRecording(archive, id, fetchTrack);
    const operations = operationsOver(archive);
    linked = [
      {
        orderId: 'order_1',
        instructionId: 'instruction_1',
        label: '1 · فولاد',
        offsetMs: 1500,
        agentId: 'account_taker',
        dealerIds: ['account_dealer'],
      },
    ];
    const people: [string, Role, boolean][] = [
      ['account_agent', 'agent', true],
      ['account_taker', 'agent', true],
      ['account_dealer', 'dealer', true],
      ['account_s', 'supervisor', true],
      ['account_m', 'manager', true],
      ['account_stranger', 'agent', false],
      ['account_stranger', 'dealer', false],
    ];
    for (const [account, role, may] of people) {
      const caller = callerOf(account, role);
      const see = () => read(contract.recordings.get, operations.get, { recordingId: id }, caller);
      const hear = () => fetchBytes(contract.recordings.audio, operations.audio, { recordingId: id }, caller);
      if (may) {
        expect(await see()).toMatchObject({
          id,
          state: 'stored',
          durationMs: 3000,
          markers: [{ orderId: 'order_1', instructionId: 'instruction_1', label: '1 · فولاد', offsetMs: 1500 }],
        });
        const heard = await hear();
        expect(heard.status).toBe(200);
        await heard.body?.cancel();
      } else {
        await expect(see()).rejects.toEqual(problem('not-found'));
        await expect(hear()).rejects.toEqual(problem('not-found'));
      }
    }
    const listeners = (await lines()).filter(({ action }) => action === 'recording.listened').map(({ actor }) => actor);
    expect(listeners.sort()).toEqual(['account_agent', 'account_dealer', 'account_m', 'account_s', 'account_taker']);
  });

  test('a player asks for ranges, and is logged once', async () => {
    const id = await recorded();
    await storeRecording(archive, id, fetchTrack);
    const whole = await bytesOf(id);
    const operations = operationsOver(archive);
    const listen = (headers: Record<string, string> = {}) =>
      fetchBytes(
        contract.recordings.audio,
        operations.audio,
        { recordingId: id },
        callerOf('account_agent', 'agent'),
        headers,
      );
    const part = async (response: Response) => new Uint8Array(await response.arrayBuffer());

    const all = await listen();
    expect(Object.fromEntries(all.headers)).toMatchObject({
      'content-type': 'audio/wav',
      'accept-ranges': 'bytes',
      'content-length': String(whole.length),
      'cache-control': 'private, no-store',
    });
    expect(await part(all)).toEqual(whole);
    const middle = await listen({ range: 'bytes=1000-1999' });
    expect([middle.status, middle.headers.get('content-range')]).toEqual([206, `bytes 1000-1999/${whole.length}`]);
    expect(await part(middle)).toEqual(whole.slice(1000, 2000));
    const tail = await listen({ range: 'bytes=-4' });
    expect(await part(tail)).toEqual(whole.slice(-4));
    const beyond = await listen({ range: `bytes=${whole.length}-` });
    expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, `bytes */${whole.length}`]);
    expect((await listen({ range: 'bytes=0-9', 'if-range': '"another"' })).status).toBe(200);
    expect((await listen({ range: 'bytes=0-9', 'if-range': all.headers.get('etag') ?? '' })).status).toBe(206);
    expect((await lines()).filter(({ action }) => action === 'recording.listened')).toHaveLength(1);
  });

  test('what is not stored yet cannot be heard', async () => {
    const id = await recorded();
    const operations = operationsOver(archive);
    await expect(
      fetchBytes(contract.recordings.audio, operations.audio, { recordingId: id }, callerOf('account_agent', 'agent')),
    ).rejects.toEqual(problem('recording-not-ready'));
    expect(
      (await read(contract.recordings.get, operations.get, { recordingId: id }, callerOf('account_agent', 'agent')))
        .state,
    ).toBe('storing');
  });
});
