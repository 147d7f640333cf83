import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { createAdapter, createSqliteStore } from '@callweave/server-adapter';
import { nodeListener } from '@callweave/server-adapter/node';
import { serveParent } from '../load/server-process.ts';

/**
 * Sends one event to everybody who is connected, in one of three ways: `adapter` (a committed event through the adapter's
 * Node mount), `sse` (node:http, `res.write` for each connection), `tcp` (the same bytes written to bare sockets).
 */
export interface Fired {
  /** Monotonic clock of the machine, in nanoseconds, when the sending began. */
  readonly at: string;
  /** The longest time in which the loop did nothing else. */
  readonly blockedMs: number;
}

const [mode = 'adapter', folder = '', pages = '1000'] = process.argv.slice(2);
/** Fewer than an account may have. */
const PAGES_PER_ACCOUNT = 50;
const ORDER = { id: 'order_1', text: 'x'.repeat(900) };

interface Way {
  readonly server: Server;
  /** Starts the sending; gives the moment at which it began. */
  fire(): Promise<bigint>;
  stop(): Promise<void>;
}

const ways: Record<string, () => Promise<Way>> = {
  async adapter() {
    const store = await createSqliteStore({ file: join(folder, 'events.sqlite') });
    let committedAt = 0n;
    // Heard before the fan-out hears it.
    store.onCommitted(() => {
      committedAt = process.hrtime.bigint();
    });
    const identity = (number: string) => ({
      id: `account_${number}`,
      username: `u${number}`,
      name: 'A',
      roles: ['dealer'] as const,
    });
    const adapter = createAdapter({
      store,
      pepper: 'a pepper that is used for measuring alone',
      authenticate: async (request) => {
        const number = /who=(\d+)/.exec(request.headers.get('cookie') ?? '')?.[1];
        return number === undefined ? undefined : { ...identity(number), roles: ['dealer'] };
      },
      rateLimit: { burst: 1_000_000 },
    });
    for (let account = 0; account < Number(pages) / PAGES_PER_ACCOUNT; account += 1)
      await adapter.provision({ ...identity(String(account)), roles: ['dealer'] });
    await adapter.start();
    return {
      server: createHttpServer(nodeListener(adapter)),
      async fire() {
        // The kind of event does not matter to the fan-out; a real order would need a whole call.
        await store.write((tx) => tx.publish({ type: 'order', data: ORDER as never }, ['role:dealer']));
        return committedAt;
      },
      async stop() {
        await adapter.stop();
        await store.close();
      },
    };
  },

  async sse() {
    const connections = new Set<import('node:http').ServerResponse>();
    const server = createHttpServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      response.write('retry: 1000\n\n');
      connections.add(response);
      response.once('close', () => connections.delete(response));
    });
    let seq = 0;
    return {
      server,
      async fire() {
        const at = process.hrtime.bigint();
        const text = bytesOf((seq += 1));
        for (const response of connections) response.write(text);
        return at;
      },
      async stop() {},
    };
  },

  async tcp() {
    const connections = new Set<Socket>();
    const server = createTcpServer({ noDelay: true }, (socket) => {
      socket.once('data', () => socket.write('HTTP/1.1 200 OK\r\n\r\nretry: 1000\n\n'));
      socket.on('error', () => {});
      connections.add(socket);
      socket.once('close', () => connections.delete(socket));
    });
    let seq = 0;
    return {
      server,
      async fire() {
        const at = process.hrtime.bigint();
        const bytes = Buffer.from(bytesOf((seq += 1)));
        for (const socket of connections) socket.write(bytes);
        return at;
      },
      async stop() {},
    };
  },
};

const bytesOf = (seq: number) =>
  `id: ${seq}\nevent: order\ndata: {"seq":${seq},"at":"${new Date().toISOString()}","type":"order","data":${JSON.stringify(ORDER)}}\n\n`;

/** Turns the loop as fast as it goes for so long, and says how long the longest turn was. */
function longestTurn(ms: number): Promise<number> {
  return new Promise((resolve) => {
    const end = performance.now() + ms;
    let last = performance.now();
    let longest = 0;
    const turn = () => {
      const now = performance.now();
      longest = Math.max(longest, now - last);
      last = now;
      if (now > end) resolve(longest);
      else setImmediate(turn);
    };
    setImmediate(turn);
  });
}

const make = ways[mode];
if (make === undefined) throw new Error(`There is no way called ${mode}.`);
const way = await make();
way.server.listen({ port: 0, host: '127.0.0.1', backlog: 8_192 }, () =>
  serveParent({ port: (way.server.address() as AddressInfo).port }, () => way.stop(), {
    async fire(): Promise<Fired> {
      const turns = longestTurn(150);
      // The loop turns already when the event comes, as it does in a working server.
      await new Promise((resolve) => setTimeout(resolve, 10));
      const at = await way.fire();
      return { at: String(at), blockedMs: await turns };
    },
    memory() {
      globalThis.gc?.();
      return { rss: process.memoryUsage().rss };
    },
  }),
);
