import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { contract } from '@callweave/sdk/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fileRecordings } from '../connectors/recordings/file-recordings.ts';
import { callerOf, change, fetchBytes } from '../http/testing/invoke.ts';
import { describeStores } from '../store/testing.ts';
import { createRecordingsRig } from './testing/recordings-rig.ts';

const SUPERVISOR = callerOf('account_supervisor', 'supervisor');
/** Who follows a link is not signed in. */
const NOBODY = callerOf('');
const problem = (code: string) => expect.objectContaining({ code });

describeStores('links to recordings', (makeStore) => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'callweave-links-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function make() {
    const rig = createRecordingsRig(await makeStore(), fileRecordings(await mkdtemp(join(folder, 'store-'))));
    const recordingId = await rig.recorded();
    const link = (minutes = 60, id = recordingId) =>
      change(
        rig.archive.store,
        contract.recordings.link,
        rig.operations.link,
        { recordingId: id, reason: 'asked for by the court', minutes },
        SUPERVISOR,
      );
    const tokenOf = async (minutes?: number) =>
      new URL((await link(minutes)).path, 'http://x').searchParams.get('token') ?? '';
    const download = (token: string, headers: Record<string, string> = {}, id = recordingId) =>
      fetchBytes(contract.recordings.file, rig.operations.file, { recordingId: id, token }, NOBODY, headers);
    return { rig, recordingId, link, tokenOf, download };
  }

  test('open the recording for whoever has them, and every download is in the listening log', async () => {
    const { rig, recordingId, link, download } = await make();
    const { path, expiresAt } = await link(30);
    expect(expiresAt).toBe('2026-11-22T10:30:00.000Z');
    expect(path.startsWith(`/recordings/${recordingId}/file?token=`)).toBe(true);
    const token = new URL(path, 'http://x').searchParams.get('token') ?? '';
    for (let time = 0; time < 2; time += 1) {
      const answer = await download(token);
      expect([answer.status, answer.headers.get('content-disposition')]).toEqual([
        200,
        `attachment; filename="${recordingId}.wav"`,
      ]);
      await answer.arrayBuffer();
    }
    // A download that is taken up again in pieces is still one.
    for (const range of ['bytes=100-199', 'bytes=200-']) await (await download(token, { range })).arrayBuffer();
    expect((await rig.lines('recording.downloaded')).map(({ actor, subject }) => [actor, subject])).toEqual(
      Array.from({ length: 3 }, () => ['account_supervisor', `recording:${recordingId}`]),
    );
    expect((await rig.lines('recording.link-given'))[0]).toMatchObject({
      actor: 'account_supervisor',
      data: { reason: 'asked for by the court' },
    });
  });

  test('expire', async () => {
    const { rig, tokenOf, download } = await make();
    const token = await tokenOf(10);
    rig.setNow(new Date(rig.now.getTime() + 10 * 60_000 - 1));
    await (await download(token)).arrayBuffer();
    rig.setNow(new Date(rig.now.getTime() + 1));
    await expect(download(token)).rejects.toEqual(problem('recording-link-over'));
  });

  test('open nothing else, and cannot be changed', async () => {
    const { rig, tokenOf, download } = await make();
    const token = await tokenOf();
    const other = await rig.recorded();
    await expect(download(token, {}, other)).rejects.toEqual(problem('recording-link-over'));
    const [account = '', expires = '', epoch = '', mac = ''] = token.split('.');
    const later = (Number.parseInt(expires, 36) + 3_600_000).toString(36);
    for (const forged of [
      ['account_manager', expires, epoch, mac].join('.'),
      [account, later, epoch, mac].join('.'),
      [account, expires, '1', mac].join('.'),
      [account, expires, epoch, `${mac.slice(0, -1)}${mac.endsWith('A') ? 'B' : 'A'}`].join('.'),
      [account, expires, epoch].join('.'),
      `${token}.x`,
      '',
      '...',
    ])
      await expect(download(forged)).rejects.toEqual(problem('recording-link-over'));
    expect(await rig.lines('recording.downloaded')).toEqual([]);
  });

  test('are void when all are revoked, and when who gave them may not listen any more', async () => {
    const { rig, tokenOf, download } = await make();
    const before = await tokenOf();
    await change(
      rig.archive.store,
      contract.recordings.revokeLinks,
      rig.operations.revokeLinks,
      { reason: 'a laptop was lost' },
      callerOf('account_manager', 'manager'),
    );
    await expect(download(before)).rejects.toEqual(problem('recording-link-over'));
    const after = await tokenOf();
    await (await download(after)).arrayBuffer();
    rig.wardens.delete('account_supervisor');
    await expect(download(after)).rejects.toEqual(problem('recording-link-over'));
  });

  test('of what has expired open nothing', async () => {
    const { rig, tokenOf, download, recordingId } = await make();
    const token = await tokenOf(7 * 24 * 60);
    await rig.archive.store.write((tx) =>
      tx.db.updateTable('recordings').set({ state: 'expired' }).where('id', '=', recordingId).execute(),
    );
    await expect(download(token)).rejects.toEqual(problem('recording-expired'));
  });
});
