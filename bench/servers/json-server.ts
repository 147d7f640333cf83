import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serveParent } from '../load/server-process.ts';

/** node:http and a fixed JSON text of the length that is asked for: what an answer of that size costs at least. */
const [length = '64'] = process.argv.slice(2);
const value = { calls: 'x'.repeat(Math.max(0, Number(length) - 12)) };
const server = createServer((_request, response) => {
  const json = JSON.stringify(value);
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': json.length });
  response.end(json);
});
// A client may wait for its turn between rounds.
server.keepAliveTimeout = 0;
server.listen(0, '127.0.0.1', () =>
  serveParent({ port: (server.address() as AddressInfo).port }, () => {
    server.closeAllConnections();
    server.close();
  }),
);
