import { type CallFilter, IRAN } from '@callweave/sdk/protocol';
import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import type { Store } from '../store/store.ts';
import { describeStores } from '../store/testing.ts';
import { countCalls, searchCalls, searchQuery } from './search.ts';
import { fillHistory, historyRow } from './testing/large-history.ts';

const CALLS = 100_000;
const OPTIONS = { plan: IRAN, timeZone: 'Asia/Tehran' };

describeStores('a history of 100,000 calls', (makeStore, dialect) => {
  let store: Store;
  beforeAll(async () => {
    store = await makeStore();
    await fillHistory(store, CALLS);
    if (dialect === 'postgres') await sql`analyze`.execute(store.db);
  }, 300_000);

  /** How the database means to answer a search. */
  async function planOf(filter: CallFilter, ownOf?: string): Promise<string> {
    const after = { startedAt: historyRow(CALLS / 2).started_at, id: historyRow(CALLS / 2).call_id };
    const compiled = searchQuery(
      store.db,
      filter,
      { after, limit: 51 },
      { ...OPTIONS, ...(ownOf && { ownOf }) },
    ).compile();
    const explain = dialect === 'postgres' ? 'explain ' : 'explain query plan ';
    const { rows } = await store.db.executeQuery({ ...compiled, sql: explain + compiled.sql });
    return rows.map((row) => Object.values(row as object).join(' ')).join('\n');
  }

  const searches: Record<string, CallFilter> = {
    nothing: {},
    'an agent': { agentId: 'account_7' },
    'a customer': { customerId: 'customer_77' },
    'a queue': { queueId: 'sales' },
    'an outcome': { outcome: 'missed' },
    'a tag': { tag: 'complaint' },
    'a tag and an agent': { tag: 'vip', agentId: 'account_3' },
    'some days': { from: '2026-02-01', to: '2026-02-03' },
    'a whole number': { number: '0912 000 7919' },
  };

  test.each(Object.keys(searches))('%s: read along an index, in its order', async (name) => {
    const plan = await planOf(searches[name] ?? {});
    if (dialect === 'postgres') {
      expect(plan).toMatch(/Index/);
      expect(plan).not.toMatch(/Seq Scan/);
    } else {
      expect(plan).toMatch(/USING (COVERING )?INDEX/);
      expect(plan).not.toMatch(/TEMP B-TREE/);
    }
  });

  test.each([
    ['the last digits', { number: '7919' }],
    ['the first digits', { number: '0912000' }],
  ])('%s: found by an index, then put in order', async (_name, filter) => {
    const plan = await planOf(filter);
    expect(plan).toMatch(
      dialect === 'postgres' ? /Index/ : /USING (COVERING )?INDEX call_history_by_(reversed_)?number/,
    );
    expect(plan).not.toMatch(/Seq Scan/);
  });

  test('all of it is found, whole and page by page', async () => {
    expect(await countCalls(store.db, {}, OPTIONS)).toBe(CALLS);
    expect(await countCalls(store.db, { outcome: 'missed' }, OPTIONS)).toBe(CALLS / 5);
    const wanted = historyRow(4321);
    expect(await searchCalls(store.db, { number: wanted.number }, { limit: 10 }, OPTIONS)).toContainEqual({
      startedAt: wanted.started_at,
      id: wanted.call_id,
    });
    let seen = 0;
    let after: Awaited<ReturnType<typeof searchCalls>>[number] | undefined;
    do {
      const page = await searchCalls(store.db, { agentId: 'account_5' }, { after, limit: 200 }, OPTIONS);
      for (const { startedAt } of page) expect(after === undefined || startedAt <= after.startedAt).toBe(true);
      seen += page.length;
      after = page.at(-1);
    } while (after !== undefined);
    expect(seen).toBe(CALLS / 40);
  }, 60_000);
});
