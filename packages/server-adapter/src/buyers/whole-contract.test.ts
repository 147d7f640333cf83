import { endpoints } from '@callweave/sdk/protocol';
import fc from 'fast-check';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import type { Store } from '../store/store.ts';
import { describeStores } from '../store/testing.ts';
import { createTestDesk } from '../testing/desk.ts';
import { inputNear } from '../testing/json-arbitrary.ts';
import { lets, lineFor, NOTHING, readAccessTable } from './testing/access-table.ts';

const table = readAccessTable();
const all = endpoints();

/** Kept by managers: what no buyer may write, whatever the table says. */
const MASTER = new Set([
  'accounts',
  'customers',
  'buyers',
  'devices',
  'deviceTypes',
  'checklists',
  'priceLists',
  'imports',
  'instruments',
]);
/** What a buyer does is one of these; each is of their own things alone. */
const DEEDS = ['submits', 'confirms', 'own session', 'sends back'];
/** Rows of master data; they must be the same after a buyer has tried everything. */
const MASTER_TABLES = [
  'customers',
  'customer_numbers',
  'customer_words',
  'buyers',
  'changes',
  'devices',
  'device_types',
] as const;

describe('the table of access in the docs', () => {
  it.each(all)('says of $name what the contract says', ({ name, endpoint }) => {
    const row = table.get(name);
    if (row === undefined)
      expect.fail(`docs/access.md does not know ${name}. Add this line to it:\n\n${lineFor(name, endpoint)}\n`);
    for (const role of ['buyer', 'technician'] as const)
      expect(
        row[role] !== NOTHING,
        `docs/access.md and the contract differ about ${name} for a ${role}. If the contract is right, the line is:\n\n${lineFor(name, endpoint)}\n`,
      ).toBe(lets(endpoint, role));
    if (row.buyer !== NOTHING && endpoint.method !== 'GET') {
      expect(DEEDS, `${name}: what a buyer does there is one of these words`).toContain(row.buyer);
      expect(MASTER.has(name.split('.')[0] ?? ''), `${name} would let a buyer edit master data`).toBe(false);
    }
    if (endpoint.method === 'GET') expect(['sees', NOTHING]).toContain(row.buyer);
  });

  it('names no operation that is gone', () => {
    const names = new Set(all.map(({ name }) => name));
    expect([...table.keys()].filter((name) => !names.has(name))).toEqual([]);
  });
});

describeStores('a token of a buyer and of a technician against every endpoint', (makeStore) => {
  it('opens what the table says, shows nothing of another buyer to a buyer, and edits no master data', {
    timeout: 240_000,
  }, async () => {
    const store = await makeStore();
    const desk = await createTestDesk(store);
    const manager = await desk.as('manager');
    const address = { city: 'Shiraz', street: 'Zand', building: '12' };
    const make = async (name: string, nationalCode: string, telephone: string) =>
      (await manager('POST', '/buyers', { name, nationalCode, telephone, operator: `Operator of ${name}`, address }))
        .body.customerId as string;
    const mine = await make('Sara', '0013542419', '09121234567');
    const theirs = await make('Khashayar Nobodyshouldknow', '0499370899', '09127654321');
    const secrets = ['Nobodyshouldknow', '0499370899', '+989127654321', theirs];
    const senders = { buyer: await desk.asBuyer(mine), technician: await desk.as('technician') };
    const before = await dump(store);
    const wrong = new Set<string>();
    let asked = 0;
    for (const { name, endpoint } of all) {
      // One that is missing in the table is told above, with the line it needs.
      if (['session.signOut', 'events.follow'].includes(name) || !table.has(name)) continue;
      const shape = z.toJSONSchema(endpoint.input, { io: 'input', unrepresentable: 'any' });
      const inputs = fc.sample(inputNear(shape as never, { customerId: [theirs, mine] }), { numRuns: 6, seed: 7 });
      for (const role of ['buyer', 'technician'] as const)
        for (const input of [{}, ...inputs]) {
          const { path, rest } = place(endpoint.path, input, theirs);
          const answer = await senders[role](
            endpoint.method,
            endpoint.method === 'GET' ? `${path}?customerId=${theirs}&subject=buyer:${theirs}&query=0499370899` : path,
            endpoint.method === 'GET' ? undefined : rest,
          );
          asked += 1;
          const refused = answer.code === 'not-allowed' && answer.text.includes('one of the roles');
          const unserved = answer.status === 405 || answer.text.includes('Nothing is at this path.');
          const open = (table.get(name)?.[role] ?? NOTHING) !== NOTHING;
          if (!unserved && open === refused) wrong.add(`${name} as ${role}: ${answer.status} ${answer.code ?? ''}`);
          if (role === 'buyer' && answer.status < 400)
            for (const secret of secrets)
              if (answer.text.includes(secret)) wrong.add(`${name} tells a buyer ${secret}`);
        }
    }
    expect([...wrong]).toEqual([]);
    expect(asked).toBeGreaterThan(all.length * 10);
    expect(await dump(store)).toEqual(before);
    await desk.stop();
  });
});

/** Other things of the one whose id stands in the path are asked for with an id that is nobody's. */
function place(template: string, input: unknown, customerId: string): { path: string; rest: unknown } {
  const path = template.replaceAll(/\{(\w+)\}/g, (_, key: string) =>
    key === 'customerId' ? customerId : `${key}_none`,
  );
  return { path, rest: input };
}

async function dump(store: Store): Promise<Record<string, string[]>> {
  const rows = MASTER_TABLES.map(async (name) => {
    const found = await sql<Record<string, unknown>>`select * from ${sql.id(name)}`.execute(store.db);
    return [name, found.rows.map((row) => JSON.stringify(row)).sort()] as const;
  });
  return Object.fromEntries(await Promise.all(rows));
}
