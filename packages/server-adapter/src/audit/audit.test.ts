import { expect, it } from 'vitest';
import { describeStores } from '../store/testing.ts';
import { createTestDesk } from '../testing/desk.ts';
import { changesBetween, recordChange } from './index.ts';

it('finds the fields that differ, structures by value, and what was not there before as null', () => {
  const before = { city: 'Shiraz', numbers: ['+989121234567'], operator: 'Sara' };
  const after = { city: 'Tehran', numbers: ['+989121234567'], operator: 'Sara' };
  expect(changesBetween(before, after, ['city', 'numbers', 'operator'])).toEqual({
    city: { from: 'Shiraz', to: 'Tehran' },
  });
  expect(changesBetween(undefined, after, ['city'])).toEqual({ city: { from: null, to: 'Tehran' } });
});

describeStores('the field-level audit', (makeStore) => {
  it('tells managers who changed what, newest first, page by page; the chain holds no value', async () => {
    const store = await makeStore();
    const desk = await createTestDesk(store);
    const manager = await desk.as('manager');
    for (const [from, to] of [
      ['Shiraz', 'Tabriz'],
      ['Tabriz', 'Tehran'],
      ['Tehran', 'Tehran'],
    ] as const)
      await store.write((tx) =>
        recordChange(tx, {
          actor: manager.accountId,
          subject: 'device:one',
          changes: changesBetween<{ city: string }>({ city: from }, { city: to }, ['city']),
          reason: 'moved house',
        }),
      );
    const first = await manager('GET', '/changes?subject=device:one&limit=1');
    expect(first.body).toMatchObject({
      more: true,
      entries: [
        {
          actorName: 'The manager',
          changes: { city: { from: 'Tabriz', to: 'Tehran' } },
          reason: 'moved house',
          intact: true,
        },
      ],
    });
    const rest = await manager('GET', `/changes?subject=device:one&before=${first.body.entries[0].id}`);
    expect(rest.body).toMatchObject({
      more: false,
      entries: [{ changes: { city: { from: 'Shiraz', to: 'Tabriz' } } }],
    });
    expect(JSON.stringify(await store.db.selectFrom('ledger').selectAll().execute())).not.toContain('Tabriz');
    expect((await (await desk.as('agent'))('GET', '/changes?subject=device:one')).code).toBe('not-allowed');
    await desk.stop();
  });

  it('shows that a kept value was altered in the database', async () => {
    const store = await makeStore();
    const desk = await createTestDesk(store);
    const manager = await desk.as('manager');
    await store.write((tx) =>
      recordChange(tx, { actor: 'system', subject: 'device:two', changes: { serial: { from: 'A', to: 'B' } } }),
    );
    await store.write((tx) =>
      tx.db
        .updateTable('changes')
        .set({ changes: '{"serial":{"from":"A","to":"C"}}' })
        .where('subject', '=', 'device:two')
        .execute(),
    );
    const { body } = await manager('GET', '/changes?subject=device:two');
    expect(body.entries[0]).toMatchObject({ intact: false, actor: 'system', actorName: null });
    await desk.stop();
  });
});
