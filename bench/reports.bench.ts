import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Call, IRAN } from '@callweave/sdk/protocol';
import { searchCalls } from '../packages/server-adapter/src/call-history/search.ts';
import { fillHistory } from '../packages/server-adapter/src/call-history/testing/large-history.ts';
import { agentNamed, sampleCall } from '../packages/server-adapter/src/calls/testing/sample-call.ts';
import { createSqliteStore } from '../packages/server-adapter/src/store/sqlite.ts';
import type { Store } from '../packages/server-adapter/src/store/store.ts';
import { DEFAULT_SERVICE_GOAL } from '../packages/server-adapter/src/wallboard/contribution.ts';
import { countCall } from '../packages/server-adapter/src/wallboard/count-call.ts';
import { readWallboard } from '../packages/server-adapter/src/wallboard/snapshot.ts';
import { type Bench, type Figure, median } from './figure.ts';

const IN_THE_LOG = [10, 1_000, 100_000] as const;
const EVENTS = 400;
const ROUNDS = 5;
const HISTORY = 100_000;
const SEARCHES = 200;

const counting = {
  goal: DEFAULT_SERVICE_GOAL,
  timeZone: 'Asia/Tehran',
  branchOf: async (_db: unknown, accountId: string) => `branch ${accountId.at(-1)}`,
};
const now = () => new Date();

/** A call as it rings, is answered and ends. */
function lifeOf(id: string): readonly Call[] {
  const at = (seconds: number) => new Date(Date.now() - 3_600_000 + seconds * 1000).toISOString();
  const head = { id, startedAt: at(0), agent: agentNamed(`account_${id.length % 3}`) };
  return [
    sampleCall({ ...head, agent: null }),
    sampleCall({ ...head, state: 'answered', answeredAt: at(8) }),
    sampleCall({ ...head, state: 'wrap-up', answeredAt: at(8), endedAt: at(90) }),
    sampleCall({ ...head, state: 'ended', outcome: 'answered', answeredAt: at(8), endedAt: at(90) }),
  ];
}

async function count(store: Store, calls: readonly Call[], perWrite: number): Promise<void> {
  for (let at = 0; at < calls.length; at += perWrite)
    await store.write(async (tx) => {
      for (const call of calls.slice(at, at + perWrite)) await countCall(tx, call, counting);
    });
}

/** Milliseconds per event, and per reading of the whole board, with so many calls counted before. */
async function wallboardCost(store: Store, before: number): Promise<{ event: number; board: number }> {
  for (let from = 0; from < before; from += 1_000)
    await count(
      store,
      Array.from({ length: Math.min(1_000, before - from) }, (_, at) => lifeOf(`call_${from + at}`)[3] as Call),
      1_000,
    );
  const events: number[] = [];
  const boards: number[] = [];
  for (let round = -1; round < ROUNDS; round += 1) {
    const calls = Array.from({ length: EVENTS / 4 }, (_, at) => lifeOf(`new_${round}_${at}`)).flat();
    // In the batches in which the event log is followed under load.
    const start = performance.now();
    await count(store, calls, 200);
    const between = performance.now();
    for (let reading = 0; reading < 20; reading += 1)
      await readWallboard(store.db, now(), { goal: counting.goal, timeZone: counting.timeZone, queues: [] });
    const end = performance.now();
    // The first round warms up.
    if (round < 0) continue;
    events.push((between - start) / calls.length);
    boards.push((end - between) / 20);
  }
  return { event: median(events), board: median(boards) };
}

async function searchCost(store: Store): Promise<Figure[]> {
  await fillHistory(store, HISTORY);
  const searches = {
    'newest page': {},
    'page of an agent': { agentId: 'account_7' },
    'page of a tag': { tag: 'complaint' },
    'a whole number': { number: '0912 000 7919' },
    'last four digits': { number: '7919' },
    'missed calls of three days': { outcome: 'missed', from: '2026-02-01', to: '2026-02-03' },
  } as const;
  const figures: Figure[] = [];
  for (const [what, filter] of Object.entries(searches)) {
    const times: number[] = [];
    for (let index = 0; index < SEARCHES; index += 1) {
      const start = performance.now();
      await searchCalls(store.db, filter, { limit: 51 }, { plan: IRAN, timeZone: 'Asia/Tehran' });
      times.push(performance.now() - start);
    }
    const ms = median(times);
    figures.push({
      what: `search among ${HISTORY.toLocaleString('en')} calls: ${what}`,
      value: `${ms.toFixed(2)} ms`,
      goal: '≤ 50 ms',
      met: ms <= 50,
    });
  }
  return figures;
}

const reports: Bench = {
  title: 'Wallboard and call history (SQLite)',
  async run() {
    const folder = await mkdtemp(join(tmpdir(), 'callweave-bench-reports-'));
    const stores: Store[] = [];
    const open = async (name: string) => {
      const store = await createSqliteStore({ file: join(folder, `${name}.sqlite`) });
      stores.push(store);
      return store;
    };
    try {
      const figures: Figure[] = [];
      let least: { event: number; board: number } | undefined;
      for (const before of IN_THE_LOG) {
        const cost = await wallboardCost(await open(`wallboard-${before}`), before);
        least ??= cost;
        const ratio = cost.event / least.event;
        figures.push({
          what: `wallboard: one event, ${before.toLocaleString('en')} calls counted before`,
          value: `${cost.event.toFixed(3)} ms`,
          ...(cost === least
            ? {}
            : {
                baseline: `${least.event.toFixed(3)} ms with ${IN_THE_LOG[0]}`,
                ratio,
                goal: '≤ 1.5 ×',
                met: ratio <= 1.5,
              }),
        });
        figures.push({ what: '  reading the whole board', value: `${cost.board.toFixed(3)} ms` });
      }
      figures.push(...(await searchCost(await open('history'))));
      return figures;
    } finally {
      await Promise.all(stores.map((store) => store.close()));
      await rm(folder, { recursive: true, force: true });
    }
  },
};

export default reports;
