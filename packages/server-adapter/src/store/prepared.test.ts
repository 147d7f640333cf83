import { expect, it } from 'vitest';
import { prepared } from './prepared.ts';
import { describeStores } from './testing.ts';

describeStores('prepared queries', (makeStore) => {
  it('answer like the query that they were built from, with constants and parameters in any order', async () => {
    const store = await makeStore();
    for (const name of ['a', 'b', 'c'])
      await store.write((tx) =>
        tx.db
          .insertInto('counters')
          .values({ name, value: name.charCodeAt(0) })
          .execute(),
      );
    const find = prepared((db, p) =>
      db
        .selectFrom('counters')
        .select('name')
        .where('value', '>', 97)
        .where('name', '<>', p(1))
        .where('value', '<', p(0))
        .orderBy('name'),
    );
    expect(await find(store.db, 1_000, 'c')).toEqual([{ name: 'b' }]);
    expect(await find(store.db, 1_000, 'b')).toEqual([{ name: 'c' }]);
    const insert = prepared((db, p) =>
      db
        .insertInto('counters')
        .values({ name: p(0), value: p(1) })
        .returning('value'),
    );
    expect(await store.write((tx) => insert(tx.db, 'd', 7))).toEqual([{ value: 7 }]);
    await expect(store.write((tx) => insert(tx.db, 'd', 8))).rejects.toThrow();
    expect(await store.db.selectFrom('counters').select('value').where('name', '=', 'd').execute()).toEqual([
      { value: 7 },
    ]);
  });
});
