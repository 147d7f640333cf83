import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { createTestDatabase, describeStores, postgresCluster } from '../store/testing.ts';
import { createTestDesk } from '../testing/desk.ts';
import { openPlace } from '../testing/open-place.ts';
import { keepBuyers, NEWS } from './testing/announcement-rig.ts';

const CHILD = fileURLToPath(new URL('./testing/hand-out-until-killed.ts', import.meta.url));
const BUYERS = 300;

describeStores('killed while an announcement is handed out', (_, dialect) => {
  it('every buyer gets it once, and one message', { timeout: 120_000 }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'callweave-announcements-'));
    const storage =
      dialect === 'sqlite' ? join(folder, 'desk.sqlite') : await createTestDatabase(postgresCluster() as string);
    try {
      let store = await openPlace(storage);
      await keepBuyers(store, BUYERS);
      const desk = await createTestDesk(store);
      const manager = await desk.as('manager');
      const { body } = await manager('POST', '/announcements', { ...NEWS, category: 'legal' });
      // Stopped first: only the child is to hand it out.
      await desk.stop();
      expect((await manager('POST', `/announcements/${body.id}/publish`, {})).status).toBe(200);
      await store.close();

      // Three deaths: early and late among the notifications, and among the messages.
      for (const [word, times] of [
        ['portion', 8],
        ['portion', 30],
        ['messages', 20],
      ] as const) {
        const child = spawn(
          process.execPath,
          ['--conditions=@callweave/source', '--disable-warning=ExperimentalWarning', CHILD, storage],
          { stdio: ['ignore', 'pipe', 'inherit'] },
        );
        const ended = once(child, 'exit');
        let seen = 0;
        for await (const line of createInterface({ input: child.stdout })) {
          expect(line).not.toBe('done');
          seen += line === word ? 1 : 0;
          if (seen === times) child.kill('SIGKILL');
        }
        await ended;
        expect(child.signalCode).toBe('SIGKILL');
      }

      store = await openPlace(storage);
      const half = await store.db.selectFrom('messages').select('id').execute();
      expect(half.length).toBeGreaterThan(0);
      expect(half.length).toBeLessThan(BUYERS);
      await store.close();

      const last = spawn(
        process.execPath,
        ['--conditions=@callweave/source', '--disable-warning=ExperimentalWarning', CHILD, storage],
        { stdio: ['ignore', 'ignore', 'inherit'] },
      );
      expect((await once(last, 'exit'))[0]).toBe(0);
      store = await openPlace(storage);
      const notifications = await store.db.selectFrom('notifications').selectAll().execute();
      expect(new Set(notifications.map(({ customer_id }) => customer_id)).size).toBe(BUYERS);
      expect(notifications).toHaveLength(BUYERS);
      const messages = await store.db.selectFrom('messages').select(['id', 'recipient']).execute();
      expect(new Set(messages.map(({ recipient }) => recipient)).size).toBe(BUYERS);
      expect(messages).toHaveLength(BUYERS);
      expect(new Set(notifications.map(({ message_id }) => message_id))).toEqual(new Set(messages.map(({ id }) => id)));
      const events = await store.db.selectFrom('events').select('seq').where('type', '=', 'notification').execute();
      expect(events).toHaveLength(BUYERS);
      await store.close();
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
