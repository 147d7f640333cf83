import { setTimeout as sleep } from 'node:timers/promises';
import type { Role } from '@callweave/sdk/protocol';
import { expect, it } from 'vitest';
import type { Caller } from '../http/operation.ts';
import { createPostgresStore } from '../store/postgres.ts';
import type { Audience, Store } from '../store/store.ts';
import { describeStores } from '../store/testing.ts';
import { createTestDesk } from '../testing/desk.ts';
import { type EventSink, FanOut } from './fan-out.ts';

const clock = { now: () => new Date() };
const caller = (accountId: string, ...roles: Role[]): Caller => ({ accountId, name: '', roles, branch: '' });
const publish = (store: Store, id: string, audience: Audience) =>
  store.write((tx) => tx.publish({ type: 'order-removed', data: { id } }, audience));

/** A page that keeps what it gets, as an EventSource would. */
class Page {
  lastId: number | undefined;
  readonly got: { seq: number; type: string; id?: string }[] = [];
  ended = false;
  stuck = 0;
  #stop: () => void = () => {};
  readonly #fanOut: FanOut;
  readonly #who: Caller;
  allowed = true;

  constructor(fanOut: FanOut, who: Caller) {
    this.#fanOut = fanOut;
    this.#who = who;
  }

  connect(after = this.lastId): this {
    this.ended = false;
    const sink: EventSink = {
      write: (bytes) => this.#read(Buffer.from(bytes).toString()),
      pending: () => this.stuck,
      end: () => {
        this.ended = true;
      },
    };
    const { stop } = this.#fanOut.follow({ caller: this.#who, after, stillAllowed: async () => this.allowed }, sink);
    this.#stop = stop;
    return this;
  }

  cut(): void {
    this.#stop();
  }

  #read(text: string): void {
    for (const block of text.split('\n\n')) {
      const id = /^id: (\d+)$/m.exec(block)?.[1];
      if (id !== undefined) this.lastId = Number(id);
      const data = /^data: (.*)$/m.exec(block)?.[1];
      if (data === undefined) continue;
      const event = JSON.parse(data) as { seq: number; type: string; data: { id?: string } };
      expect(event.seq).toBe(this.lastId);
      this.got.push({ seq: event.seq, type: event.type, ...event.data });
    }
  }
}

async function until(holds: () => boolean): Promise<void> {
  for (let i = 0; i < 1_000 && !holds(); i += 1) await sleep(5);
  expect(holds()).toBe(true);
}

