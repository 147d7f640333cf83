import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findCall, openCall, updateCall } from '../calls/index.ts';
import type { Store } from '../store/store.ts';
import { describeStores } from '../store/testing.ts';
import { createTestDesk, type TestDesk } from '../testing/desk.ts';
import { recordingFiles } from './files.ts';
import { addTrack, finishRecording, startRecording } from './recorder.ts';
import { storeRecording } from './store-recording.ts';
import { toneWav } from './testing/tone-wav.ts';

/** The whole adapter, spoken to over HTTP: what the domains do is tested beside them, here that they are tied together. */
describeStores('recordings and reports of a desk', (makeStore) => {
  let folder: string;
  let store: Store;
  let desk: TestDesk;
  let recordingId: string;
  const recordingKeys = [{ id: 'test', key: randomBytes(32) }];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'callweave-desk-'));
    store = await makeStore();
    desk = await createTestDesk(store, { recordings: folder, recordingKeys });
    const { accountId } = await desk.as('agent');
    const startedAt = new Date(Date.now() - 60_000);
    await store.write((tx) =>
      openCall(
        tx,
        {
          id: 'call_1',
          direction: 'inbound',
          callerNumber: '+989121234567',
          calledNumber: '+982181021380',
          customers: [],
          startedAt,
          holdAlertSeconds: null,
        },
        'leg_1',
      ),
    );
    recordingId = await store.write(async (tx) => {
      const id = await startRecording(tx, { callId: 'call_1', startedAt });
      await addTrack(tx, id, { name: 'customer', role: 'customer', offsetMs: 0 });
      await finishRecording(tx, id);
      return id;
    });
    const archive = {
      store,
      files: recordingFiles(store, folder, recordingKeys),
      links: { instructionsOf: async () => [], agentsOf: async () => [accountId] },
    };
    await storeRecording(archive, recordingId, async () => toneWav(440, 500));
    const row = await findCall(store.db, 'call_1');
    if (row === undefined) throw new Error('no call');
    await store.write((tx) =>
      updateCall(tx, row, {
        state: 'ended',
        outcome: 'answered',
        agent_id: accountId,
        answered_at: new Date(startedAt.getTime() + 5_000).toISOString(),
        ended_at: new Date().toISOString(),
        recording_id: recordingId,
      }),
    );
  });
  afterAll(async () => {
    await desk.stop();
    await rm(folder, { recursive: true, force: true });
  });

  test('the call stands on the wallboard and in the history', async () => {
    const supervisor = await desk.as('supervisor');
    await expect
      .poll(async () => (await supervisor('GET', '/wallboard')).body?.total.answered, { timeout: 10_000 })
      .toBe(1);
    expect((await supervisor('GET', '/wallboard')).body.branches).toMatchObject([
      { branch: 'head office', figures: { answered: 1, answeredInTime: 1 } },
    ]);
    expect((await (await desk.as('agent'))('GET', '/wallboard')).status).toBe(403);

    await expect
      .poll(async () => (await supervisor('GET', '/call-history?number=4567')).body?.calls.length, { timeout: 10_000 })
      .toBe(1);
    const agent = await desk.as('agent');
    expect((await agent('GET', '/call-history?number=0912')).body.calls).toMatchObject([
      { id: 'call_1', recording: { id: recordingId, state: 'stored' } },
    ]);
    expect((await agent('GET', '/call-history/count')).body).toEqual({ calls: 1 });
    const table = await supervisor('GET', '/call-history/export?bom=1');
    expect(table.headers.get('callweave-rows')).toBe('1');
    expect(table.text).toContain(`"'+989121234567"`);
    expect((await (await desk.as('dealer'))('GET', '/call-history')).status).toBe(403);
  });

  test('the recording is encrypted on the disk, and heard whole', async () => {
    const row = await store.db
      .selectFrom('recordings')
      .select('file')
      .where('id', '=', recordingId)
      .executeTakeFirstOrThrow();
    expect((await readFile(join(folder, row.file ?? ''))).includes('RIFF')).toBe(false);
    const heard = await (await desk.as('supervisor'))('GET', `/recordings/${recordingId}/audio`, undefined, {
      range: 'bytes=0-3',
    });
    expect([heard.status, heard.text]).toEqual([206, 'RIFF']);
  });

  test('a link needs no sign-in, and is void when links are revoked', async () => {
    const supervisor = await desk.as('supervisor');
    expect((await (await desk.as('agent'))('POST', `/recordings/${recordingId}/link`, { reason: 'mine' })).status).toBe(
      403,
    );
    expect((await supervisor('POST', `/recordings/${recordingId}/link`, { reason: '' })).code).toBe('invalid-input');
    const { body } = await supervisor('POST', `/recordings/${recordingId}/link`, { reason: 'asked for by the court' });
    const download = await desk.anyone('GET', body.path);
    expect([download.status, download.text.slice(0, 4)]).toEqual([200, 'RIFF']);
    expect((await desk.anyone('HEAD', body.path)).status).toBe(200);
    expect((await supervisor('POST', '/recordings/links/revoke', { reason: 'a laptop was lost' })).status).toBe(403);
    const manager = await desk.as('manager');
    expect((await manager('POST', '/recordings/links/revoke', { reason: 'a laptop was lost' })).status).toBe(200);
    expect((await desk.anyone('GET', body.path)).code).toBe('recording-link-over');
  });

  test('a manager holds and releases it', async () => {
    const manager = await desk.as('manager');
    const held = await manager('POST', `/recordings/${recordingId}/holds`, { reason: 'a claim' });
    expect(held.body).toMatchObject({ purpose: 'call', holds: [{ reason: 'a claim', releasedAt: null }] });
    expect(
      (await (await desk.as('supervisor'))('POST', `/recordings/${recordingId}/holds`, { reason: 'a claim' })).status,
    ).toBe(403);
    const [{ id }] = held.body.holds;
    const released = await manager('POST', `/recordings/${recordingId}/holds/${id}/release`, { reason: 'settled' });
    expect(released.body.holds[0].releaseReason).toBe('settled');
    expect(desk.logged.filter(({ level }) => level === 'error')).toEqual([]);
  });
});
