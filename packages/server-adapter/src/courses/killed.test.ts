import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { FakeSpotPlayer } from '../connectors/spotplayer/testing/fake-spotplayer.ts';
import { createTestDatabase, describeStores, postgresCluster } from '../store/testing.ts';
import { openPlace } from '../testing/open-place.ts';
import { courseRig } from './testing/course-rig.ts';

const MAKER = fileURLToPath(new URL('./testing/make-until-killed.ts', import.meta.url));

describeStores('killed between making a licence and writing it down', (_, dialect) => {
  it('there is one licence, and the order waits for a manager to look', { timeout: 60_000 }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'callweave-course-'));
    const storage =
      dialect === 'sqlite' ? join(folder, 'desk.sqlite') : await createTestDatabase(postgresCluster() as string);
    const service = await new FakeSpotPlayer().listen();
    service.faults.push({ kind: 'silence-after' });
    const child = spawn(
      process.execPath,
      [
        '--conditions=@callweave/source',
        '--disable-warning=ExperimentalWarning',
        MAKER,
        storage,
        service.url,
        service.apiKey,
      ],
      { stdio: ['ignore', 'inherit', 'inherit'] },
    );
    try {
      const ended = once(child, 'exit');
      await expect.poll(() => service.licences.length, { timeout: 30_000 }).toBe(1);
      child.kill('SIGKILL');
      await ended;
      const store = await openPlace(storage);
      const rig = courseRig(store, service);
      expect(await rig.row()).toMatchObject({ state: 'making', asked: 1, licence_id: null });
      await rig.later();
      expect(await rig.row()).toMatchObject({ state: 'in-doubt', reason: 'uncertain' });
      await rig.later();
      expect(service.licences).toHaveLength(1);
      expect(service.licences[0]?.payload).toBe((await rig.row()).id);
      await store.close();
    } finally {
      child.kill('SIGKILL');
      await service.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
