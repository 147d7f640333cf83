import { IRAN } from '@callweave/sdk/protocol';
import { CompiledQuery, SqliteQueryCompiler } from 'kysely';
import { describe, expect, test } from 'vitest';
import type { Store } from '../store/store.ts';
import { sqliteStores } from '../store/testing.ts';
import { embeddedDirectory } from './embedded-directory.ts';
import { indexedWordsOf } from './name-words.ts';

const COUNT = 20_000;
const FIRST = ['زهرا', 'محمدرضا', 'علی', 'مریم', 'حسین', 'فاطمه', 'رضا', 'سارا'];
const LAST = ['کریمی', 'یزدی', 'حسینی', 'احمدی', 'مرادی', 'جعفری', 'نوری'];

/** Straight into the tables: the point is the search, and twenty thousand keyed hashes would take minutes. */
async function fill(store: Store): Promise<void> {
  for (let from = 0; from < COUNT; from += 500) {
    await store.write(async (tx) => {
      const rows = Array.from({ length: 500 }, (_, index) => {
        const number = from + index;
        return {
          id: `customer_${number}`,
          username: String(10_000 + number),
          name: `${FIRST[number % FIRST.length]} ${LAST[number % LAST.length]}${number % 997}`,
          number,
        };
      });
      await tx.db
        .insertInto('customers')
        .values(
          rows.map(({ id, username, name, number }) => ({
            id,
            username,
            name,
            name_folded: name,
            kind: 'both',
            national_code: String(number).padStart(10, '0'),
            first_responder: null,
            second_responder: null,
            contract_signed_on: null,
            pin_hash: null,
            pin_state: 'none',
            failures: 0,
            locked: 0,
            locale: 'fa',
            branch: '',
            created_at: '',
            updated_at: '',
            origin: 'own',
          })),
        )
        .execute();
      await tx.db
        .insertInto('customer_numbers')
        .values(
          rows.map(({ id, number }) => ({
            customer_id: id,
            number: `+98912${String(number).padStart(7, '0')}`,
            position: 0,
          })),
        )
        .execute();
      await tx.db
        .insertInto('customer_words')
        .values(rows.flatMap(({ id, name }) => indexedWordsOf(name).map((word) => ({ customer_id: id, word }))))
        .execute();
    });
  }
}

describe('finding one of twenty thousand customers', () => {
  const makeStore = sqliteStores();

  test('is answered from indexes, in a moment', async () => {
    const store = await makeStore();
    await fill(store);
    const asked: CompiledQuery[] = [];
    const listening = store.db.withPlugin({
      transformQuery: ({ node, queryId }) => {
        asked.push(new SqliteQueryCompiler().compileQuery(node, queryId));
        return node;
      },
      transformResult: async ({ result }) => result,
    });
    const directory = embeddedDirectory({ ...store, db: listening }, IRAN);
    const queries: [string, string][] = [
      ['۰۹۱۲ ۰۰۱ ۲۳۴۵', 'customer_12345'],
      ['22345', 'customer_12345'],
      [`${FIRST[12345 % 8]} ${LAST[12345 % 7]}${12345 % 997}`, 'customer_12345'],
      [`${LAST[12345 % 7]}${12345 % 997}`, 'customer_12345'],
    ];
    for (const [query, id] of queries) {
      const started = performance.now();
      const found = await directory.search(query, 20);
      const ms = performance.now() - started;
      expect(found.map((customer) => customer.id)).toContain(id);
      // A scan of all names takes some hundred times longer; the bound is wide for a busy machine.
      expect({ query, fast: ms < 100 }).toEqual({ query, fast: true });
    }
    await directory.findByNumber('+989120012345');
    await directory.findById('customer_1');
    await directory.servedBy?.('account_a');
    // The very queries that were asked, as SQLite plans them with their parameters unknown.
    expect(asked.length).toBeGreaterThan(queries.length);
    const scansOf = async (text: string, parameters: readonly unknown[] = []) => {
      const explain = CompiledQuery.raw(`explain query plan ${text}`, [...parameters]);
      const { rows } = await store.db.executeQuery<{ detail: string }>(explain);
      return rows.map(({ detail }) => detail).filter((detail) => detail.startsWith('SCAN'));
    };
    for (const { sql: text, parameters } of asked) {
      expect({ text, scans: await scansOf(text, parameters) }).toEqual({ text, scans: [] });
    }
    // And a scan would show.
    expect(await scansOf("select * from customers where branch = 'x'")).toEqual(['SCAN customers']);
  });
});
