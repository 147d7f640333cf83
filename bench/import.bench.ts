import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDeviceDesk } from '../packages/server-adapter/src/devices/testing/device-desk.ts';
import { createSqliteStore } from '../packages/server-adapter/src/store/sqlite.ts';
import type { Bench, Figure } from './figure.ts';

const ROWS = 10_000;
const PORTION = 500;
/** A manager waits for it; more would be a reason to look away. */
const GOAL_SECONDS = 30;

const megabytes = (bytes: number) => `${(bytes / 2 ** 20).toFixed(0)} MB`;
const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`;

/** Runs work, and says how long it took and how much more memory the process held at its highest. */
async function measured(work: () => Promise<void>): Promise<{ ms: number; bytes: number }> {
  globalThis.gc?.();
  const before = process.memoryUsage.rss();
  let peak = before;
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, 5);
  const start = performance.now();
  await work();
  const ms = performance.now() - start;
  clearInterval(watch);
  return { ms, bytes: Math.max(peak, process.memoryUsage.rss()) - before };
}

async function measure(folder: string): Promise<Figure[]> {
  const store = await createSqliteStore({ file: join(folder, 'import.sqlite') });
  const desk = await createDeviceDesk(store);
  const { id: typeId } = await desk.type();
  const { id: customerId, username } = await desk.customer();
  const lines = Array.from({ length: ROWS }, (_, i) => `${username},Artin,S1,SN${i},2026-01-10,2027-01-09`);
  const csv = ['customer,brand,model,serial,installed_on,service_ends_on', ...lines].join('\n');

  let importId = '';
  const until = async (state: string) => {
    for (;;) {
      const { body } = await desk.manager('GET', `/imports/${importId}`);
      if (body.state === state) return;
      if (body.state === 'faulty') throw new Error(`The import has faults: ${JSON.stringify(body.faults.slice(0, 3))}`);
      await new Promise((next) => setTimeout(next, 5));
    }
  };
  const check = await measured(async () => {
    importId = (await desk.manager('POST', '/imports', { kind: 'devices', csv })).body.id;
    await until('ready');
  });
  let longest = 0;
  let writing = true;
  const others = (async () => {
    // Somebody else writes all the while: how long does one of these wait?
    while (writing) {
      const start = performance.now();
      await store.write((tx) => tx.next('bench'));
      longest = Math.max(longest, performance.now() - start);
      await new Promise((next) => setTimeout(next, 5));
    }
  })();
  const write = await measured(async () => {
    await desk.manager('POST', `/imports/${importId}/confirm`);
    await until('applied');
  });
  writing = false;
  await others;
  const { there } = await store.db
    .selectFrom('devices')
    .select(({ fn }) => fn.countAll<number>().as('there'))
    .executeTakeFirstOrThrow();
  if (Number(there) !== ROWS) throw new Error(`${there} devices are there instead of ${ROWS}.`);

  // The same rows without anything around them, in a second table of the same form.
  const [row] = await store.db.selectFrom('devices').selectAll().limit(1).execute();
  if (row === undefined) throw new Error('There is no device.');
  await store.write((tx) => tx.db.deleteFrom('devices').execute());
  const raw = await measured(() =>
    store.write(async (tx) => {
      for (let from = 0; from < ROWS; from += PORTION)
        await tx.db
          .insertInto('devices')
          .values(
            Array.from({ length: PORTION }, (_, i) => ({
              ...row,
              id: `device_raw_${from + i}`,
              customer_id: customerId,
              type_id: typeId,
              serial: `SN${from + i}`,
              serial_key: `sn${from + i}`,
            })),
          )
          .execute();
    }),
  );
  await desk.stop();
  await store.close();
  return [
    {
      what: `${ROWS} rows checked, nothing written`,
      value: seconds(check.ms),
      goal: `≤ ${GOAL_SECONDS} s with the write`,
      met: check.ms + write.ms <= GOAL_SECONDS * 1000,
    },
    {
      what: 'all written together, checked once more before',
      value: seconds(write.ms),
      baseline: seconds(raw.ms),
      ratio: write.ms / raw.ms,
    },
    { what: 'longest wait of another write meanwhile', value: `${longest.toFixed(0)} ms` },
    {
      what: 'memory more than before, at its highest',
      value: megabytes(Math.max(check.bytes, write.bytes)),
      baseline: megabytes(raw.bytes),
    },
  ];
}

const bench: Bench = {
  title: 'Import of devices against a raw transaction of inserts',
  async run() {
    const folder = await mkdtemp(join(tmpdir(), 'callweave-bench-'));
    try {
      return await measure(folder);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};
export default bench;
