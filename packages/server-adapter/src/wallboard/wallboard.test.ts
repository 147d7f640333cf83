import { type Call, contract, type Presence, type Wallboard } from '@callweave/sdk/protocol';
import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { agentNamed, publishCalls, sampleCall } from '../calls/testing/sample-call.ts';
import { callerOf, read } from '../http/testing/invoke.ts';
import type { Store } from '../store/store.ts';
import { describeStores } from '../store/testing.ts';
import { contributionOf, DEFAULT_SERVICE_GOAL, FIGURES } from './contribution.ts';
import { createWallboard, type WallboardDomain } from './index.ts';

const NOW = new Date('2026-11-22T12:00:00.000Z');
const BRANCHES: Record<string, string> = { mina: 'Tehran', hamid: 'Tehran', jana: 'Praha' };
const at = (seconds: number) => new Date(Date.parse('2026-11-22T09:00:00.000Z') + seconds * 1000).toISOString();

/** Calls with a few events of their life: what is true at each. */
const life = {
  rings: (id: string, changes: Partial<Call> = {}) => sampleCall({ id, ...changes }),
  answered: (id: string, after: number, agent = 'mina', changes: Partial<Call> = {}) =>
    sampleCall({ id, state: 'answered', outcome: null, agent: agentNamed(agent), answeredAt: at(after), ...changes }),
  over: (id: string, after: number, agent = 'mina', changes: Partial<Call> = {}) =>
    sampleCall({
      id,
      state: 'ended',
      outcome: 'answered',
      agent: agentNamed(agent),
      answeredAt: at(after),
      endedAt: at(after + 60),
      ...changes,
    }),
  lost: (id: string, outcome: 'abandoned' | 'missed' | 'callback', after: number, changes: Partial<Call> = {}) =>
    sampleCall({ id, state: 'ended', outcome, endedAt: at(after), ...changes }),
};

