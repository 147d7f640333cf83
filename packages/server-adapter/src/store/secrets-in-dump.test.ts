import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { createTestDesk, PASSWORD } from '../testing/desk.ts';
import { describeStores } from './testing.ts';

const ANSWERS = ['Baghshah street', 'دبستان سعدی', '۱۳۵۷'];
const FOLDED = ['baghshahstreet', 'دبستانسعدی', 'baghshah street'];

describeStores('promise 7: secrets in a dump', (makeStore) => {
  it('holds no password, answer, PIN or session, also not in idempotency, events or ledger', async () => {
    const store = await makeStore();
    const desk = await createTestDesk(store);
    const manager = await desk.as('manager');
    const created = await manager('POST', '/customers', {
      name: 'زهرا کریمی',
      kind: 'both',
      nationalCode: '0013542419',
      numbers: ['09121234567'],
      questions: ANSWERS.map((answer, i) => ({ text: `Question ${i}`, answer })),
    });
    expect(created.status).toBe(200);
    await manager('PUT', `/customers/${created.body.id}/questions`, {
      questions: ANSWERS.map((answer, i) => ({ text: `Other ${i}`, answer })),
    });
    await manager('POST', '/accounts', {
      username: 'dara',
      password: 'unguessable words',
      name: 'Dara',
      roles: ['agent'],
    });
    await desk.anyone('POST', '/session', { username: 'dara', password: 'unguessable words' });
    await desk.anyone('POST', '/session', { username: 'dara', password: 'mistyped words' });

    let dump = '';
    const { rows: tables } = await (store.dialect === 'sqlite'
      ? sql<{ name: string }>`select name from sqlite_master where type = 'table'`.execute(store.db)
      : sql<{
          name: string;
        }>`select table_name as name from information_schema.tables where table_schema = 'public'`.execute(store.db));
    expect(tables.length).toBeGreaterThan(15);
    for (const { name } of tables) {
      const { rows } = await sql`select * from ${sql.id(name)}`.execute(store.db);
      dump += JSON.stringify(rows);
    }
    expect(dump).toContain('زهرا');
    const secrets = [
      PASSWORD,
      'unguessable words',
      'mistyped words',
      ...ANSWERS,
      ...FOLDED,
      manager.cookie.split('=')[1] ?? 'no cookie',
    ];
    for (const secret of secrets) expect(dump.includes(secret), `the dump holds "${secret}"`).toBe(false);
    // The initial PIN is known to all; its hash must not be the same for two customers.
    const second = await manager('POST', '/customers', {
      name: 'Second',
      kind: 'both',
      nationalCode: '0499370899',
      numbers: ['09121234568'],
    });
    const pins = await store.db
      .selectFrom('customers')
      .select('pin_hash')
      .where('id', 'in', [created.body.id, second.body.id])
      .execute();
    expect(new Set(pins.map(({ pin_hash }) => pin_hash)).size).toBe(2);
    expect(JSON.stringify(desk.logged)).not.toMatch(/unguessable|mistyped|Baghshah/);
    await desk.stop();
  });
});
