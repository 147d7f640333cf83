import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startPostgres } from '../scripts/system/start-postgres.ts';
import { type Bench, type Figure, quantile } from './figure.ts';
import { Connection, get, post } from './load/connection.ts';
import { type ServerProcess, startServer } from './load/server-process.ts';
import type { TicketsReady } from './servers/ticket-server.ts';

const USERS = 50;
const WARM_UP = 5;
const REQUESTS = 30;

type Ask = (user: number) => string;

/** How long each answer took, with so many users who each send one request after the other. */
async function times(port: number, ask: Ask): Promise<number[]> {
  const connections = Array.from({ length: USERS }, () => new Connection(port));
  try {
    const all = await Promise.all(
      connections.map(async (connection, user) => {
        const own: number[] = [];
        for (let count = 0; count < WARM_UP + REQUESTS; count += 1) {
          const request = ask(user);
          const start = performance.now();
          await connection.send(request);
          if (count >= WARM_UP) own.push(performance.now() - start);
        }
        return own;
      }),
    );
    return all.flat();
  } finally {
    for (const connection of connections) connection.close();
  }
}

const ms = (value: number) => `${value.toFixed(1)} ms`;

function figures(what: string, ours: readonly number[], raw: readonly number[], against: string): Figure[] {
  return [0.5, 0.99].map((share) => {
    const [own, bare] = [quantile(ours, share), quantile(raw, share)];
    return {
      what: `${what}, p${share * 100}`,
      value: ms(own),
      baseline: `${ms(bare)} ${against}`,
      ratio: own / bare,
    };
  });
}

async function measure(database: string, folder: string, urls: { ours: string; raw: string }): Promise<Figure[]> {
  const servers: ServerProcess<unknown>[] = [];
  const start = async <T>(name: string, ...args: string[]) => {
    const server = await startServer<T>(new URL(`servers/${name}.ts`, import.meta.url), args);
    servers.push(server);
    return server;
  };
  try {
    await mkdir(folder, { recursive: true });
    const raw = await start<{ port: number }>('raw-ticket-server', join(folder, 'raw.sqlite'), urls.raw);
    const { ready } = await start<TicketsReady>('ticket-server', folder, String(USERS), urls.ours);
    const text = { title: 'The screen does not work', description: 'Since this morning it stays dark.' };
    const create: Ask = (user) => {
      const { cookie = '', deviceId = '' } = ready.buyers[user] ?? {};
      return post(`${ready.basePath}/tickets`, { ...text, deviceId }, { cookie, 'idempotency-key': randomUUID() });
    };
    const list: Ask = () => get(`${ready.basePath}/tickets?limit=50`, { cookie: ready.technician });
    const own: Ask = (user) => get(`${ready.basePath}/tickets`, { cookie: ready.buyers[user]?.cookie ?? '' });
    const rawInsert = await times(raw.ready.port, (user) => post('/', { ...text, customerId: `customer_${user}` }));
    const created = await times(ready.port, create);
    const rawList = await times(raw.ready.port, () => get('/'));
    const listed = await times(ready.port, list);
    const mine = await times(ready.port, own);
    return [
      ...figures(`${database}: create`, created, rawInsert, 'raw insert'),
      ...figures(`${database}: newest 50 of 10,000`, listed, rawList, 'raw select'),
      ...figures(`${database}: a buyer’s own`, mine, rawList, 'raw select of 50'),
    ];
  } finally {
    for (const server of servers) await server.stop();
  }
}

async function database(cluster: string, name: string): Promise<string> {
  const client = new pg.Client({ connectionString: cluster });
  await client.connect();
  await client.query(`create database ${name}`).finally(() => client.end());
  const url = new URL(cluster);
  url.pathname = `/${name}`;
  return url.href;
}

const tickets: Bench = {
  title: `Tickets at ${USERS} concurrent users`,
  async run() {
    const folder = await mkdtemp(join(tmpdir(), 'callweave-bench-tickets-'));
    const cluster = await startPostgres();
    try {
      const onPostgres = {
        ours: await database(cluster.url, 'tickets_ours'),
        raw: await database(cluster.url, 'tickets_raw'),
      };
      return [
        ...(await measure('SQLite', join(folder, 'sqlite'), { ours: '', raw: '' })),
        ...(await measure('PostgreSQL', join(folder, 'postgres'), onPostgres)),
      ];
    } finally {
      await cluster.stop();
      await rm(folder, { recursive: true, force: true });
    }
  },
};

export default tickets;