describeStores('wallboard', (makeStore) => {
  const running: WallboardDomain[] = [];
  afterEach(() => Promise.all(running.splice(0).map((domain) => domain.stop())));

  async function start(store: Store, changes: { now?: Date; presences?: Presence[] } = {}) {
    const errors: unknown[] = [];
    const clock = { now: () => changes.now ?? NOW };
    const domain = createWallboard({
      store,
      clock,
      timeZone: 'Asia/Tehran',
      queues: [{ id: 'sales', names: { en: 'Sales', fa: 'فروش', cs: 'Prodej' } }],
      branchOf: async (_db, accountId) => BRANCHES[accountId],
      presences: async () => changes.presences ?? [],
      onError: (error) => errors.push(error),
    });
    running.push(domain);
    await domain.start();
    const board = async (): Promise<Wallboard> => {
      await domain.caughtUp();
      expect(errors).toEqual([]);
      return read(contract.wallboard.get, domain.operations.wallboard.get, {}, callerOf('boss', 'supervisor'));
    };
    return { domain, board, clock };
  }

  test('follows calls from the first ring: waiting, talking, answered in time or late, lost', async () => {
    const store = await makeStore();
    const { board } = await start(store);
    await publishCalls(store, life.rings('a'), life.rings('b', { startedAt: at(30) }));
    expect((await board()).total).toMatchObject({ waiting: 2, longestSince: at(0), offered: 2, serviceLevel: null });

    await publishCalls(store, life.answered('a', 10));
    expect((await board()).total).toMatchObject({
      waiting: 1,
      longestSince: at(30),
      talking: 1,
      answered: 1,
      answeredInTime: 1,
    });

    await publishCalls(
      store,
      life.over('a', 10),
      life.answered('b', 75, 'jana', { startedAt: at(30) }),
      life.lost('c', 'abandoned', 90),
      life.lost('d', 'abandoned', 3),
      life.lost('e', 'missed', 60),
      life.lost('f', 'callback', 60),
    );
    const { total, day, branches } = await board();
    expect(day).toBe('2026-11-22');
    expect(total).toEqual({
      waiting: 0,
      longestSince: null,
      talking: 1,
      offered: 6,
      answered: 2,
      answeredInTime: 1,
      abandoned: 2,
      abandonedEarly: 1,
      missed: 1,
      callbacks: 1,
      // One in time, of two answered, one missed, and one who gave up late.
      serviceLevel: 0.25,
      averageWait: 27.5,
      outbound: 0,
      outboundAnswered: 0,
    });
    expect(branches.map(({ branch, figures }) => [branch, figures.answered])).toEqual([
      ['Praha', 1],
      ['Tehran', 1],
    ]);
  });

  test('a call keeps the queue that it came through, and moves to the branch that answers', async () => {
    const store = await makeStore();
    const { board } = await start(store);
    const waiting = { queueId: 'sales', position: 1, since: at(5) };
    const routing = [{ order: 'group', accountId: 'jana', name: 'Jana', result: 'ringing', at: at(5) }] as const;
    await publishCalls(store, life.rings('a', { state: 'queued', waiting, routing: [...routing] }));
    const before = await board();
    expect(before.queues).toMatchObject([
      { queueId: 'sales', figures: { waiting: 1, longestSince: at(5), offered: 1 } },
    ]);
    expect(before.branches).toMatchObject([{ branch: 'Praha', figures: { waiting: 1, offered: 1 } }]);
    await publishCalls(store, life.answered('a', 15, 'mina', { routing: [...routing] }));
    const after = await board();
    expect(after.queues).toMatchObject([{ queueId: 'sales', figures: { waiting: 0, offered: 1, answered: 1 } }]);
    expect(after.branches.map(({ branch, figures }) => [branch, figures.offered])).toEqual([
      ['Praha', 0],
      ['Tehran', 1],
    ]);
    expect(after.total).toMatchObject({ offered: 1, answered: 1 });
  });

  test('calls that go out are counted apart, those of field callers not at all', async () => {
    const store = await makeStore();
    const { board } = await start(store);
    await publishCalls(
      store,
      life.over('a', 5, 'mina', { direction: 'outbound' }),
      sampleCall({
        id: 'b',
        direction: 'outbound',
        state: 'ended',
        outcome: 'no-answer',
        agent: agentNamed('mina'),
        endedAt: at(30),
      }),
      life.answered('c', 5, 'mina', { kind: 'virtual' }),
    );
    expect((await board()).total).toMatchObject({
      outbound: 2,
      outboundAnswered: 1,
      offered: 0,
      answered: 0,
      talking: 0,
    });
  });

  test('agents by state and branch; who is there at start is asked, then followed', async () => {
    const store = await makeStore();
    const presence = (accountId: string, state: Presence['state']): Presence => ({
      accountId,
      name: accountId,
      state,
      since: at(0),
      reason: null,
      ready: true,
      doNotDisturb: false,
      declaredAt: null,
      declaredBy: null,
      phone: 'registered',
      callId: null,
      wrapUp: null,
    });
    const { board } = await start(store, {
      presences: [presence('mina', 'ready'), presence('hamid', 'ready'), presence('jana', 'offline')],
    });
    expect((await board()).agents).toMatchObject({ ready: 2, offline: 1, busy: 0 });
    await store.write((tx) => tx.publish({ type: 'presence', data: presence('mina', 'busy') }, ['role:supervisor']));
    const { agents, branches } = await board();
    expect(agents).toMatchObject({ ready: 1, busy: 1, offline: 1 });
    expect(branches.map(({ branch, agents: each }) => [branch, each.ready, each.busy, each.offline])).toEqual([
      ['Praha', 0, 0, 1],
      ['Tehran', 1, 1, 0],
    ]);
  });

  test('yesterday is over at midnight where the market is', async () => {
    const store = await makeStore();
    // 23:50 and 00:10 in Tehran.
    const late = { startedAt: '2026-11-22T20:20:00.000Z', answeredAt: '2026-11-22T20:20:05.000Z' };
    const early = { startedAt: '2026-11-22T20:40:00.000Z', answeredAt: '2026-11-22T20:40:05.000Z' };
    await publishCalls(store, life.answered('a', 0, 'mina', late), life.answered('b', 0, 'mina', early));
    const before = await start(store, { now: new Date('2026-11-22T20:29:00.000Z') });
    expect(await before.board()).toMatchObject({ day: '2026-11-22', total: { answered: 1 } });
    await before.domain.stop();
    const after = await start(store, { now: new Date('2026-11-22T20:31:00.000Z') });
    // Whoever still talks is shown, whenever they began.
    expect(await after.board()).toMatchObject({ day: '2026-11-23', total: { answered: 1, talking: 2 } });
  });

  test('those who watch are told soon, and not once for each call', async () => {
    const store = await makeStore();
    const { domain } = await start(store);
    const told: number[] = [];
    const first = new Promise<void>((resolve) =>
      store.onCommitted((events) => {
        for (const event of events)
          if (event.type === 'wallboard-changed') {
            told.push(event.seq);
            resolve();
          }
      }),
    );
    for (let index = 0; index < 60; index += 1) await publishCalls(store, life.rings(`call_${index}`));
    await domain.caughtUp();
    await first;
    expect(told.length).toBeLessThan(20);
    const row = await store.db
      .selectFrom('events')
      .select('audience')
      .where('type', '=', 'wallboard-changed')
      .executeTakeFirstOrThrow();
    expect(JSON.parse(row.audience)).toEqual(['role:supervisor', 'role:manager']);
  });

  test('event by event comes to the same as adding everything up, with repetitions and restarts', async () => {
    const step = fc.record({
      id: fc.integer({ min: 0, max: 6 }).map((n) => `call_${n}`),
      what: fc.constantFrom('rings', 'answered', 'over', 'abandoned', 'missed', 'callback', 'restart'),
      after: fc.integer({ min: 0, max: 60 }),
      agent: fc.constantFrom('mina', 'hamid', 'jana'),
      queue: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), async (steps) => {
        const store = await makeStore();
        let { domain, board } = await start(store);
        const last = new Map<string, Call>();
        for (const { id, what, after, agent, queue } of steps) {
          if (what === 'restart') {
            await domain.stop();
            ({ domain, board } = await start(store));
            continue;
          }
          const waiting = queue ? { queueId: 'sales', position: 1, since: at(1) } : null;
          const call =
            what === 'rings'
              ? life.rings(id, { waiting })
              : what === 'answered'
                ? life.answered(id, after, agent)
                : what === 'over'
                  ? life.over(id, after, agent)
                  : life.lost(id, what, after);
          last.set(id, call);
          // Each comes twice, as after a crash between the event and its answer.
          await publishCalls(store, call, call);
        }
        const { total } = await board();
        const sums = Object.fromEntries(FIGURES.map((figure) => [figure, 0])) as Record<string, number>;
        for (const call of last.values()) {
          const each = contributionOf(call, DEFAULT_SERVICE_GOAL);
          for (const figure of FIGURES) sums[figure] = (sums[figure] ?? 0) + each[figure];
        }
        const open = [...last.values()].filter(({ state }) => state === 'ringing').length;
        const talking = [...last.values()].filter(({ state }) => state === 'answered').length;
        expect(total).toMatchObject({
          waiting: open,
          talking,
          offered: sums['offered'],
          answered: sums['answered'],
          answeredInTime: sums['answered_in_time'],
          abandoned: sums['abandoned'],
          abandonedEarly: sums['abandoned_early'],
          missed: sums['missed'],
          callbacks: sums['callbacks'],
        });
        await domain.stop();
      }),
      { numRuns: 10 },
    );
  }, 180_000);
});
