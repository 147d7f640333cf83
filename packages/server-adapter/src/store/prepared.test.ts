import { expect, it } from 'vitest';
import { prepared, preparedList } from './prepared.ts';
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

  it('answer for lists of any length', async () => {
    const store = await makeStore();
    const names = Array.from({ length: 60 }, (_, index) => `n${String(index).padStart(2, '0')}`);
    await store.write((tx) =>
      tx.db
        .insertInto('counters')
        .values(names.map((name, value) => ({ name, value })))
        .execute(),
    );
    const find = preparedList((db, wanted) =>
      db.selectFrom('counters').select('value').where('name', 'in', wanted).where('value', '>=', 1).orderBy('value'),
    );
    expect(await find(store.db, ['n02', 'n00', 'n01'])).toEqual([{ value: 1 }, { value: 2 }]);
    expect(await find(store.db, ['n05', 'n04', 'n03'])).toEqual([{ value: 3 }, { value: 4 }, { value: 5 }]);
    expect(await find(store.db, ['n07'])).toEqual([{ value: 7 }]);
    expect(await find(store.db, names)).toHaveLength(59);
  });
});
