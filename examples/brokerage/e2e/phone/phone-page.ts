import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Exchange } from '../../../../packages/server-adapter/src/telephony/exchange.ts';

export interface PhonePage {
  readonly port: number;
  close(): Promise<void>;
}

/** A page that is nothing but the phone of the SDK, in `window.phone`, beside the exchange's WebSocket. */
export async function servePhonePage(
  exchange: Pick<Exchange, 'credentials'> & Partial<Pick<EmbeddedUpgrade, 'handleUpgrade'>>,
  account: string,
): Promise<PhonePage> {
  const result = await build({
    stdin: {
      contents: `import { createPhone } from '@callweave/sdk/phone';
        const phone = createPhone({ credentials: () => fetch('/credentials').then((answer) => answer.json()) });
        const seen = [];
        for (const type of ['connection-lost', 'media-recovering', 'media-recovered', 'media-failed', 'call-ended',
          'device-lost', 'devices-changed', 'microphone-failed']) phone.on(type, (event) => seen.push(event));
        Object.assign(window, { phone, seen });
        await phone.start();
        document.body.dataset.ready = 'yes';`,
      resolveDir: fileURLToPath(new URL('../../../../packages/widgets', import.meta.url)),
      loader: 'ts',
    },
    bundle: true,
    format: 'esm',
    target: 'es2022',
    write: false,
    conditions: ['@callweave/source'],
    define: { global: 'globalThis' },
    logLevel: 'silent',
  });
  const script = result.outputFiles[0]?.text ?? '';
  const server = createServer((request, response) => {
    if (request.url === '/phone.js')
      return void response.writeHead(200, { 'content-type': 'text/javascript' }).end(script);
    if (request.url === '/credentials')
      return void exchange
        .credentials(account)
        .then((line) => response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(line)));
    response
      .writeHead(200, { 'content-type': 'text/html' })
      .end(
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Phone</title><link rel="icon" href="data:,"><script type="module" src="/phone.js"></script><body>',
      );
  });
  if (exchange.handleUpgrade) server.on('upgrade', exchange.handleUpgrade.bind(exchange));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

type EmbeddedUpgrade =
  import('../../../../packages/server-adapter/src/telephony/embedded/exchange.ts').EmbeddedExchange;
