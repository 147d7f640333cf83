import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Order } from '@callweave/sdk/protocol';
import { type Bench, type Figure, median } from './figure.ts';
import { Connection, post, rate, rateFor } from './load/connection.ts';
import { type ServerProcess, startServer } from './load/server-process.ts';
import { costByPart } from './parts.ts';
import type { DeskReady } from './servers/desk-server.ts';

const CLIENTS = 32;
const ROUNDS = 5;
const ORDERS_PER_CLIENT = 40;
const BASELINE_MS = 1_000;

const headers = (cookie: string) => ({ cookie, 'idempotency-key': randomUUID() });

/** Notes and reads back so many orders per client; gives the requests that submit them. Not timed. */
async function prepare(desk: DeskReady, connections: readonly Connection[]): Promise<string[][]> {
  const terms = {
    side: 'buy',
    instrumentCode: desk.instrument,
    quantity: 500,
    price: { kind: 'limit', rial: 5_120 },
    validity: { kind: 'day' },
  };
  return Promise.all(
    connections.map(async (connection, client) => {
      const { cookie, callId } = desk.agents[client] as DeskReady['agents'][number];
      const ids: string[] = [];
      for (let count = 0; count < ORDERS_PER_CLIENT; count += 1) {
        const draft = post(`${desk.basePath}/orders`, { callId, terms }, headers(cookie));
        const order = JSON.parse(await connection.send(draft)) as Order;
        ids.push(...order.instructions.map(({ id }) => id));
      }
      for (let from = 0; from < ids.length; from += 50)
        await connection.send(
          post(
            `${desk.basePath}/calls/${callId}/read-back`,
            { instructionIds: ids.slice(from, from + 50), locale: 'en' },
            headers(cookie),
          ),
        );
      return ids.map((id) =>
        post(`${desk.basePath}/calls/${callId}/submit`, { instructionIds: [id] }, headers(cookie)),
      );
    }),
  );
}

/** Waits until everything that was submitted has reached the dealing floor too. */
async function settled(server: ServerProcess<DeskReady>): Promise<number> {
  const start = performance.now();
  while ((await server.ask<{ count: number }>('waiting')).count > 0)
    await new Promise((resolve) => setTimeout(resolve, 20));
  return performance.now() - start;
}

/** One more round with the profiler on: what one order costs the server, by part. */
async function parts(server: ServerProcess<DeskReady>, connections: readonly Connection[]): Promise<Figure[]> {
  const queues = await prepare(server.ready, connections);
  await settled(server);
  return costByPart(server, 'order', async () => {
    await rate(connections, queues);
    return CLIENTS * ORDERS_PER_CLIENT;
  });
}

const perSecond = (value: number) => `${Math.round(value).toLocaleString('en')} /s`;

const orders: Bench = {
  title: `Durable order submits at ${CLIENTS} concurrent clients, SQLite`,
  async run() {
    const folder = await mkdtemp(join(tmpdir(), 'callweave-bench-orders-'));
    const servers: ServerProcess<unknown>[] = [];
    const connections: Connection[] = [];
    const open = (port: number) => {
      const own = Array.from({ length: CLIENTS }, () => new Connection(port));
      connections.push(...own);
      return own;
    };
    const start = async <T>(name: string, ...args: string[]) => {
      const server = await startServer<T>(new URL(`servers/${name}.ts`, import.meta.url), args);
      servers.push(server);
      return server;
    };
    try {
      const raw = await start<{ port: number }>('raw-insert-server', join(folder, 'each.sqlite'), 'each');
      const grouped = await start<{ port: number }>('raw-insert-server', join(folder, 'group.sqlite'), 'group');
      const desk = await start<DeskReady>('desk-server', join(folder, 'desk'), String(CLIENTS));
      const [toRaw, toGrouped, toDesk] = [open(raw.ready.port), open(grouped.ready.port), open(desk.ready.port)];
      const insert = post('/', { callId: 'call_1', instructionIds: ['instruction_1'] });

      const rates: Record<'raw' | 'grouped' | 'desk', number[]> = { raw: [], grouped: [], desk: [] };
      const delivered: number[] = [];
      for (let round = -1; round < ROUNDS; round += 1) {
        const queues = await prepare(desk.ready, toDesk);
        await settled(desk);
        const now = {
          raw: await rateFor(BASELINE_MS, toRaw, () => insert),
          grouped: await rateFor(BASELINE_MS, toGrouped, () => insert),
          desk: await rate(toDesk, queues),
        };
        const late = await settled(desk);
        // The first round warms up.
        if (round < 0) continue;
        for (const key of ['raw', 'grouped', 'desk'] as const) rates[key].push(now[key]);
        delivered.push(late);
      }
      const [rawRate, groupedRate, deskRate] = [median(rates.raw), median(rates.grouped), median(rates.desk)];
      const held = (what: string, baseline: number, against: string, goal: number): Figure => ({
        what,
        value: perSecond(deskRate),
        baseline: `${perSecond(baseline)} ${against}`,
        ratio: deskRate / baseline,
        goal: `≥ ${goal} ×`,
        met: deskRate / baseline >= goal,
      });
      return [
        held('submits, validated, authorised, audited, chained, announced', rawRate, 'raw insert, one commit each', 5),
        held('the same', groupedRate, 'raw insert, group commit', 0.5),
        { what: 'last order on the dealing floor, after the last answer', value: `${median(delivered).toFixed(0)} ms` },
        ...(await parts(desk, toDesk)),
      ];
    } finally {
      for (const connection of connections) connection.close();
      for (const server of servers) await server.stop();
      await rm(folder, { recursive: true, force: true });
    }
  },
};

export default orders;
