import { spawn } from 'node:child_process';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { serve } from '@hono/node-server';
import compression from 'compression';
import express from 'express';
import fastify from 'fastify';
import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import type { Adapter } from '../adapter.ts';
import { logSms } from '../connectors/sms/log.ts';
import type { SmsDriver } from '../connectors/sms/sms-driver.ts';
import type { Store } from '../store/store.ts';
import { sqliteStores } from '../store/testing.ts';
import { createTestDesk, type TestDesk } from '../testing/desk.ts';
import { callweave as expressMount } from './express.ts';
import { callweave as fastifyMount } from './fastify.ts';
import { callweave as honoMount } from './hono.ts';
import { attachUpgrade, nodeListener } from './node.ts';

/** A server with the adapter at /callweave and the host's own page at /host. */
type Mount = (
  adapter: Adapter,
) => Promise<{ readonly origin: string; readonly server: Server | undefined; stop(): Promise<void> }>;

const stopServer = (server: Server) =>
  new Promise<void>((resolve) => {
    server.closeAllConnections();
    server.close(() => resolve());
  });

async function listening(server: Server): Promise<{ origin: string; server: Server; stop(): Promise<void> }> {
  if (!server.listening) await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    server,
    stop: () => stopServer(server),
  };
}

const mounts: Record<string, Mount> = {
  node: (adapter) => {
    const listen = nodeListener(adapter);
    return listening(createServer((request, response) => listen(request, response, () => response.end('the host'))));
  },
  express: (adapter) => {
    const app = express();
    app.use(express.json());
    app.use(express.urlencoded());
    app.use(expressMount(adapter));
    app.get('/host', (_request, response) => void response.send('the host'));
    return listening(createServer(app));
  },
  'express with compression': (adapter) => {
    const app = express();
    app.use(compression({ threshold: 0 }));
    app.use(expressMount(adapter));
    app.get('/host', (_request, response) => void response.send('the host'));
    return listening(createServer(app));
  },
  // As the compression of Polka does, which Storybook runs.
  'express behind a middleware that holds back the head': (adapter) => {
    const app = express();
    app.use((_request, response, next) => {
      const { writeHead, write, end } = response;
      let status: number | undefined;
      let begun = false;
      const begin = () => {
        if (!begun) writeHead.call(response, status ?? response.statusCode);
        begun = true;
      };
      response.on = () => response;
      Object.assign(response, {
        writeHead: (given: number, headers: Record<string, string> = {}) => {
          status = given;
          for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
          return response;
        },
        write: (...args: Parameters<typeof write>) => {
          begin();
          return write.apply(response, args);
        },
        end: (...args: Parameters<typeof end>) => {
          begin();
          return end.apply(response, args);
        },
      });
      next();
    });
    app.use(expressMount(adapter));
    app.get('/host', (_request, response) => void response.send('the host'));
    return listening(createServer(app));
  },
  'express below a path': (adapter) => {
    const app = express();
    app.use('/callweave', expressMount(adapter));
    app.get('/host', (_request, response) => void response.send('the host'));
    return listening(createServer(app));
  },
  fastify: async (adapter) => {
    const app = fastify();
    await app.register(fastifyMount(adapter) as never);
    app.get('/host', () => 'the host');
    app.post('/host', ({ body }) => body);
    await app.listen({ port: 0, host: '127.0.0.1' });
    const { origin, server } = await listening(app.server);
    return {
      origin,
      server,
      stop: async () => {
        app.server.closeAllConnections();
        await app.close();
      },
    };
  },
  hono: async (adapter) => {
    const app = new Hono();
    app.use(honoMount(adapter));
    app.get('/host', (context) => context.text('the host'));
    const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }) as Server;
    await new Promise<void>((resolve) => (server.listening ? resolve() : server.once('listening', () => resolve())));
    return listening(server);
  },
};