describeStores('events', (makeStore, dialect) => {
  it('resumes 1,000 cut connections without a gap and without repeating', async () => {
    const store = await makeStore();
    let fanOut = new FanOut(store, clock);
    await fanOut.start();
    // Every tenth page is an agent, the others watch events of their own account alone.
    const pages = Array.from({ length: 1_000 }, (_, i) =>
      new Page(fanOut, caller(`a${i}`, ...(i % 10 === 0 ? (['agent'] as const) : []))).connect(),
    );
    let published = 0;
    const writing = (async () => {
      for (let round = 0; round < 60; round += 1) {
        await Promise.all(
          Array.from({ length: 5 }, async (_, k) => {
            const own: Audience = k === 0 ? ['role:agent'] : [`account:a${(round * 5 + k) % 1_000}`, 'role:agent'];
            await publish(store, `e${round}-${k}`, own);
            published += 1;
          }),
        );
        await sleep(1);
      }
    })();
    // Meanwhile every connection is cut several times, at any moment, and comes back by its last id.
    for (let i = 0; i < 4_000; i += 1) {
      const page = pages[(i * 7) % 1_000] as Page;
      page.cut();
      if (i % 40 === 0) await sleep(1);
      page.connect();
    }
    await writing;
    const events = await store.db.selectFrom('events').select(['seq', 'audience']).orderBy('seq').execute();
    expect(events).toHaveLength(published);
    const agents = pages.filter((_, i) => i % 10 === 0);
    await until(() => agents.every(({ got }) => got.length === published));
    for (const [i, page] of pages.entries()) {
      const expected = events
        .filter(
          ({ audience }) => (i % 10 === 0 && audience.includes('role:agent')) || audience.includes(`"account:a${i}"`),
        )
        .map(({ seq }) => seq);
      expect(page.got.map(({ seq }) => seq)).toEqual(expected);
    }
    // A restart keeps the sequence.
    await fanOut.stop();
    fanOut = new FanOut(store, clock);
    await fanOut.start();
    const page = new Page(fanOut, caller('x', 'agent')).connect(published - 3);
    await publish(store, 'after', ['role:agent']);
    await until(() => page.got.length === 4);
    expect(page.got.map(({ seq }) => seq)).toEqual([published - 2, published - 1, published, published + 1]);
    await fanOut.stop();
  });

  it('asks a page to load anew when what it missed is gone, or its id is from the future', async () => {
    const store = await makeStore();
    const fanOut = new FanOut(store, clock);
    for (let i = 0; i < 5; i += 1) await publish(store, `e${i}`, ['role:agent']);
    await store.write((tx) => tx.db.deleteFrom('events').where('seq', '<', 4).execute());
    await fanOut.start();
    const old = new Page(fanOut, caller('a', 'agent')).connect(1);
    const future = new Page(fanOut, caller('b', 'agent')).connect(99);
    const fresh = new Page(fanOut, caller('c', 'agent')).connect(3);
    await until(() => old.got.length === 1 && future.got.length === 1 && fresh.got.length === 2);
    expect(old.got).toMatchObject([{ type: 'reset', seq: 5 }]);
    expect(future.got).toMatchObject([{ type: 'reset', seq: 5 }]);
    expect(fresh.got.map(({ seq }) => seq)).toEqual([4, 5]);
    await publish(store, 'new', ['role:agent']);
    await until(() => [old, future, fresh].every((page) => page.got.at(-1)?.seq === 6));
    await fanOut.stop();
  });

  it('keeps events from those they are not for, and cuts who takes nothing or lost their role', async () => {
    const store = await makeStore();
    const desk = await createTestDesk(store);
    const fanOut = new FanOut(store, clock);
    await fanOut.start();
    const dealer = await desk.as('dealer');
    const manager = await desk.as('manager');
    const [page, other] = [
      new Page(fanOut, caller(dealer.accountId, 'dealer')).connect(),
      new Page(fanOut, caller('other', 'buyer')).connect(),
    ];
    await publish(store, 'floor', ['role:dealer']);
    await until(() => page.got.some(({ id }) => id === 'floor'));
    await manager('PATCH', `/accounts/${dealer.accountId}`, { roles: ['agent'] });
    await until(() => page.ended);
    const slow = new Page(fanOut, caller('slow', 'agent')).connect();
    slow.stuck = 2_000_000;
    await publish(store, 'heavy', ['role:agent']);
    await until(() => slow.ended);
    expect(other.got).toEqual([]);
    await fanOut.stop();
    await desk.stop();
  });

  it('moves a page on past events that were not for it, and cuts one whose sign-in ended', async () => {
    const store = await makeStore();
    const fanOut = new FanOut(store, clock, 20);
    await fanOut.start();
    const page = new Page(fanOut, caller('a', 'buyer')).connect();
    for (let i = 0; i < 3; i += 1) await publish(store, `e${i}`, ['role:dealer']);
    await until(() => page.lastId === 3);
    expect(page.got).toEqual([]);
    expect(page.ended).toBe(false);
    page.allowed = false;
    await until(() => page.ended);
    expect(fanOut.size).toBe(0);
    await fanOut.stop();
  });

  it('streams over fetch: resumes by header, refuses nonsense, needs a sign-in', async () => {
    const store = await makeStore();
    const desk = await createTestDesk(store);
    const agent = await desk.as('agent');
    for (let i = 0; i < 3; i += 1) await publish(store, `e${i}`, [`account:${agent.accountId}`]);
    const [last] = await store.db.selectFrom('events').select('seq').orderBy('seq', 'desc').limit(1).execute();
    const follow = (headers: Record<string, string>, query = '') =>
      desk.adapter.fetch(
        new Request(`http://desk.test/callweave/events${query}`, { headers: { cookie: agent.cookie, ...headers } }),
      );
    const response = await follow({ 'last-event-id': String((last?.seq ?? 0) - 1) }, '?after=1');
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    const reader = response.body?.getReader() as ReadableStreamDefaultReader<Uint8Array>;
    let text = '';
    while (!text.includes('event:')) text += Buffer.from((await reader.read()).value ?? []).toString();
    expect(text).toMatch(/^retry: 1000\nid: \d+\n\n/);
    expect(text).toContain('"data":{"id":"e2"}');
    expect(text).not.toContain('"id":"e1"');
    await publish(store, 'live', [`account:${agent.accountId}`]);
    text = '';
    while (!text.includes('live')) text += Buffer.from((await reader.read()).value ?? []).toString();
    await reader.cancel();
    expect((await follow({ 'last-event-id': 'x' })).status).toBe(400);
    expect((await follow({ cookie: 'callweave_session=none' })).status).toBe(401);
    await desk.stop();
    expect((await follow({})).status).toBe(503);
  });

  // SQLite is for one process by design.
  if (dialect === 'postgres')
    it('reaches the pages of other processes in order, on one chain', async () => {
      const store = await makeStore();
      const { rows } = await import('kysely').then(({ sql }) =>
        sql<{ name: string }>`select current_database() as name`.execute(store.db),
      );
      const url = new URL((await import('vitest')).inject('postgres' as never)['url']);
      url.pathname = `/${rows[0]?.name}`;
      const second = await createPostgresStore({ url: url.href, connections: 3 });
      const fanOuts = [new FanOut(store, clock), new FanOut(second, clock)];
      await Promise.all(fanOuts.map((each) => each.start()));
      const pages = fanOuts.map((each) => new Page(each, caller('a', 'agent')).connect(0));
      await Promise.all(
        Array.from({ length: 100 }, (_, i) => publish(i % 2 === 0 ? store : second, `e${i}`, ['role:agent'])),
      );
      await until(() => pages.every(({ got }) => got.length === 100));
      for (const page of pages)
        expect(page.got.map(({ seq }) => seq)).toEqual(Array.from({ length: 100 }, (_, i) => i + 1));
      const { findChainBreak } = await import('../evidence/ledger.ts');
      await Promise.all(
        Array.from({ length: 50 }, (_, i) =>
          (i % 2 === 0 ? store : second).write((tx) => tx.record({ actor: 'a', action: 'x', subject: `s:${i}` })),
        ),
      );
      const ledger = await store.db.selectFrom('ledger').selectAll().orderBy('seq').execute();
      expect(ledger).toHaveLength(50);
      expect(findChainBreak(ledger)).toBeUndefined();
      await Promise.all(fanOuts.map((each) => each.stop()));
      await second.close();
    });
});
