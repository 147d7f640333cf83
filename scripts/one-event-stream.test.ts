// In a real Chromium over HTTP/1.1, where six streams of six tabs would leave no connection for anything else.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { withBrowser } from './packages/in-browser.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

interface Stream {
  readonly account: string;
  readonly after: string | undefined;
  readonly response: ServerResponse;
}

let server: Server;
let url: string;
let scripts: Map<string, string>;
let streams: Set<Stream>;
let requests: Stream[];
let log: { seq: number; text: string }[];
let last = 100;

/** The page of one desk; who is signed in stands in its address. */
const page = `
import { createDesk } from '@callweave/sdk';
const account = new URLSearchParams(location.search).get('account');
const desk = createDesk({ url: '/callweave', phone: 'off', headers: () => ({ 'x-account': account }) });
window.got = [];
window.desk = desk;
desk.events.on('order-removed', ({ seq }) => window.got.push(seq));
await desk.start();
`;

function publish(): number {
  last += 1;
  const event = { seq: last, at: new Date().toISOString(), type: 'order-removed', data: { id: `o${last}` } };
  const text = `id: ${last}\nevent: order-removed\ndata: ${JSON.stringify(event)}\n\n`;
  log.push({ seq: last, text });
  for (const { response } of streams) response.write(text);
  return last;
}

function follow(request: IncomingMessage, response: ServerResponse, account: string): void {
  const after = request.headers['last-event-id'] as string | undefined;
  const stream = { account, after, response };
  const from = Number(after ?? last);
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  response.write(`retry: 1000\nid: ${from}\n\n`);
  for (const { seq, text } of log) if (seq > from) response.write(text);
  streams.add(stream);
  requests.push(stream);
  response.on('close', () => streams.delete(stream));
}

function handle(request: IncomingMessage, response: ServerResponse): void {
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  const account = String(request.headers['x-account'] ?? '');
  const json = (value: unknown) =>
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));
  const script = scripts.get(pathname);
  if (pathname === '/') {
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end('<!doctype html><link rel="icon" href="data:,"><script type="module" src="/page.js"></script>');
  } else if (script !== undefined) response.writeHead(200, { 'content-type': 'text/javascript' }).end(script);
  else if (pathname === '/callweave/events') follow(request, response, account);
  else if (pathname === '/callweave/calls') json({ calls: [] });
  else if (pathname === '/callweave/session')
    json({ account: { id: account, roles: ['agent'], device: { kind: 'number', number: '+420777000111' } } });
  else response.writeHead(404).end();
}

beforeAll(async () => {
  const built = await build({
    stdin: { contents: page, resolveDir: `${root}packages/widgets`, sourcefile: 'page.js' },
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    conditions: ['@callweave/source'],
    outdir: '/',
    entryNames: 'page',
    write: false,
  });
  scripts = new Map(built.outputFiles.map(({ path, text }) => [path.slice(path.lastIndexOf('/')), text]));
  server = createServer(handle);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

declare global {
  var got: number[];
  var desk: {
    stop(): Promise<void>;
    readonly connection: { get(): string };
    readonly calls: { readonly open: { get(): { status: string } } };
  };
}

const begin = () => {
  streams = new Set();
  requests = [];
  log = [];
};
const openPages = (context: BrowserContext, count: number, account = 'acc_1') =>
  Promise.all(
    Array.from({ length: count }, async () => {
      const tab = await context.newPage();
      await tab.goto(`${url}/?account=${account}`);
      return tab;
    }),
  );
/** Online, and the state that is loaded then has come: a request had a connection to go over. */
const ready = (pages: readonly Page[]) =>
  Promise.all(
    pages.map((tab) =>
      tab.waitForFunction(
        () => globalThis.desk?.connection.get() === 'online' && globalThis.desk.calls.open.get().status === 'ready',
      ),
    ),
  );
const everyoneGot = (pages: readonly Page[], expected: readonly number[]) =>
  vi.waitFor(
    async () => {
      for (const tab of pages) expect(await tab.evaluate(() => globalThis.got)).toEqual(expected);
    },
    { timeout: 5_000, interval: 50 },
  );

test('eight pages have one connection; pages come and go, and none misses or doubles an event', async () => {
  begin();
  await withBrowser(async (browser) => {
    const context = await browser.newContext();
    const pages = await openPages(context, 8);
    await ready(pages);
    expect(streams.size).toBe(1);
    expect(requests).toHaveLength(1);
    const expected = [publish(), publish()];
    await everyoneGot(pages, expected);

    while (pages.length > 4) {
      // Only the leader's page has a connection, and pages were opened at once: whichever leaves, the rest must not notice.
      const leaving = pages.shift()!;
      if (pages.length % 2 === 0) await leaving.close();
      else await leaving.evaluate(() => globalThis.desk.stop());
      expected.push(publish());
      await everyoneGot(pages, expected);
      expect(streams.size).toBe(1);
    }
    for (const { response } of streams) response.destroy();
    expected.push(publish());
    await everyoneGot(pages, expected);

    const others = await openPages(context, 2, 'acc_2');
    await ready(others);
    expect([...streams].map(({ account }) => account).sort()).toEqual(['acc_1', 'acc_2']);
  });
});

test('when the leader’s page is closed, the next resumes by its own last id', async () => {
  begin();
  await withBrowser(async (browser) => {
    const context = await browser.newContext();
    const [first] = await openPages(context, 1);
    await ready([first!]);
    const second = (await openPages(context, 1))[0]!;
    await ready([second]);
    const seq = publish();
    await everyoneGot([first!, second], [seq]);
    await first!.close();
    const missed = publish();
    await everyoneGot([second], [seq, missed]);
    expect(requests.map(({ after }) => after)).toEqual([undefined, String(seq)]);
  });
});

test('a page that cannot load the code for sharing has a connection of its own', async () => {
  begin();
  await withBrowser(async (browser) => {
    const context = await browser.newContext();
    await context.route(/shared-event-stream/, (route) => route.abort());
    const pages = await openPages(context, 2);
    await ready(pages);
    expect(streams.size).toBe(2);
    await everyoneGot(pages, [publish()]);
  });
});