describe('mounts', () => {
  const makeStore = sqliteStores();

  for (const [name, mount] of Object.entries(mounts)) {
    it(`serves everything through ${name}`, async () => {
      const store = await makeStore();
      const desk = await createTestDesk(store);
      const host = await mount(desk.adapter);
      try {
        await exercise(desk, store, host.origin);
      } finally {
        await host.stop();
        await desk.stop();
      }
    });
  }

  for (const [name, mount] of Object.entries(mounts)) {
    it(`takes the form of another service through ${name}, also where the host has read it`, async () => {
      const read: Record<string, string>[] = [];
      const driver: SmsDriver = {
        ...logSms(),
        readReport: ({ fields }) => {
          read.push({ ...fields });
          return [];
        },
      };
      const sms = { driver, publicUrl: 'https://desk.example/callweave' };
      const desk = await createTestDesk(await makeStore(), { sms });
      const host = await mount(desk.adapter);
      try {
        const response = await fetch(`${host.origin}/callweave/messages/reports/key`, {
          method: 'POST',
          body: new URLSearchParams({ MessageStatus: 'sent', Body: 'سلام & 100% +' }),
        });
        expect(response.status).toBe(200);
        expect(read).toEqual([{ MessageStatus: 'sent', Body: 'سلام & 100% +' }]);
      } finally {
        await host.stop();
        await desk.stop();
      }
    });
  }

  it('serves through the app router of a real Next.js', { timeout: 180_000 }, async () => {
    const script = fileURLToPath(new URL('./testing/next-server.ts', import.meta.url));
    const child = spawn(
      process.execPath,
      ['--conditions=@callweave/source', '--disable-warning=ExperimentalWarning', script],
      { stdio: 'pipe' },
    );
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (part: string) => (output += part));
    try {
      while (!output.includes('READY ')) {
        if (child.exitCode !== null) throw new Error(output);
        await sleep(100);
      }
      const origin = /READY (\S+)/.exec(output)?.[1] ?? '';
      const base = `${origin}/callweave`;
      expect(await (await fetch(`${base}/health`)).json()).toMatchObject({ ok: true, store: 'up' });
      expect((await fetch(`${base}/nothing`)).status).toBe(404);
      const signIn = (body: object, from = origin) =>
        fetch(`${base}/session`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', origin: from },
          body: JSON.stringify(body),
        });
      expect((await signIn({ username: 'boss', password: 'wrong guess' })).status).toBe(401);
      expect((await signIn({}, 'https://evil.test')).status).toBe(403);
      const signedIn = await signIn({ username: 'boss', password: 'ten characters' });
      expect(signedIn.status).toBe(200);
      const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? '';
      const created = await fetch(`${base}/accounts`, {
        method: 'POST',
        headers: { cookie, origin, 'content-type': 'application/json', 'idempotency-key': 'k' },
        body: JSON.stringify({ username: 'dara', password: 'ten characters', name: 'دارا', roles: ['agent'] }),
      });
      expect(await created.json()).toMatchObject({ name: 'دارا' });
      const events = await fetch(`${base}/events`, { headers: { cookie, 'last-event-id': '1' } });
      const reader = events.body?.getReader();
      let text = '';
      while (!text.includes('event: account')) text += Buffer.from((await reader?.read())?.value ?? []).toString();
      await reader?.cancel();
    } finally {
      child.kill('SIGTERM');
      if (child.exitCode === null && child.signalCode === null)
        await new Promise<void>((resolve) => child.once('exit', () => resolve()));
    }
  });

  it('hands browser phones to the exchange, and leaves other sockets alone', async () => {
    const desk = await createTestDesk(await makeStore());
    const upgraded: string[] = [];
    const target = {
      handleUpgrade: (request: IncomingMessage, socket: Duplex) => {
        upgraded.push(request.url ?? '');
        socket.end('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
      },
    };
    const server = createServer(nodeListener(desk.adapter));
    attachUpgrade(server, { ...desk.adapter, upgradeTarget: target });
    const { origin, stop } = await listening(server);
    const ask = async (path: string) => {
      const { connect } = await import('node:net');
      const socket = connect(Number(new URL(origin).port), '127.0.0.1');
      socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`);
      let text = '';
      for await (const part of socket) text += String(part);
      return text.split('\r\n')[0];
    };
    expect(await ask('/sip')).toContain('101');
    expect(await ask('/elsewhere')).toContain('404');
    expect(upgraded).toEqual(['/sip']);
    await stop();
    await desk.stop();
  });
});

async function exercise(desk: TestDesk, store: Store, origin: string): Promise<void> {
  const base = `${origin}/callweave`;
  expect(await (await fetch(`${origin}/host`)).text()).toBe('the host');
  const manager = await desk.as('manager');
  const headers = { cookie: manager.cookie, origin, 'content-type': 'application/json' };
  expect(await (await fetch(`${base}/health`)).json()).toMatchObject({ store: 'up' });
  expect((await fetch(`${base}/nothing`)).status).toBe(404);
  expect(await (await fetch(`${base}/session`, { headers })).json()).toMatchObject({ account: { roles: ['manager'] } });
  const created = await fetch(`${base}/accounts`, {
    method: 'POST',
    headers: { ...headers, 'idempotency-key': 'k' },
    body: JSON.stringify({ username: 'dara', password: 'ten characters', name: 'دارا', roles: ['agent'] }),
  });
  expect(await created.json()).toMatchObject({ name: 'دارا' });
  expect(
    (await fetch(`${base}/accounts`, { method: 'POST', headers, body: '{"broken' })).status,
  ).toBeGreaterThanOrEqual(400);
  const tooLarge = await fetch(`${base}/accounts`, {
    method: 'POST',
    headers: { ...headers, 'idempotency-key': 'l' },
    body: JSON.stringify({ name: 'x'.repeat(1_200_000) }),
  });
  expect(tooLarge.status).toBe(413);
  expect(
    (
      await fetch(`${base}/accounts`, {
        method: 'POST',
        headers: { ...headers, origin: 'https://evil.test', 'idempotency-key': 'm' },
        body: '{}',
      })
    ).status,
  ).toBe(403);

  // Events: live, cut, resumed.
  const cut = new AbortController();
  const stream = await fetch(`${base}/events`, { headers, signal: cut.signal });
  expect(stream.headers.get('content-type')).toContain('text/event-stream');
  const reader = stream.body?.getReader() as ReadableStreamDefaultReader<Uint8Array>;
  const readUntil = async (from: ReadableStreamDefaultReader<Uint8Array>, mark: string) => {
    let text = '';
    while (!text.includes(mark)) text += Buffer.from((await from.read()).value ?? []).toString();
    return text;
  };
  await readUntil(reader, 'retry:');
  await store.write((tx) => tx.publish({ type: 'order-removed', data: { id: 'first' } }, ['role:manager']));
  const text = await readUntil(reader, 'first');
  const id = /^id: (\d+)$/m.exec(text.slice(text.lastIndexOf('id: ', text.indexOf('first'))))?.[1] ?? '';
  cut.abort();
  await sleep(20);
  await store.write((tx) => tx.publish({ type: 'order-removed', data: { id: 'second' } }, ['role:manager']));
  const again = new AbortController();
  const resumed = await fetch(`${base}/events`, { headers: { ...headers, 'last-event-id': id }, signal: again.signal });
  const missed = await readUntil(resumed.body?.getReader() as ReadableStreamDefaultReader<Uint8Array>, 'second');
  expect(missed).not.toContain('first');
  again.abort();

  // A page that went away is forgotten: otherwise a person who reloads often would be refused.
  for (let visit = 0; visit < 110; visit++) {
    const page = new AbortController();
    const visited = await fetch(`${base}/events`, { headers, signal: page.signal });
    expect(visited.status).toBe(200);
    page.abort();
    await sleep(2);
  }
}
