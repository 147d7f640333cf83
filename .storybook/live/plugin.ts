import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Plugin } from 'vite';
import type { DeskInABox } from './desk-in-a-box.ts';
import { CALLERS } from './people.ts';

const URL_OF_DESK = '/callweave';
const SIP_PATH = '/callweave-live/sip';
const LINE_PATH = '/callweave-live/line';
const MODULE = 'virtual:callweave-live';
const RESOLVED = `\0${MODULE}`;

/**
 * The desk behind the story "Live / Desk", on Storybook's own port while it is being developed with. A static Storybook
 * has no server: there the story is told so.
 */
export function liveDesk(): Plugin {
  let serving = false;
  let desk: DeskInABox | undefined;
  const close = async () => {
    const closing = desk;
    desk = undefined;
    await closing?.close();
  };
  return {
    name: 'callweave-live-desk',
    configResolved({ command }) {
      serving = command === 'serve';
    },
    resolveId: (id) => (id === MODULE ? RESOLVED : undefined),
    load: (id) =>
      id === RESOLVED
        ? `export default ${serving ? JSON.stringify({ url: URL_OF_DESK, line: LINE_PATH }) : 'undefined'}`
        : undefined,
    async configureServer(vite) {
      // Storybook runs Vite inside a server of its own, which it hands over as the place of Vite's live reload.
      const { hmr } = vite.config.server;
      const server = vite.httpServer ?? (typeof hmr === 'object' ? hmr.server : undefined);
      if (!server) throw new Error('Storybook gave Vite no server: the live desk cannot take phone connections.');
      // Loaded here, so that building a static Storybook needs no server.
      const { attachUpgrade, callweave } = await import('@callweave/server-adapter/express');
      const { openDeskInABox } = await import('./desk-in-a-box.ts');
      desk = await openDeskInABox(SIP_PATH);
      const { adapter, exchange } = desk;
      attachUpgrade(server as Server, adapter);
      const mount = callweave(adapter);
      vite.middlewares.use((request: IncomingMessage, response: ServerResponse, next: () => void) => {
        const [path = ''] = (request.url ?? '').split('?', 1);
        if (path !== LINE_PATH && path !== URL_OF_DESK && !path.startsWith(`${URL_OF_DESK}/`)) return next();
        // Everybody is signed in here, so nobody from elsewhere is let in: neither a machine nor a page of another origin.
        if (!isThisMachine(request))
          return refuse(response, 'The live desk is for this machine: open it at 127.0.0.1.');
        response.removeHeader('Access-Control-Allow-Origin');
        if (path !== LINE_PATH) return mount(request, response, next);
        giveLine(request, response, exchange).catch((error: unknown) => refuse(response, String(error)));
      });
      // A Storybook that is told to end would leave the recordings behind.
      for (const signal of ['SIGINT', 'SIGTERM'] as const)
        process.once(signal, () => void close().finally(() => process.exit(0)));
    },
    buildEnd: close,
  };
}

/** Credentials of a customer's telephone, for a caller of the list. */
async function giveLine(
  request: IncomingMessage,
  response: ServerResponse,
  exchange: DeskInABox['exchange'],
): Promise<void> {
  const number = new URL(request.url ?? '/', 'http://127.0.0.1').searchParams.get('caller');
  const caller = CALLERS.find((known) => known.number === number);
  if (request.headers['sec-fetch-site'] === 'cross-site' || !caller)
    return refuse(response, 'Choose a caller of the list.');
  const credentials = await exchange.telephoneCredentials(caller.number);
  response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(credentials));
}

function isThisMachine({ socket, headers }: IncomingMessage): boolean {
  const address = socket.remoteAddress ?? '';
  const [host] = (headers.host ?? '').toLowerCase().split(/:\d+$/);
  return (
    ['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(address) &&
    ['127.0.0.1', 'localhost', '[::1]'].includes(host ?? '')
  );
}

function refuse(response: ServerResponse, why: string): void {
  response.writeHead(403, { 'content-type': 'text/plain; charset=utf-8' });
  response.end(why);
}
