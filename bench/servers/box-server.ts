import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createEmbeddedExchange } from '@callweave/server-adapter/embedded';
import { serveParent } from '../load/server-process.ts';

/** The exchange in a box by itself: it joins every second telephone that calls with the one before, and records both. */
const [recordingsDir = '', telephones = '0'] = process.argv.slice(2);
const exchange = createEmbeddedExchange({ recordingsDir });
await exchange.start();

let waiting: string | undefined;
let joined = 0;
exchange.subscribe((event) => {
  if (event.type !== 'incoming') return;
  const other = waiting;
  waiting = other === undefined ? event.leg : undefined;
  void (async () => {
    await exchange.answer(event.leg);
    await exchange.record({ leg: event.leg, recording: `rec-${event.leg}` });
    if (other === undefined) return;
    const bridge = `bridge-${event.leg}`;
    await exchange.createBridge(bridge);
    await exchange.join(bridge, event.leg);
    await exchange.join(bridge, other);
    joined += 2;
  })();
});

const server = createServer((_request, response) => response.writeHead(404).end());
server.on('upgrade', (request, socket, head) => exchange.handleUpgrade(request, socket, head));
server.listen(0, '127.0.0.1', async () => {
  const lines = await Promise.all(
    Array.from({ length: Number(telephones) }, (_, i) =>
      exchange.telephoneCredentials(`+98912${String(i).padStart(7, '0')}`),
    ),
  );
  serveParent(
    { url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/sip`, lines },
    async () => {
      await exchange.stop();
      server.closeAllConnections();
      server.close();
    },
    { cpu: () => process.cpuUsage(), joined: () => joined },
  );
});
