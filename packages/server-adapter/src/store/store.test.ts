import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findChainBreak } from '../evidence/ledger.ts';
import { Problem } from '../problem.ts';
import { describeStores } from './testing.ts';
import type { StoredEvent } from './work-tx.ts';

const audience = ['role:agent'] as const;
const removed = (id: string) => ({ type: 'order-removed', data: { id } }) as const;

describeStores('store', (makeStore) => {
  it('gives one transaction to concurrent writes, and takes back only the one that throws', async () => {
    const store = await makeStore();
    const outcomes = await Promise.allSettled(
      Array.from({ length: 60 }, (_, i) =>
        store.write(async (tx) => {
          await tx.db
            .insertInto('counters')
            .values({ name: `row-${i}`, value: i })
            .execute();
          await tx.publish(removed(`o${i}`), audience);
          await tx.record({ actor: 'system', action: 'test', subject: `row:${i}` });
          if (i % 10 === 3) throw new Error(`no ${i}`);
          return tx.next('numbers');
        }),
      ),
    );
    expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(6);
    expect(outcomes[3]).toMatchObject({ status: 'rejected', reason: { message: 'no 3' } });
    const numbers = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
    expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: 54 }, (_, i) => i + 1));
    expect(await store.db.selectFrom('counters').select('name').where('name', '=', 'row-3').execute()).toEqual([]);
    const events = await store.db.selectFrom('events').select('seq').orderBy('seq').execute();
    expect(events.map(({ seq }) => seq)).toEqual(Array.from({ length: 54 }, (_, i) => i + 1));
    const ledger = await store.db.selectFrom('ledger').selectAll().orderBy('seq').execute();
    expect(ledger).toHaveLength(54);
    expect(findChainBreak(ledger)).toBeUndefined();
  });

  it('finds a flipped, swapped or deleted ledger row', async () => {
    const store = await makeStore();
    for (let i = 0; i < 5; i += 1)
      await store.write((tx) =>
        tx.record({ actor: 'a', action: 'x', subject: `s:${i}`, data: { z: i, a: { d: 1, c: [1, 2] } } }),
      );
    const rows = await store.db.selectFrom('ledger').selectAll().orderBy('seq').execute();
    const [one, two, three, ...rest] = rows as [(typeof rows)[0], (typeof rows)[0], (typeof rows)[0], ...typeof rows];
    expect(findChainBreak([one, { ...two, subject: 's:9' }, three, ...rest])).toMatchObject({ seq: 2 });
    expect(findChainBreak([one, { ...two, data: '{"a":{"c":[1,2],"d":1},"z":7}' }, three, ...rest])).toMatchObject({
      seq: 2,
    });
    expect(findChainBreak([one, three, ...rest])).toMatchObject({ seq: 3 });
    expect(findChainBreak([one, { ...three, seq: 2 }, { ...two, seq: 3 }, ...rest])).toMatchObject({ seq: 2 });
    expect(findChainBreak(rows)).toBeUndefined();
  });

  it('shows nothing of a write to readers before its commit', async () => {
    const store = await makeStore();
    let seen: unknown[] = ['never read'];
    await store.write(async (tx) => {
      await tx.db.insertInto('counters').values({ name: 'hidden', value: 1 }).execute();
      seen = await store.db.selectFrom('counters').selectAll().execute();
    });
    expect(seen).toEqual([]);
    expect(await store.db.selectFrom('counters').selectAll().execute()).toEqual([{ name: 'hidden', value: 1 }]);
  });

  it('runs effects and tells of events only after a commit', async () => {
    const store = await makeStore();
    const told: StoredEvent[] = [];
    store.onCommitted((events) => told.push(...events));
    const effects: string[] = [];
    const failing = store.write(async (tx) => {
      tx.afterCommit(() => effects.push('failed'));
      await tx.publish(removed('f'), audience);
      throw new Problem('conflict', 'no');
    });
    const working = store.write(async (tx) => {
      tx.afterCommit(() => effects.push('worked'));
      await tx.publish(removed('w'), audience);
    });
    await expect(failing).rejects.toMatchObject({ code: 'conflict' });
    await working;
    expect(effects).toEqual(['worked']);
    expect(told).toMatchObject([{ seq: 1, type: 'order-removed', data: '{"id":"w"}', audience: ['role:agent'] }]);
  });

  it('refuses a write inside a write, and a query after its write has ended', async () => {
    const store = await makeStore();
    await expect(store.write(() => store.write(async () => 1))).rejects.toThrow('inside a write');
    const leaked = await store.write(async (tx) => tx);
    await expect(leaked.db.selectFrom('counters').selectAll().execute()).rejects.toThrow('after its write had ended');
    // And the store still works.
    expect(await store.write((tx) => tx.next('after'))).toBe(1);
  });

  it('never lets its clock go back, and reads 64-bit figures as numbers', async () => {
    let time = Date.parse('2026-03-01T10:00:00.000Z');
    const store = await makeStore({ clock: { now: () => new Date(time) } });
    const first = await store.write(async (tx) => tx.now);
    time -= 86_400_000;
    const second = await store.write(async (tx) => tx.now);
    expect(second.getTime()).toBeGreaterThanOrEqual(first.getTime());
    await store.write(
      async (tx) =>
        void (await tx.db.insertInto('counters').values({ name: 'big', value: 9_000_000_000_001 }).execute()),
    );
    expect(await store.db.selectFrom('counters').select('value').where('name', '=', 'big').executeTakeFirst()).toEqual({
      value: 9_000_000_000_001,
    });
    expect(
      await store.db
        .selectFrom('counters')
        .select((eb) => eb.fn.countAll<number>().as('n'))
        .executeTakeFirst(),
    ).toEqual({ n: 1 });
  });
});

describe('a store in memory', () => {
  it('leaves nothing behind, closed or not', async () => {
    const script = `
      const { createSqliteStore } = await import(${JSON.stringify(new URL('./sqlite.ts', import.meta.url).href)});
      const closed = await createSqliteStore({ file: ':memory:' });
      const left = await createSqliteStore({ file: ':memory:' });
      await left.write((tx) => tx.next('n'));
      await closed.close();
      process.stdout.write(String((await import('node:fs')).readdirSync(process.env.TMPDIR).length));
      process.exit(0);`;
    const folder = mkdtempSync(join(tmpdir(), 'callweave-test-'));
    const output = execFileSync(
      process.execPath,
      ['--conditions=@callweave/source', '--disable-warning=ExperimentalWarning', '--input-type=module', '-e', script],
      {
        env: { ...process.env, TMPDIR: folder },
        encoding: 'utf8',
      },
    );
    expect(output).toBe('1');
    expect(readdirSync(folder)).toEqual([]);
    rmSync(folder, { recursive: true });
  });
});
