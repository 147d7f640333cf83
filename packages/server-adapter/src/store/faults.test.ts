import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { findChainBreak } from '../evidence/ledger.ts';
import { createTestDesk } from '../testing/desk.ts';
import type { Store } from './store.ts';
import { describeStores, sqliteStores } from './testing.ts';

const instruments = (from: number, count: number) =>
  [
    'code,symbol,name,kind,lot,active',
    ...Array.from(
      { length: count },
      (_, i) =>
        `TEST-${String(from + i).padStart(6, '0')},S${from + i},${'long name '.repeat(12)}${from + i},share,1,true`,
    ),
  ].join('\n');

async function chainIsWhole(store: Store): Promise<void> {
  expect(findChainBreak(await store.db.selectFrom('ledger').selectAll().orderBy('seq').execute())).toBeUndefined();
}

describe('promise 4: faults of the disk', () => {
  const makeStore = sqliteStores();

  it('a full disk gives 503, reads go on, and writes resume by themselves', async () => {
    const store = await makeStore();
    const desk = await createTestDesk(store);
    const manager = await desk.as('manager');
    // The limit belongs to the writing connection: SQLite then answers as for a full disk.
    await store.write((tx) => sql`pragma max_page_count = 200`.execute(tx.db));
    let from = 0;
    let acknowledged = 0;
    let refused = 0;
    while (refused < 20 && from < 20_000) {
      const answers = await Promise.all(
        [0, 50, 100, 150].map((offset) =>
          manager('POST', '/instruments/import', { csv: instruments(from + offset, 50) }),
        ),
      );
      for (const { status, code } of answers) {
        if (status === 200) acknowledged += 50;
        else {
          expect({ status, code }).toEqual({ status: 503, code: 'unavailable' });
          refused += 1;
        }
      }
      from += 200;
    }
    expect(refused).toBeGreaterThanOrEqual(20);
    const count = await store.db
      .selectFrom('instruments')
      .select((eb) => eb.fn.countAll<number>().as('n'))
      .executeTakeFirstOrThrow();
    expect(count.n).toBe(acknowledged);
    expect((await manager('GET', '/session')).status).toBe(200);
    const limit = { max: 0 };
    // A write that changes nothing still works, so the limit can be lifted as space on a disk can.
    await store.write(async (tx) => {
      limit.max = 100_000;
      await sql`pragma max_page_count = 100000`.execute(tx.db);
    });
    expect((await manager('POST', '/instruments/import', { csv: instruments(from, 50) })).status).toBe(200);
    await chainIsWhole(store);
    await desk.stop();
  });

  it('a disk that turns read-only gives 503, and nothing half', async () => {
    const store = await makeStore();
    const desk = await createTestDesk(store);
    const manager = await desk.as('manager');
    await store.write((tx) => sql`pragma query_only = 1`.execute(tx.db));
    const answer = await manager('POST', '/instruments/import', { csv: instruments(0, 3) });
    expect(answer).toMatchObject({ status: 503, code: 'unavailable' });
    expect(answer.headers.get('retry-after')).toBe('2');
    expect((await desk.anyone('GET', '/health')).body.store).toBe('up');
    expect(await store.db.selectFrom('instruments').selectAll().execute()).toEqual([]);
    await desk.stop();
  });
});

describeStores('promise 4: faults of the clock and of connections', (makeStore, dialect) => {
  it('a clock that jumps a day either way breaks neither order nor chain', async () => {
    let jump = 0;
    const clock = { now: () => new Date(Date.now() + jump) };
    const store = await makeStore({ clock });
    const desk = await createTestDesk(store, { clock });
    const manager = await desk.as('manager');
    for (const days of [0, 0.4, -1, 0.4, 0]) {
      jump = days * 86_400_000;
      expect((await manager('POST', '/instruments/import', { csv: instruments(0, 1) })).status).toBe(200);
    }
    await chainIsWhole(store);
    const times = (await store.db.selectFrom('ledger').select('at').orderBy('seq').execute()).map(({ at }) => at);
    expect(times).toEqual([...times].sort());
    await desk.stop();
  });

  if (dialect !== 'postgres') return;
  it('PostgreSQL whose connections are cut, and which is gone for a while: 503, no acknowledged loss, then it goes on', async () => {
    const store = await makeStore();
    const desk = await createTestDesk(store);
    const manager = await desk.as('manager');
    const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(store.db);
    const name = rows[0]?.name ?? '';
    const acknowledged: string[] = [];
    const other: string[] = [];
    let stopping = false;
    const client = async (start: number) => {
      for (let i = start; !stopping; i += 10) {
        const { status, code } = await manager('POST', '/instruments/import', { csv: instruments(i, 1) });
        if (status === 200) acknowledged.push(`TEST-${String(i).padStart(6, '0')}`);
        else other.push(`${status} ${code}`);
      }
    };
    const clients = Array.from({ length: 8 }, (_, i) => client(i));
    const { default: pg } = await import('pg');
    const url = new URL((await import('vitest')).inject('postgres' as never)['url']);
    const admin = new pg.Client({ connectionString: url.href });
    await admin.connect();
    for (let i = 0; i < 5; i += 1) {
      await sleep(150);
      if (i === 2) await admin.query(`alter database ${name} with allow_connections false`);
      await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name]);
      if (i === 3) await admin.query(`alter database ${name} with allow_connections true`);
    }
    const before = acknowledged.length;
    const deadline = Date.now() + 5_000;
    while (acknowledged.length < before + 20 && Date.now() < deadline) await sleep(20);
    stopping = true;
    await Promise.all(clients);
    await admin.end();
    expect(acknowledged.length).toBeGreaterThanOrEqual(before + 20);
    expect(other.length).toBeGreaterThan(0);
    // A sign-in that cannot be looked up is also "not now", never a 500.
    const unexpected = desk.logged.filter(({ message }) => message.includes('unexpectedly'));
    expect(unexpected).toEqual([]);
    expect(new Set(other)).toEqual(new Set(['503 unavailable']));
    const stored = new Set((await store.db.selectFrom('instruments').select('code').execute()).map(({ code }) => code));
    expect(acknowledged.filter((code) => !stored.has(code))).toEqual([]);
    await chainIsWhole(store);
    await desk.stop();
  });
});
