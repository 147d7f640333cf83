import { createHmac, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createDealingWorker } from '../../dealing/index.ts';
import { BUY_FOLAD, createOrderRig, type OrderRig } from '../../orders/testing/order-rig.ts';
import { describeStores } from '../../store/testing.ts';
import { verifyWebhook } from '../webhook-signature.ts';
import { webhookDealing } from './webhook.ts';

const SECRET = `whsec_${randomBytes(32).toString('base64')}`;

/** The host's order system: checks the signature as an integrator would, acts once per id, and can be made to fail. */
class OrderSystem {
  readonly acted = new Map<string, { type: string; order: { id: string; number: number } }>();
  readonly refused: string[] = [];
  requests = 0;
  answer: (response: ServerResponse) => void = (response) => response.writeHead(204).end();
  #server: Server | undefined;

  async listen(): Promise<string> {
    this.#server = createServer((request, response) => void this.#receive(request, response));
    await new Promise<void>((resolve) => this.#server?.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/orders`;
  }

  async #receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.requests += 1;
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const body = Buffer.concat(parts).toString();
    const get = (name: string) => (typeof request.headers[name] === 'string' ? request.headers[name] : null);
    if (
      request.method !== 'POST' ||
      request.url !== '/orders' ||
      get('content-type') !== 'application/json' ||
      !verifyWebhook(SECRET, { get }, body)
    ) {
      this.refused.push(body);
      response.writeHead(401).end();
      return;
    }
    const id = get('webhook-id') ?? '';
    if (!this.acted.has(id)) this.acted.set(id, JSON.parse(body));
    this.answer(response);
  }

