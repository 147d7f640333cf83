import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { FakeZarinpal } from '../connectors/payments/testing/fake-zarinpal.ts';
import { zarinpal } from '../connectors/payments/zarinpal.ts';
import { spotPlayer } from '../connectors/spotplayer/spotplayer.ts';
import { FakeSpotPlayer } from '../connectors/spotplayer/testing/fake-spotplayer.ts';
import { verifyWebhook } from '../connectors/webhook-signature.ts';
import { describeStores } from '../store/testing.ts';
import { createTestDesk, type TestDesk } from '../testing/desk.ts';
import { CONTENT } from './testing/course-rig.ts';

interface Told {
  readonly headers: Headers;
  readonly body: string;
}

describeStores('courses over HTTP', (makeStore) => {
  const ends: (() => unknown)[] = [];
  let bank: FakeZarinpal;
  let player: FakeSpotPlayer;
  beforeEach(async () => {
    bank = await new FakeZarinpal().listen();
    player = await new FakeSpotPlayer().listen();
    ends.push(
      () => bank.close(),
      () => player.close(),
    );
  });
  afterEach(async () => {
    for (const end of ends.splice(0).reverse()) await end();
  });

  /** The partner's own system: takes what it is told, and fails the first time. */
  async function startPartner() {
    const told: Told[] = [];
    let failed = false;
    const server = createServer(async (request, response) => {
      const parts: Buffer[] = [];
      for await (const part of request) parts.push(part as Buffer);
      if (!failed) {
        failed = true;
        response.writeHead(503).end();
        return;
      }
      const headers = new Headers(request.headers as Record<string, string>);
      told.push({ headers, body: Buffer.concat(parts).toString('utf8') });
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    ends.push(() => new Promise((resolve) => server.close(resolve)));
    return { told, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/told` };
  }

  async function stage() {
    const store = await makeStore();
    const desk = await createTestDesk(store, {
      devicePortal: {
        payments: {
          gateways: [zarinpal({ merchantId: bank.merchantId, baseUrl: bank.url })],
          publicUrl: 'http://desk.test/callweave',
        },
        courses: {
          player: spotPlayer({ apiKey: player.apiKey, baseUrl: player.url, timeoutMs: 1_500 }),
          partnerRateLimit: { burst: 40, perSecond: 0.001 },
        },
      },
    });
    ends.push(() => desk.stop());
    const manager = await desk.as('manager');
    const buyers: string[] = [];
    for (const [name, nationalCode, telephone] of [
      ['Sara Nobodyshouldknow', '0013542419', '+989121234567'],
      ['Khashayar', '0499370899', '+989127654321'],
    ]) {
      const made = await manager('POST', '/buyers', {
        name,
        nationalCode,
        telephone,
        operator: 'mci',
        address: { city: 'Shiraz', street: 'Zand', building: '12' },
      });
      buyers.push(made.body.customerId as string);
    }
    const [mine = '', other = ''] = buyers;
    return { desk, manager, store, buyer: await desk.asBuyer(mine), stranger: await desk.asBuyer(other), mine };
  }

  async function pay(desk: TestDesk, buyer: Awaited<ReturnType<TestDesk['asBuyer']>>, paymentId: string) {
    const started = await buyer('POST', `/payments/${paymentId}/start`, { returnTo: '/courses' });
    expect(started.status, started.text).toBe(200);
    const back = new URL(bank.finish(started.body.redirectTo.split('/').at(-1), true));
    const answer = await desk.anyone('GET', `${back.pathname.replace('/callweave', '')}${back.search}`);
    expect(answer.status).toBe(303);
  }

  async function ready(buyer: Awaited<ReturnType<TestDesk['asBuyer']>>, state: string) {
    const orders = async () => (await buyer('GET', '/own-course-orders')).body.orders;
    await expect.poll(async () => (await orders())[0]?.order.state, { timeout: 30_000 }).toBe(state);
    return (await orders())[0];
  }

  it('a partner offers, a manager publishes, a buyer pays and gets the licence alone; the partner is told without a name', async () => {
    const { desk, manager, buyer, stranger, mine } = await stage();
    const partner = await startPartner();
    const made = await manager('POST', '/course-partners', { name: 'Zig', webhookUrl: partner.url });
    const path = `/course-partners/${made.body.id}`;
    const { secret } = (await manager('POST', `${path}/webhook-secret`, {})).body;
    const scopes = ['courses:read', 'courses:write', 'orders:read', 'revenue:read'];
    const { key } = (await manager('POST', `${path}/keys`, { scopes })).body;
    expect((await manager('GET', '/course-partners')).text).not.toContain(key);
    const bearer = { authorization: `Bearer ${key}` };

    const offered = await desk.anyone('PUT', '/partner/courses/zig-1', CONTENT, bearer);
    expect(offered.body, offered.text).toMatchObject({ state: 'offered', reference: 'zig-1' });
    const again = await desk.anyone('PUT', '/partner/courses/zig-1', CONTENT, bearer);
    expect(again.body).toEqual(offered.body);
    const courseId = offered.body.id;
    expect((await buyer('GET', '/course-catalogue')).body.courses).toEqual([]);
    expect((await buyer('POST', `/courses/${courseId}/buy`, { price: CONTENT.price })).code).toBe('not-found');
    await manager('POST', `/courses/${courseId}/publish`, {});
    expect((await buyer('GET', '/course-catalogue')).body.courses).toMatchObject([{ offeredBy: 'Zig', devices: 2 }]);

    const order = await buyer('POST', `/courses/${courseId}/buy`, { price: CONTENT.price });
    expect(order.body, order.text).toMatchObject({ state: 'awaiting-payment', customerId: mine });
    await pay(desk, buyer, order.body.paymentId);
    const own = await ready(buyer, 'ready');
    expect(own.licence).toEqual({
      key: player.licences[0]?.key,
      url: 'https://dl.spotplayer.ir/c/?l=000000000000000000000001',
    });
    expect((await stranger('GET', '/own-course-orders')).body.orders).toEqual([]);
    const seen = await manager('GET', '/course-orders');
    expect(seen.text).toContain(order.body.id);
    expect(seen.text).not.toContain(own.licence.key);

    await expect.poll(() => partner.told.length, { timeout: 30_000 }).toBe(1);
    const [tell] = partner.told;
    expect(verifyWebhook(secret, tell?.headers as Headers, tell?.body ?? '')).toBe(true);
    expect(verifyWebhook(secret, tell?.headers as Headers, `${tell?.body} `)).toBe(false);
    expect(JSON.parse(tell?.body ?? '')).toMatchObject({ type: 'course.sold', reference: 'zig-1', amount: 25_000_000 });
    const orders = await desk.anyone('GET', '/partner/orders', undefined, bearer);
    expect(orders.body.orders).toMatchObject([{ id: order.body.id, reference: 'zig-1', state: 'ready' }]);
    for (const text of [tell?.body ?? '', orders.text])
      for (const personal of [mine, 'Nobodyshouldknow', '9121234567', own.licence.key])
        expect(text).not.toContain(personal);

    const detail = (await manager('GET', `/payments/${order.body.paymentId}/detail`)).body;
    const refund = { attemptId: detail.attempts[0].id, how: 'outside', reason: 'Bought twice' };
    expect((await manager('POST', `/payments/${order.body.paymentId}/refund`, refund)).status).toBe(200);
    expect(await ready(buyer, 'refunded')).toMatchObject({ licence: null });
    await expect.poll(() => partner.told.length, { timeout: 30_000 }).toBe(2);
    expect((await desk.anyone('GET', '/partner/revenue', undefined, bearer)).body.months).toMatchObject([
      { sold: 1, refunded: 1, paid: { amount: 25_000_000 }, revenue: { amount: 0, currency: 'IRR' } },
    ]);
  });

  it('a key opens what it is for, until it ends; another partner has none of it; there is a limit', async () => {
    const { desk, manager } = await stage();
    const make = async (name: string, scopes: string[]) => {
      const { id } = (await manager('POST', '/course-partners', { name, webhookUrl: null })).body;
      const { key } = (await manager('POST', `/course-partners/${id}/keys`, { scopes })).body;
      return {
        id,
        ask: (method: string, path: string, body?: unknown, given = key) =>
          desk.anyone(method, path, body, { authorization: `Bearer ${given}` }),
        key,
      };
    };
    const zig = await make('Zig', ['courses:read', 'courses:write']);
    const other = await make('Other', ['courses:read', 'courses:write']);
    expect((await zig.ask('PUT', '/partner/courses/one', CONTENT)).status).toBe(200);
    expect((await other.ask('GET', '/partner/courses')).body.courses).toEqual([]);
    expect((await other.ask('POST', '/partner/courses/one/withdraw', {})).code).toBe('not-found');
    expect((await zig.ask('GET', '/partner/revenue')).code).toBe('partner-scope');
    const wrong = [
      `${zig.key.slice(0, -1)}!`,
      zig.key.replace(/.$/, (last: string) => (last === 'A' ? 'B' : 'A')),
      'cwp_',
      '',
    ];
    for (const key of wrong)
      expect((await zig.ask('GET', '/partner/courses', undefined, key)).code).toBe('partner-key');
    expect((await desk.anyone('GET', '/partner/courses')).code).toBe('partner-key');
    // Repeated with the same Idempotency-Key and without a key of a partner, nothing stored is told.
    const named = { 'idempotency-key': 'one-key' };
    const bearer = { ...named, authorization: `Bearer ${zig.key}` };
    expect((await desk.anyone('PUT', '/partner/courses/two', CONTENT, bearer)).status).toBe(200);
    expect((await desk.anyone('PUT', '/partner/courses/two', CONTENT, named)).code).toBe('partner-key');

    const path = `/course-partners/${zig.id}`;
    const second = (await manager('POST', `${path}/keys`, { scopes: ['courses:read'], olderEndAfterHours: 1 })).body;
    expect((await zig.ask('GET', '/partner/courses')).status).toBe(200);
    expect((await zig.ask('GET', '/partner/courses', undefined, second.key)).status).toBe(200);
    const first = second.partner.keys.at(-1);
    expect(first.endsAt).not.toBeNull();
    await manager('POST', `${path}/keys/${first.id}/revoke`, {});
    expect((await zig.ask('GET', '/partner/courses')).code).toBe('partner-key');
    await manager('PUT', path, { name: 'Zig', active: false, webhookUrl: null });
    expect((await zig.ask('GET', '/partner/courses', undefined, second.key)).code).toBe('partner-key');
    expect((await manager('PUT', path, { name: 'Zig', active: true, webhookUrl: 'http://zig.example' })).code).toBe(
      'invalid-input',
    );
    const codes = [];
    for (let i = 0; i < 41; i += 1) codes.push((await other.ask('GET', '/partner/courses')).code);
    expect(codes.at(-1)).toBe('too-many-requests');
    expect((await manager('GET', '/changes?subject=course:none')).status).toBe(200);
  });

  it('in doubt: only the licence that carries the order is taken, or it is made anew when a manager says so', async () => {
    const { desk, manager, buyer, store } = await stage();
    const { id: courseId } = (await manager('POST', '/courses', CONTENT)).body;
    await manager('POST', `/courses/${courseId}/publish`, {});
    const order = (await buyer('POST', `/courses/${courseId}/buy`, { price: CONTENT.price })).body;
    player.faults.push({ kind: 'silence-after' });
    await pay(desk, buyer, order.paymentId);
    expect(await ready(buyer, 'in-doubt')).toMatchObject({ licence: null, order: { reason: 'timeout' } });
    expect((await manager('GET', '/course-orders?show=attention')).body).toMatchObject({ attention: 1 });
    const path = `/course-orders/${order.id}`;
    expect((await manager('POST', `${path}/licence`, { licenceId: 'f'.repeat(24) })).code).toBe('licence-not-found');
    const found = await manager('POST', `${path}/licence`, { licenceId: player.licences[0]?._id });
    expect(found.body, found.text).toMatchObject({ state: 'ready' });
    expect((await ready(buyer, 'ready')).licence.key).toBe(player.licences[0]?.key);
    expect((await manager('POST', `${path}/make`, {})).code).toBe('course-order-state');
    expect((await manager('POST', `/courses/${courseId}/withdraw`, {})).body.state).toBe('withdrawn');
    expect((await manager('GET', `/changes?subject=course:${courseId}`)).body.entries.length).toBe(3);
    const second = (await manager('POST', '/courses', CONTENT)).body.id;
    await manager('POST', `/courses/${second}/publish`, {});
    const next = (await buyer('POST', `/courses/${second}/buy`, { price: CONTENT.price })).body;
    player.faults.push({ kind: 'answer', status: 200, body: '{"ex":{"msg":"no credit","code":7}}' });
    await pay(desk, buyer, next.paymentId);
    await ready(buyer, 'failed');
    await manager('POST', `/course-orders/${next.id}/make`, {});
    await ready(buyer, 'ready');
    expect(player.licences).toHaveLength(2);
    const rows = await store.db.selectFrom('course_orders').select('licence_id').execute();
    expect(new Set(rows.map((row) => row.licence_id)).size).toBe(2);
  });
});
