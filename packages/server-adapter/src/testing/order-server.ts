import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Adapter } from '../adapter.ts';
import { createHandler } from '../http/handler.ts';
import { createIdempotency } from '../http/idempotency.ts';
import { nodeListener } from '../http/node.ts';
import { createOriginPolicy } from '../http/origin.ts';
import { createRoutes } from '../http/routes.ts';
import { AGENT, createOrderRig } from '../orders/testing/order-rig.ts';
import { openPlace } from './open-place.ts';

/**
 * A process that takes orders over HTTP until it is killed: `node order-server.ts FILE|postgres://…`. The live call of its one
 * customer is a row that every start finds again; everything else is the product. Prints its port when it is ready.
 */
const [place = ''] = process.argv.slice(2);
const store = await openPlace(place);
const rig = await createOrderRig(store);
const running = await store.db.selectFrom('calls').select('id').limit(1).executeTakeFirst();
const callId = running?.id ?? (await rig.call(await rig.customer())).callId;

const answer = createHandler({
  basePath: '',
  routes: createRoutes({ orders: rig.orders as never }),
  store,
  authenticate: async () => AGENT,
  origins: createOriginPolicy([], false),
  limit: () => {},
  idempotency: createIdempotency(store, (text) => text),
  openapi: () => '',
  logger: {
    error: (message, fields) => process.stderr.write(`${message} ${JSON.stringify(fields)}\n`),
    warn: () => {},
    info: () => {},
  },
  verifyAnswers: false,
});
const adapter = { basePath: '', answer, fetch: async () => new Response(null, { status: 404 }) } as unknown as Adapter;
const server = createServer(nodeListener(adapter));
server.listen(0, '127.0.0.1', () =>
  process.stdout.write(`${JSON.stringify({ port: (server.address() as AddressInfo).port, callId })}\n`),
);