  async close(): Promise<void> {
    this.#server?.closeAllConnections();
    await new Promise((resolve) => this.#server?.close(resolve));
  }
}

describeStores('dealing webhook', (makeStore) => {
  let system: OrderSystem;
  let url: string;
  let rig: OrderRig;
  let callId: string;

  beforeEach(async () => {
    system = new OrderSystem();
    url = await system.listen();
    rig = await createOrderRig(await makeStore());
    callId = (await rig.call(await rig.customer())).callId;
  });
  afterEach(() => system.close());

  const workerFor = (options: { secret?: string; timeoutMs?: number } = {}) =>
    createDealingWorker({
      ...rig.options,
      connector: webhookDealing({ url, secret: SECRET, ...options }),
      backoffMs: [60_000],
    });
  /** The pauses are over. */
  const makeDue = () =>
    rig.store.write((tx) =>
      tx.db
        .updateTable('outbox')
        .set({ next_at: '2020-01-01T00:00:00.000Z' })
        .where('delivered_at', 'is', null)
        .execute(),
    );
  const outbox = () => rig.store.db.selectFrom('outbox').selectAll().orderBy('id').execute();

  test('a signed message arrives, and the order is announced', async () => {
    const [order] = await rig.submitted(callId, BUY_FOLAD);
    await workerFor().drain();
    expect([...system.acted.values()]).toMatchObject([
      { type: 'order.new', order: { id: order?.id, number: 1, branch: 'call-centre' }, fix: { 35: 'D', 38: '500' } },
    ]);
    expect((await rig.get(order?.id ?? '')).state).toBe('announced');
  });

  test('500, a dropped connection, silence: tried again, acted on once', async () => {
    const [order] = await rig.submitted(callId, BUY_FOLAD);
    const faults: ((response: ServerResponse) => void)[] = [
      (response) => response.writeHead(500).end('oops'),
      (response) => response.destroy(),
      () => {},
    ];
    const worker = workerFor({ timeoutMs: 200 });
    const errors: (string | null)[] = [];
    for (const fault of faults) {
      system.answer = fault;
      await worker.drain();
      errors.push((await outbox())[0]?.last_error ?? null);
      expect((await rig.get(order?.id ?? '')).state).toBe('submitted');
      await makeDue();
    }
    expect(errors).toEqual([
      'The order system answered 500.',
      'The order system could not be reached.',
      'The order system did not answer within 200 ms.',
    ]);
    system.answer = (response) => response.writeHead(200).end('{}');
    await worker.drain();
    expect(system.requests).toBe(4);
    expect(system.acted.size).toBe(1);
    expect((await rig.get(order?.id ?? '')).state).toBe('announced');
  });

  test('429 is obeyed, 4xx waits long, a redirect is not followed', async () => {
    await rig.submitted(callId, BUY_FOLAD);
    const worker = workerFor();
    const waitAfter = async (answer: OrderSystem['answer']) => {
      await makeDue();
      system.answer = answer;
      await worker.drain();
      return (Date.parse((await outbox())[0]?.next_at ?? '') - Date.now()) / 1000;
    };
    expect(await waitAfter((response) => response.writeHead(429, { 'retry-after': '120' }).end())).toBeGreaterThan(100);
    expect(await waitAfter((response) => response.writeHead(422).end())).toBeGreaterThan(3000);
    const before = system.requests;
    await waitAfter((response) => response.writeHead(307, { location: `${url}/elsewhere` }).end());
    expect(system.requests).toBe(before + 1);
    expect((await outbox())[0]?.delivered_at).toBeNull();
  });

  test('a message signed with another secret is refused by the receiver', async () => {
    const [order] = await rig.submitted(callId, BUY_FOLAD);
    await workerFor({ secret: `whsec_${randomBytes(32).toString('base64')}` }).drain();
    expect(system.acted.size).toBe(0);
    expect(system.refused).toHaveLength(1);
    expect((await rig.get(order?.id ?? '')).state).toBe('submitted');
  });
});

test('the address and the secret are checked at start', () => {
  expect(() => webhookDealing({ url: 'http://orders.example/x', secret: SECRET })).toThrow('https');
  expect(() => webhookDealing({ url: 'ftp://127.0.0.1/x', secret: SECRET })).toThrow('https');
  expect(() => webhookDealing({ url: 'https://orders.example/x', secret: 'whsec_c2hvcnQ=' })).toThrow(
    '24 random bytes',
  );
});

test('verifying: the scheme of Standard Webhooks, a window of five minutes, several signatures', () => {
  const now = new Date('2026-11-22T09:30:00.000Z');
  const [id, body] = ['message_1', '{"a":1}'];
  const signed = (at: Date, key = Buffer.from(SECRET.slice(6), 'base64')) => {
    const timestamp = String(Math.floor(at.getTime() / 1000));
    return new Headers({
      'webhook-id': id,
      'webhook-timestamp': timestamp,
      'webhook-signature': `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`,
    });
  };
  const good = signed(now);
  expect(verifyWebhook(SECRET, good, body, now)).toBe(true);
  expect(verifyWebhook(SECRET, good, `${body} `, now)).toBe(false);
  expect(verifyWebhook(SECRET, signed(new Date(now.getTime() - 301_000)), body, now)).toBe(false);
  expect(verifyWebhook(SECRET, signed(new Date(now.getTime() + 301_000)), body, now)).toBe(false);
  expect(verifyWebhook(SECRET, signed(now, randomBytes(32)), body, now)).toBe(false);
  for (const name of ['webhook-id', 'webhook-timestamp', 'webhook-signature']) {
    const without = new Headers(good);
    without.delete(name);
    expect(verifyWebhook(SECRET, without, body, now)).toBe(false);
  }
  const rotated = new Headers(good);
  rotated.set('webhook-signature', `v1,AAAA ${good.get('webhook-signature')}`);
  expect(verifyWebhook(SECRET, rotated, body, now)).toBe(true);
  rotated.set('webhook-signature', good.get('webhook-signature')?.replace('v1', 'v0') ?? '');
  expect(verifyWebhook(SECRET, rotated, body, now)).toBe(false);
});
