import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Bench, median } from './figure.ts';
import { Connection, get, rateFor } from './load/connection.ts';
import { type ServerProcess, startServer } from './load/server-process.ts';
import { costByPart } from './parts.ts';
import type { DeskReady } from './servers/desk-server.ts';

const CLIENTS = 32;
const ROUNDS = 7;
const ROUND_MS = 1_200;

const openCalls: Bench = {
  title: `GET of the agent's open calls, ${CLIENTS} concurrent clients`,
  async run() {
    const folder = await mkdtemp(join(tmpdir(), 'callweave-bench-calls-'));
    const servers: ServerProcess<unknown>[] = [];
    const connections: Connection[] = [];
    try {
      const desk = await startServer<DeskReady>(new URL('servers/desk-server.ts', import.meta.url), [
        folder,
        String(CLIENTS),
      ]);
      servers.push(desk);
      const open = (port: number) => {
        const own = Array.from({ length: CLIENTS }, () => new Connection(port));
        connections.push(...own);
        return own;
      };
      const toDesk = open(desk.ready.port);
      const requests = desk.ready.agents.map(({ cookie }) =>
        get(`${desk.ready.basePath}/calls?state=open`, { cookie }),
      );
      // The same bytes of body on the other side, so that sending them is no part of the difference.
      const body = await toDesk[0]?.send(requests[0] ?? '');
      if (!body?.includes('"state":"answered"')) throw new Error(`No open call is listed: ${body}`);
      const plain = await startServer<{ port: number }>(new URL('servers/json-server.ts', import.meta.url), [
        String(Buffer.byteLength(body)),
      ]);
      servers.push(plain);
      const toPlain = open(plain.ready.port);
      const trivial = get('/');

      const rates: { plain: number[]; desk: number[] } = { plain: [], desk: [] };
      for (let round = -1; round < ROUNDS; round += 1) {
        const plainRate = await rateFor(ROUND_MS, toPlain, () => trivial);
        const deskRate = await rateFor(ROUND_MS, toDesk, (client) => requests[client] ?? '');
        // The first round warms up.
        if (round < 0) continue;
        rates.plain.push(plainRate);
        rates.desk.push(deskRate);
      }
      const [deskRate, plainRate] = [median(rates.desk), median(rates.plain)];
      const parts = await costByPart(desk, 'answer', async () => {
        const ms = ROUND_MS * 2;
        return ((await rateFor(ms, toDesk, (client) => requests[client] ?? '')) * ms) / 1000;
      });
      const perSecond = (rate: number) => `${Math.round(rate).toLocaleString('en')} /s`;
      return [
        {
          what: `signed in, one call each, ${Buffer.byteLength(body)} bytes`,
          value: perSecond(deskRate),
          baseline: `${perSecond(plainRate)} node:http, fixed JSON of that length`,
          ratio: deskRate / plainRate,
          goal: '≥ 0.6 ×',
          met: deskRate / plainRate >= 0.6,
        },
        ...parts,
      ];
    } finally {
      for (const connection of connections) connection.close();
      for (const server of servers) await server.stop();
      await rm(folder, { recursive: true, force: true });
    }
  },
};

export default openCalls;
