import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { createDeviceDesk } from '../devices/testing/device-desk.ts';
import { findChainBreak } from '../evidence/ledger.ts';
import { createTestDatabase, describeStores, postgresCluster } from '../store/testing.ts';
import { openPlace } from '../testing/open-place.ts';

const IMPORTER = fileURLToPath(new URL('./testing/import-until-killed.ts', import.meta.url));
const ROWS = 3000;
/** At which word of the importer it is killed: while it checks, in the middle of its one write, and when all is written. */
const MOMENTS = ['checked 502', 'checked 2502', 'wrote 2', 'wrote 1502', 'wrote 2502', 'done'] as const;

describeStores('an import that is killed', (_, dialect) => {
  it('has written nothing or everything, and goes on by itself until every row is there once', {
    timeout: 240_000,
  }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'callweave-import-'));
    const storage =
      dialect === 'sqlite' ? join(folder, 'desk.sqlite') : await createTestDatabase(postgresCluster() as string);
    try {
      const { importId } = await prepare(storage);
      const count = async () => {
        const store = await openPlace(storage);
        const { devices } = await store.db
          .selectFrom('devices')
          .select(({ fn }) => fn.countAll<number>().as('devices'))
          .executeTakeFirstOrThrow();
        const row = await store.db.selectFrom('imports').selectAll().where('id', '=', importId).executeTakeFirst();
        await store.close();
        return { devices: Number(devices), state: row?.state };
      };
      for (const moment of MOMENTS) {
        await runUntil(storage, moment);
        const { devices, state } = await count();
        expect({ moment, devices, state }).toEqual(
          moment === 'done' ? { moment, devices: ROWS, state: 'applied' } : { moment, devices: 0, state: 'applying' },
        );
      }
      // Started once more it finds nothing left to do.
      await runUntil(storage, 'done');
      const store = await openPlace(storage);
      const serials = await store.db.selectFrom('devices').select('serial').execute();
      expect(new Set(serials.map(({ serial }) => serial)).size).toBe(ROWS);
      expect(serials).toHaveLength(ROWS);
      const ledger = await store.db.selectFrom('ledger').selectAll().orderBy('seq').execute();
      expect(ledger.filter(({ action }) => action === 'import.applied')).toHaveLength(1);
      expect(findChainBreak(ledger)).toBeUndefined();
      // What the file held of people is gone with it.
      expect(await store.db.selectFrom('import_parts').selectAll().execute()).toEqual([]);
      await store.close();
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

/** Gives in a file, has it checked and confirms it; the write itself is left to the process that is killed. */
async function prepare(storage: string): Promise<{ importId: string }> {
  const store = await openPlace(storage);
  const desk = await createDeviceDesk(store);
  await desk.type();
  const { username } = await desk.customer();
  const lines = Array.from({ length: ROWS }, (_, i) => `${username},Artin,S1,SN${i},2026-01-10`);
  const csv = ['customer,brand,model,serial,installed_on', ...lines].join('\n');
  const { body } = await desk.manager('POST', '/imports', { kind: 'devices', csv });
  await expect
    .poll(async () => (await desk.manager('GET', `/imports/${body.id}`)).body.state, { timeout: 60_000 })
    .toBe('ready');
  await desk.stop();
  // As the confirmation leaves it, with no process there that could go on.
  await store.write((tx) =>
    tx.db.updateTable('imports').set({ state: 'applying' }).where('id', '=', body.id).execute(),
  );
  await store.close();
  return { importId: body.id };
}

async function runUntil(storage: string, moment: string): Promise<void> {
  const child = spawn(
    process.execPath,
    ['--conditions=@callweave/source', '--disable-warning=ExperimentalWarning', IMPORTER, storage],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const ended = once(child, 'exit');
  try {
    for await (const word of createInterface({ input: child.stdout })) if (word === moment) break;
    expect(child.exitCode).toBeNull();
  } finally {
    child.kill('SIGKILL');
    await ended;
  }
}
