import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { createTestDatabase, describeStores, postgresCluster } from '../store/testing.ts';
import { openPlace } from '../testing/open-place.ts';
import { messagesOver, startService } from './testing/message-rig.ts';

const SENDER = fileURLToPath(new URL('./testing/send-until-killed.ts', import.meta.url));

describeStores('killed between sending a text message and writing it down', (_, dialect) => {
  it.each(['kavenegar', 'twilio'] as const)(
    '%s has it already: it goes out once, and shows as sent',
    {
      timeout: 60_000,
    },
    async (name) => {
      const folder = mkdtempSync(join(tmpdir(), 'callweave-sms-'));
      const storage =
        dialect === 'sqlite' ? join(folder, 'desk.sqlite') : await createTestDatabase(postgresCluster() as string);
      const { service, driver, keys, baseUrl } = await startService(name);
      service.faults.push({ kind: 'silence-after' });
      const child = spawn(
        process.execPath,
        [
          '--conditions=@callweave/source',
          '--disable-warning=ExperimentalWarning',
          SENDER,
          storage,
          name,
          baseUrl,
          JSON.stringify(keys),
        ],
        { stdio: ['ignore', 'inherit', 'inherit'] },
      );
      try {
        const ended = once(child, 'exit');
        await expect.poll(() => service.taken.length, { timeout: 30_000 }).toBe(1);
        child.kill('SIGKILL');
        await ended;
        const store = await openPlace(storage);
        const { later, row } = messagesOver(store, driver);
        expect(await row()).toMatchObject({ state: 'queued', in_doubt: 1, attempts: 1 });
        await later();
        expect(await row()).toMatchObject({ state: 'sent', provider_id: service.taken[0]?.providerId });
        await later();
        expect(service.taken).toHaveLength(1);
        await store.close();
      } finally {
        child.kill('SIGKILL');
        await service.close();
        rmSync(folder, { recursive: true, force: true });
      }
    },
  );
});
