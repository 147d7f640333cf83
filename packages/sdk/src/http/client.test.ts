import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { createClient } from './whole-client.ts';

let server: Server | undefined;
afterEach(() => new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve())));

interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** A real HTTP server that answers each request by the next of `answers`. */
async function serve(...answers: ((response: ServerResponse) => void)[]): Promise<{ url: string; seen: Seen[] }> {
  const seen: Seen[] = [];
  server = createServer(async (request, response) => {
    let body = '';
    for await (const piece of request) body += piece;
    seen.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, body });
    const answer = answers[Math.min(seen.length, answers.length) - 1];
    answer?.(response);
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/callweave`, seen };
}

const json = (status: number, body: unknown) => (response: ServerResponse) => {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
};

test('names of the path go into the path, the rest of a GET into the query', async () => {
  const { url, seen } = await serve(json(200, { orders: [] }));
  const client = createClient({ url });
  await client.orders.list({ customerId: 'customer_1', limit: 5 });
  await client.calls.get({ callId: 'a/b' });
  expect(seen.map(({ method, url: path }) => `${method} ${path}`)).toEqual([
    'GET /callweave/orders?customerId=customer_1&limit=5',
    'GET /callweave/calls/a%2Fb',
  ]);
  expect(seen[0]?.headers['idempotency-key']).toBeUndefined();
});

test('a change carries a key of its own, or the one that it is given', async () => {
  const { url, seen } = await serve(json(200, { orders: [] }));
  const client = createClient({ url, headers: () => ({ authorization: 'Bearer host' }) });
  await client.orders.submit({ callId: 'call_1', instructionIds: ['i1'] });
  await client.orders.submit({ callId: 'call_1', instructionIds: ['i1'] }, { idempotencyKey: 'mine' });
  expect(seen.map(({ body }) => JSON.parse(body))).toEqual([{ instructionIds: ['i1'] }, { instructionIds: ['i1'] }]);
  expect(seen[0]?.headers['idempotency-key']).toMatch(/^[0-9a-f-]{36}$/);
  expect(seen[1]?.headers['idempotency-key']).toBe('mine');
  expect(seen[0]?.headers.authorization).toBe('Bearer host');
});

test('a change whose answer was lost is repeated under the same key', async () => {
  const { url, seen } = await serve((response) => response.destroy(), json(200, { id: 'order_1' }));
  await createClient({ url }).orders.get({ orderId: 'order_1' });
  const { url: other, seen: changes } = await serve((response) => response.destroy(), json(200, { id: 'order_1' }));
  await createClient({ url: other }).dealing.claim({ orderId: 'order_1' });
  expect(seen).toHaveLength(2);
  expect(changes).toHaveLength(2);
  expect(changes[0]?.headers['idempotency-key']).toBe(changes[1]?.headers['idempotency-key']);
});

test('a problem of the contract becomes an error with code, fix and fields', async () => {
  const { url } = await serve(
    json(409, { error: { code: 'read-back-missing', message: 'Not read back', fix: 'Read it back', requestId: 'r1' } }),
  );
  await expect(createClient({ url }).orders.submit({ callId: 'c', instructionIds: ['i'] })).rejects.toMatchObject({
    name: 'CallweaveError',
    code: 'read-back-missing',
    status: 409,
    fix: 'Read it back',
    requestId: 'r1',
  });
});

test.each([
  [
    'a proxy that answers HTML',
    (response: ServerResponse) => response.writeHead(404).end('<h1>Not here</h1>'),
    'bad-answer',
  ],
  ['HTML with status 200', (response: ServerResponse) => response.writeHead(200).end('<h1>Hello</h1>'), 'bad-answer'],
])('%s is told apart', async (_, answer, code) => {
  const { url } = await serve(answer);
  await expect(createClient({ url }).session.get()).rejects.toMatchObject({ code });
});

test('nobody there, too slow, given up', async () => {
  await expect(createClient({ url: 'http://127.0.0.1:9' }).session.signOut()).rejects.toMatchObject({
    code: 'network',
    status: 0,
  });
  const { url } = await serve(() => undefined);
  await expect(createClient({ url, timeoutMs: 100 }).session.get()).rejects.toMatchObject({ code: 'timeout' });
  await expect(
    createClient({ url }).customers.find({ query: 'x' }, { signal: AbortSignal.timeout(50) }),
  ).rejects.toMatchObject({ code: 'aborted' });
  server?.closeAllConnections();
});
