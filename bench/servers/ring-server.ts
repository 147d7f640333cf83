import { createReadStream } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createAdapter, createSqliteStore } from '@callweave/server-adapter';
import { createEmbeddedExchange } from '@callweave/server-adapter/embedded';
import { attachUpgrade, nodeListener } from '@callweave/server-adapter/node';
import { build } from 'esbuild';
import type { Exchange } from '../../packages/server-adapter/src/telephony/exchange.ts';
import { serveParent } from '../load/server-process.ts';

/**
 * Two exchanges in a box of one process: one belongs to the adapter, whose page is the desk; at the other a call goes
 * straight to a page that is nothing but JsSIP.
 */
export interface RingReady {
  readonly url: string;
  readonly publicNumber: string;
  /** Lines of the customers' telephones at the two. */
  readonly lines: Readonly<Record<'desk' | 'bare', { path: string; credentials: PhoneLine }>>;
}

export interface PhoneLine {
  readonly uri: string;
  readonly server: string;
  readonly username: string;
  readonly password: string;
  readonly realm?: string;
  readonly expiresAt: string;
}

const PUBLIC_NUMBER = '+982181021380';
const CUSTOMER = '+989121234567';
const [folder = ''] = process.argv.slice(2);
const widgets = fileURLToPath(new URL('../../packages/widgets/dist', import.meta.url));

const store = await createSqliteStore({ file: join(folder, 'callweave.sqlite') });
const woven = createEmbeddedExchange({ recordingsDir: join(folder, 'woven') });
const bare = createEmbeddedExchange({ recordingsDir: join(folder, 'bare'), path: '/bare-sip' });

/** When the customer's INVITE was there, on the clock that the pages share. */
const incomingAt = { desk: 0, bare: 0 };
/** When the adapter told its exchange to ring the agent: whose call it is was found, and stored, until then. */
let commandedAt = 0;
const ringPhone = woven.ring.bind(woven);
woven.ring = (options) => {
  commandedAt = Date.now();
  return ringPhone(options);
};
const note = (exchange: Exchange, name: keyof typeof incomingAt) =>
  exchange.subscribe((event) => {
    if (event.type === 'incoming') incomingAt[name] = Date.now();
  });
note(woven, 'desk');
note(bare, 'bare');

let count = 0;
const callers = new Map<string, string>();
bare.subscribe((event) => {
  if (event.type === 'incoming') {
    const leg = `bare-${(count += 1)}`;
    callers.set(leg, event.leg);
    void bare.answer(event.leg);
    void bare.ring({
      leg,
      device: { kind: 'browser', account: 'bare' },
      callerId: { number: event.from },
      timeoutSeconds: 30,
    });
  }
  if (event.type === 'hungup')
    for (const [agent, caller] of callers) {
      if (caller !== event.leg && agent !== event.leg) continue;
      callers.delete(agent);
      void Promise.all([bare.hangup(agent), bare.hangup(caller)]).then(() => bare.destroyBridge(`bridge-${agent}`));
    }
  const caller = event.type === 'answered' ? callers.get(event.leg) : undefined;
  if (caller !== undefined && event.type === 'answered') void connect(event.leg, caller);
});

async function connect(agent: string, caller: string): Promise<void> {
  const bridge = `bridge-${agent}`;
  await bare.createBridge(bridge);
  await Promise.all([bare.join(bridge, agent), bare.join(bridge, caller)]);
}

const people = {
  agent: { id: 'account_agent', username: 'agent', name: 'Agent', roles: ['agent' as const], inGroup: true },
  manager: { id: 'account_manager', username: 'manager', name: 'Manager', roles: ['manager' as const] },
};
const adapter = createAdapter({
  store,
  exchange: woven,
  pepper: 'a pepper that is used for measuring alone',
  secretCost: 4,
  recordings: join(folder, 'recordings'),
  publicNumbers: [PUBLIC_NUMBER],
  flow: { greeting: [], wrapUpSeconds: 0 },
  authenticate: async (request) =>
    people[/who=(agent|manager)/.exec(request.headers.get('cookie') ?? '')?.[1] as 'agent'],
});
for (const person of Object.values(people)) await adapter.provision(person);
await adapter.start();
await bare.start();

const answer = await adapter.fetch(
  new Request(`http://127.0.0.1${adapter.basePath}/customers`, {
    method: 'POST',
    headers: { cookie: 'who=manager', 'content-type': 'application/json', 'idempotency-key': 'customer' },
    body: JSON.stringify({
      name: 'Sara Ahmadi',
      kind: 'both',
      nationalCode: '0013542419',
      numbers: [CUSTOMER],
      responders: ['account_agent'],
    }),
  }),
);
if (answer.status !== 200) throw new Error(await answer.text());

const phone = await build({
  entryPoints: [fileURLToPath(new URL('bare-phone.js', import.meta.url))],
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2022',
  write: false,
  define: { global: 'globalThis', 'process.env.NODE_ENV': '"production"' },
});
const html = (script: string, body: string) =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>Bench</title><link rel="icon" href="data:,"><script type="module" src="${script}"></script><body>${body}`;
const pages: Record<string, { type: string; text: string }> = {
  '/desk': {
    type: 'text/html',
    text: html(
      '/widgets/callweave.js',
      '<cw-desk url="/callweave" locale="en"><cw-incoming-call></cw-incoming-call><cw-call-bar></cw-call-bar></cw-desk>',
    ),
  },
  '/bare': { type: 'text/html', text: html('/bare-phone.js', '') },
  '/bare-phone.js': { type: 'text/javascript', text: phone.outputFiles[0]?.text ?? '' },
};

const listen = nodeListener(adapter);
const server = createServer((request, response) => {
  const path = request.url ?? '/';
  const page = pages[path];
  if (page !== undefined) return void response.writeHead(200, { 'content-type': page.type }).end(page.text);
  if (path === '/bare-credentials')
    return void bare
      .credentials('bare')
      .then((line) => response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(line)));
  if (path.startsWith('/widgets/')) {
    const file = join(widgets, normalize(path.slice('/widgets'.length)));
    response.setHeader('content-type', 'text/javascript');
    return void createReadStream(file)
      .on('error', () => response.writeHead(404).end())
      .pipe(response);
  }
  listen(request, response);
});
server.on('upgrade', (request, socket, head) => {
  if (request.url === '/bare-sip') bare.handleUpgrade(request, socket, head);
});
attachUpgrade(server, adapter);

const line = async (exchange: typeof woven, path: string) => ({
  path,
  credentials: { ...(await exchange.telephoneCredentials(CUSTOMER)) } as unknown as PhoneLine,
});
const lines = { desk: await line(woven, '/sip'), bare: await line(bare, '/bare-sip') };
server.listen(0, '127.0.0.1', () =>
  serveParent(
    {
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      publicNumber: PUBLIC_NUMBER,
      lines,
    } satisfies RingReady,
    async () => {
      await adapter.stop();
      await bare.stop();
      server.closeAllConnections();
      server.close();
      await store.close();
    },
    {
      incoming: () => ({ ...incomingAt, commanded: commandedAt }),
      legs: async () => (await woven.legs()).length + (await bare.legs()).length,
    },
  ),
);
