import { mkdtemp, rm } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Bench, type Figure, median, quantile } from './figure.ts';
import { type ServerProcess, startServer } from './load/server-process.ts';
import type { Fired } from './servers/event-server.ts';

const PAGES = [1_000, 5_000];
const ROUNDS = 21;
/** Pages that connect at the same time. */
const BURST = 200;
const WAYS = ['tcp', 'sse', 'adapter'] as const;
type Way = (typeof WAYS)[number];

interface Side {
  readonly server: ServerProcess<{ port: number }>;
  readonly sockets: readonly Socket[];
  readonly bytesPerPage: number;
  /** Called by whichever socket gets something. */
  heard: (at: bigint) => void;
}

/** Connects pages a few at a time, each with the head of a real request, until all have got their opening bytes. */
async function follow(way: Way, folder: string, pages: number): Promise<Side> {
  const server = await startServer<{ port: number }>(
    new URL('servers/event-server.ts', import.meta.url),
    [way, join(folder, way), String(pages)],
    ['--expose-gc'],
  );
  const sockets: Socket[] = [];
  const side = { server, sockets, bytesPerPage: 0, heard: (_at: bigint) => {} };
  const open = (index: number) =>
    new Promise<void>((resolve, reject) => {
      const socket = connect(server.ready.port, '127.0.0.1');
      sockets.push(socket);
      socket.once('error', reject);
      socket.once('data', (first) => {
        if (!first.toString('latin1').startsWith('HTTP/1.1 200')) return reject(new Error(first.toString()));
        socket.on('data', () => side.heard(process.hrtime.bigint()));
        resolve();
      });
      socket.write(
        `GET /callweave/events HTTP/1.1\r\nhost: 127.0.0.1\r\naccept: text/event-stream\r\ncookie: who=${Math.floor(index / 50)}\r\n\r\n`,
      );
    });
  const memory = async () => (await server.ask<{ rss: number }>('memory')).rss;
  let before = 0;
  for (let from = 0; from < pages; from += BURST) {
    await Promise.all(Array.from({ length: Math.min(BURST, pages - from) }, (_, index) => open(from + index)));
    // The first burst has the code compiled; what comes after it is the pages.
    if (from === 0) before = await memory();
  }
  side.bytesPerPage = ((await memory()) - before) / (pages - BURST);
  return side;
}

/** Milliseconds until the last page has it, and how long the server's loop was held. */
async function fire(side: Side): Promise<{ lastMs: number; blockedMs: number }> {
  let missing = side.sockets.length;
  const last = new Promise<bigint>((resolve) => {
    side.heard = (at) => {
      missing -= 1;
      if (missing === 0) resolve(at);
    };
  });
  const fired = await side.server.ask<Fired>('fire');
  const lastMs = Number((await last) - BigInt(fired.at)) / 1e6;
  return { lastMs, blockedMs: fired.blockedMs };
}

async function measure(pages: number): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'callweave-bench-events-'));
  const sides = new Map<Way, Side>();
  try {
    for (const way of WAYS) sides.set(way, await follow(way, folder, pages));
    const last: Record<Way, number[]> = { tcp: [], sse: [], adapter: [] };
    const blocked: Record<Way, number[]> = { tcp: [], sse: [], adapter: [] };
    for (let round = -2; round < ROUNDS; round += 1) {
      for (const way of WAYS) {
        const { lastMs, blockedMs } = await fire(sides.get(way) as Side);
        // The first rounds warm up.
        if (round < 0) continue;
        last[way].push(lastMs);
        blocked[way].push(blockedMs);
      }
    }
    const ms = (value: number) => `${value.toFixed(1)} ms`;
    const name = pages.toLocaleString('en');
    const against = (
      what: string,
      of: (values: number[]) => number,
      way: Way,
      label: string,
      goal?: number,
    ): Figure => {
      const [ours, theirs] = [of(last.adapter), of(last[way])];
      const ratio = ours / theirs;
      return {
        what: `${name} pages: ${what}`,
        value: ms(ours),
        baseline: `${ms(theirs)} ${label}`,
        ratio,
        ...(goal === undefined ? {} : { goal: `≤ ${goal} ×`, met: ratio <= goal }),
      };
    };
    const p99 = (values: number[]) => quantile(values, 0.99);
    const [kilobytes, plain] = [
      (sides.get('adapter') as Side).bytesPerPage / 1000,
      (sides.get('sse') as Side).bytesPerPage / 1000,
    ];
    return [
      against('until the last has it, median', median, 'tcp', 'bare TCP', 1.3),
      against('the same, p99', p99, 'tcp', 'bare TCP'),
      against('until the last has it, median', median, 'sse', 'res.write of node:http'),
      against('the same, p99', p99, 'sse', 'res.write of node:http'),
      {
        what: `${name} pages: memory for each`,
        value: `${kilobytes.toFixed(1)} kB`,
        baseline: `${plain.toFixed(1)} kB node:http`,
        ratio: kilobytes / plain,
        goal: '≤ 25 kB',
        met: kilobytes <= 25,
      },
      {
        what: `${name} pages: longest turn of the loop`,
        value: ms(median(blocked.adapter)),
        baseline: `${ms(median(blocked.tcp))} bare TCP`,
        ratio: median(blocked.adapter) / median(blocked.tcp),
        goal: '≤ 10 ms',
        met: median(blocked.adapter) <= 10,
      },
    ];
  } finally {
    for (const { sockets } of sides.values()) for (const socket of sockets) socket.destroy();
    for (const { server } of sides.values()) await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

const events: Bench = {
  title: 'One event to every listening page',
  async run() {
    const figures: Figure[] = [];
    for (const pages of PAGES) figures.push(...(await measure(pages)));
    return figures;
  },
};

export default events;
