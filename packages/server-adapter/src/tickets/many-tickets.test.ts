import type { TicketFilter } from '@callweave/sdk/protocol';
import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import type { Store } from '../store/store.ts';
import { describeStores } from '../store/testing.ts';
import { countTickets, type Place, type SearchOptions, searchQuery } from './search.ts';
import { fillTickets, idOfTicket, ticketRow } from './testing/many-tickets.ts';

const TICKETS = 20_000;
const STAFF: SearchOptions = { standing: { side: 'staff' }, now: new Date('2028-06-01T00:00:00.000Z') };
const BUYER: SearchOptions = { ...STAFF, standing: { side: 'customer', customerId: 'customer_77' } };

describeStores(`${TICKETS} tickets`, (makeStore, dialect) => {
  let store: Store;
  beforeAll(async () => {
    store = await makeStore();
    await fillTickets(store, TICKETS);
    if (dialect === 'postgres') await sql`analyze`.execute(store.db);
  }, 300_000);

  /** How the database means to answer a search. */
  async function planOf(filter: TicketFilter, options: SearchOptions): Promise<string> {
    const middle = ticketRow(TICKETS / 2);
    const after = { due: middle.next_due ?? '', id: middle.id };
    const compiled = searchQuery(store.db, filter, { after, limit: 51 }, options).compile();
    const explain = dialect === 'postgres' ? 'explain ' : 'explain query plan ';
    const { rows } = await store.db.executeQuery({ ...compiled, sql: explain + compiled.sql });
    return rows.map((row) => Object.values(row as object).join(' ')).join('\n');
  }

  const searches: Record<string, [TicketFilter, SearchOptions?]> = {
    everything: [{}],
    'a state': [{ state: 'in-review' }],
    'open ones': [{ closed: false }],
    'a priority': [{ priority: 'urgent' }],
    'an assignee': [{ assigneeId: 'account_3' }],
    nobody: [{ assigneeId: 'nobody' }],
    'a customer': [{ customerId: 'customer_9' }],
    'a device': [{ deviceId: 'device_9' }],
    'late ones': [{ late: true }],
    'a state, a priority and an assignee': [{ state: 'open', priority: 'high', assigneeId: 'account_2' }],
    'a buyer’s own': [{}, BUYER],
    'a buyer’s open ones': [{ closed: false }, BUYER],
  };

  test.each(Object.keys(searches))('%s: read along an index, in its order', async (name) => {
    const [filter = {}, options = STAFF] = searches[name] ?? [];
    const plan = await planOf(filter, options);
    if (dialect === 'postgres') {
      expect(plan).toMatch(/Index/);
      expect(plan).not.toMatch(/Seq Scan/);
    } else {
      expect(plan).toMatch(/USING (COVERING )?INDEX/);
      expect(plan).not.toMatch(/TEMP B-TREE/);
    }
  });

  test.each([
    ['a word', { query: 'machine4321' }],
    ['the number', { query: '4322' }],
    ['two words', { query: 'print machine77' }],
  ])('%s: found by an index', async (_, filter) => {
    const plan = await planOf(filter, STAFF);
    expect(plan).not.toMatch(/Seq Scan|SCAN ticket_words/);
    expect(plan).toMatch(/ticket_words/);
  });

  async function all(filter: TicketFilter, options = STAFF): Promise<string[]> {
    const ids: string[] = [];
    let after: Place | undefined;
    do {
      const page = await searchQuery(store.db, filter, { after, limit: 200 }, options).execute();
      ids.push(...page.map(({ id }) => id));
      const last = page.at(-1);
      after = last && { due: last.next_due ?? '', id: last.id };
    } while (after !== undefined);
    return ids;
  }

  test('page by page each is found, and once', async () => {
    expect(await countTickets(store.db, {}, STAFF)).toBe(TICKETS);
    const urgent = await all({ priority: 'urgent' });
    expect([urgent.length, new Set(urgent).size]).toEqual([TICKETS / 4, TICKETS / 4]);
    expect(urgent).toEqual([...urgent].sort().reverse());
    const late = await all({ late: true });
    expect(late).toHaveLength(await countTickets(store.db, { late: true }, STAFF));
    expect(late).toEqual([...late].sort());
    expect(await all({}, BUYER)).toHaveLength(TICKETS / 500);
    expect(await all({ customerId: 'customer_9' }, BUYER)).toEqual([]);
    expect(await all({ query: 'machine4321' })).toEqual([idOfTicket(4321)]);
    expect(await all({ query: 'MACHINE4321 cable' })).toEqual([idOfTicket(4321)]);
    expect(await all({ query: 'machine4321 noise' })).toEqual([]);
  }, 60_000);
});
