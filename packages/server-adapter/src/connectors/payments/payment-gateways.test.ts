import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { GatewayError, PaymentGateway } from './payment-gateway.ts';
import type { FakeGateway } from './testing/fake-gateway.ts';
import { FakeZarinpal } from './testing/fake-zarinpal.ts';
import { FakeZibal } from './testing/fake-zibal.ts';
import { zarinpal } from './zarinpal.ts';
import { zibal } from './zibal.ts';

const MERCHANT = '99999999-2222-3333-4444-555555555555';

/** What every gateway does, whatever its service calls it; and the wire forms in which its service says the same. */
interface Kind {
  readonly name: string;
  listen(): Promise<FakeGateway>;
  driver(baseUrl: string, options?: { merchant?: string; timeoutMs?: number }): PaymentGateway;
  /** What its service answers, by code. */
  code(code: number, more?: object): string;
  readonly wrongMerchant: string;
  /** Codes by which a request is refused, and the reasons that they become. */
  readonly refusals: readonly (readonly [number, string])[];
  readonly again: number;
  readonly notPaid: readonly (readonly [number, boolean])[];
  readonly authority: string;
}

const coded = (code: number, more: object = {}) =>
  code >= 100
    ? { data: { code, message: 'Success', ...more }, errors: [] }
    : { data: [], errors: { code, message: 'no', validations: [] } };

const KINDS: readonly Kind[] = [
  {
    name: 'zarinpal',
    listen: () => new FakeZarinpal().listen(),
    driver: (baseUrl, { merchant = new FakeZarinpal().merchantId, timeoutMs = 5_000 } = {}) =>
      zarinpal({ merchantId: merchant, baseUrl, timeoutMs }),
    code: (code, more) => JSON.stringify(coded(code, more)),
    wrongMerchant: 'zarinpal-10',
    refusals: [-9, -10, -11, -12, -13, -14, -15, -16, -17, -41, -52, -53].map((code) => [code, `zarinpal${code}`]),
    again: 101,
    notPaid: [
      [-51, false],
      [-40, true],
      [-54, true],
      [-55, true],
    ],
    authority: `A${'1'.padStart(35, '0')}`,
  },
  {
    name: 'zibal',
    listen: () => new FakeZibal().listen(),
    driver: (baseUrl, { merchant = 'zibal', timeoutMs = 5_000 } = {}) => zibal({ merchant, baseUrl, timeoutMs }),
    code: (result, more) => JSON.stringify({ result, message: 'x', ...more }),
    wrongMerchant: 'zibal-102',
    refusals: [102, 103, 104, 105, 106, 113].map((code) => [code, `zibal-${code}`]),
    again: 201,
    notPaid: [
      [202, false],
      [203, true],
    ],
    authority: '3000000',
  },
];

const amount = { amount: 25_000_000, currency: 'IRR' as const };
const REQUEST = {
  attemptId: 'attempt_1',
  amount,
  description: 'تمدید دو ساله',
  callbackUrl: 'https://shop.example/callweave/payment-callbacks/attempt_1',
};

const failure = (promise: Promise<unknown>): Promise<GatewayError> =>
  promise.then(
    () => Promise.reject(new Error('It was done.')),
    (error: GatewayError) => error,
  );

describe.each(KINDS)('a payment gateway: $name', (kind) => {
  const ends: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const end of ends.splice(0)) await end();
  });
  const stage = async () => {
    const service = await kind.listen();
    ends.push(() => service.close());
    return { service, gateway: kind.driver(service.url) };
  };
  const answering = async (...bodies: readonly string[]) => {
    const { service, gateway } = await stage();
    for (const body of bodies) service.faults.push({ kind: 'answer', status: 200, body });
    return { service, gateway };
  };

  it('asks for a way to pay, reads the way back, and confirms as often as it is asked', async () => {
    const { service, gateway } = await stage();
    const { authority, redirectTo } = await gateway.request(REQUEST);
    expect(redirectTo.startsWith(service.url)).toBe(true);
    const back = Object.fromEntries(new URL(service.finish(authority, true)).searchParams);
    expect(gateway.readCallback(back)).toEqual({ authority });
    const first = await gateway.verify({ authority, amount });
    expect(first).toMatchObject({ state: 'verified', reference: expect.stringMatching(/^\d+$/) });
    expect(await gateway.verify({ authority, amount })).toEqual(first);
    expect(await gateway.isReversed({ authority })).toBe(false);
    expect(service.broken).toEqual([]);
  });

  it('confirms nothing that was not paid, and not another amount than ours', async () => {
    const { service, gateway } = await stage();
    const { authority } = await gateway.request(REQUEST);
    expect(await gateway.verify({ authority, amount })).toMatchObject({ state: 'not-paid', final: false });
    const transaction = service.transactions.get(authority);
    if (transaction) Object.assign(transaction, { amount: 1_000, state: 'paid' });
    expect(await gateway.verify({ authority, amount })).toMatchObject({ state: 'mismatch' });
    expect(transaction?.state).toBe('paid');
    expect(await gateway.verify({ authority: kind.authority.replace(/.$/, '9'), amount })).toMatchObject({
      state: 'not-paid',
      final: true,
    });
  });

  it('says a wrong key as the gateway does, and never the key', async () => {
    const { service } = await stage();
    const error = await failure(kind.driver(service.url, { merchant: MERCHANT }).request(REQUEST));
    expect(error).toMatchObject({ reason: kind.wrongMerchant, done: 'no' });
    expect(`${error.message} ${error.stack}`).not.toContain(MERCHANT);
  });

  it.each(kind.refusals)('code %i refuses a request as %s', async (code, reason) => {
    const { gateway } = await answering(kind.code(code));
    expect(await failure(gateway.request(REQUEST))).toMatchObject({ reason, done: 'no' });
    // Asked for a confirmation it says nothing about the money.
    const verify = await answering(kind.code(code));
    expect(await failure(verify.gateway.verify({ authority: kind.authority, amount }))).toMatchObject({ reason });
  });

  it.each(kind.notPaid)('code %i of a confirmation is "not paid", for good: %s', async (code, final) => {
    const { gateway, service } = await stage();
    const { authority } = await gateway.request(REQUEST);
    service.faults.push({ kind: 'answer', status: 200, body: kind.code(code), method: 'verify' });
    expect(await gateway.verify({ authority, amount })).toMatchObject({ state: 'not-paid', final });
  });

  it('"confirmed already" is confirmed', async () => {
    const { gateway, service } = await stage();
    const { authority } = await gateway.request(REQUEST);
    service.faults.push({ kind: 'answer', status: 200, body: kind.code(kind.again), method: 'verify' });
    expect(await gateway.verify({ authority, amount })).toMatchObject({ state: 'verified', card: null });
  });

  it.each(['', '<html>502</html>', 'null', '[]', '{}', '{"data":[],"errors":[]}', '"100"', '{"result":"x"}'])(
    'an answer that cannot be read is no answer: %s',
    async (body) => {
      const { gateway } = await answering(body);
      expect(await failure(gateway.request(REQUEST))).toMatchObject({ reason: 'unreadable-answer', done: 'unknown' });
      const verify = await answering(body);
      expect(await failure(verify.gateway.verify({ authority: kind.authority, amount }))).toMatchObject({
        done: 'unknown',
      });
    },
  );

  it('an HTTP status neither helps nor hinders: the code counts', async () => {
    const { gateway, service } = await stage();
    const [code = 0, reason] = kind.refusals[0] ?? [];
    service.faults.push({ kind: 'answer', status: 422, body: kind.code(code) });
    expect(await failure(gateway.request(REQUEST))).toMatchObject({ reason, done: 'no' });
  });

  it('silence and a dead address end in time, and nobody says that nothing was done', async () => {
    const { service } = await stage();
    const gateway = kind.driver(service.url, { timeoutMs: 300 });
    service.faults.push({ kind: 'silence' });
    expect(await failure(gateway.request(REQUEST))).toMatchObject({ reason: 'timeout', done: 'unknown' });
    const port = await freePort();
    expect(await failure(kind.driver(`http://127.0.0.1:${port}`).request(REQUEST))).toMatchObject({
      reason: 'unreachable',
      done: 'unknown',
    });
    const given = new AbortController();
    given.abort();
    expect(await failure(gateway.request(REQUEST, given.signal))).toMatchObject({ done: 'unknown' });
  });

  it('follows no redirect with the key in its hand', async () => {
    const seen: string[] = [];
    const other = createServer((request, response) => {
      seen.push(request.url ?? '');
      response.writeHead(307, { location: '/stolen' }).end();
    });
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    ends.push(() => new Promise((resolve) => void other.close(() => resolve())));
    const { port } = other.address() as AddressInfo;
    expect(await failure(kind.driver(`http://127.0.0.1:${port}`).request(REQUEST))).toMatchObject({ done: 'unknown' });
    expect(seen).toHaveLength(1);
    expect(() => kind.driver('http://gateway.example')).toThrow('https');
  });

  it.each([{}, { Authority: 'x' }, { trackId: '1;2' }, { Authority: `Z${'0'.repeat(35)}` }, { trackId: '' }])(
    'an address that is none of its own is nothing: %o',
    async (fields) => {
      const { gateway } = await stage();
      expect(gateway.readCallback(fields as Record<string, string>)).toBeUndefined();
    },
  );

  it('a card is kept masked, however the gateway writes it', async () => {
    const { gateway, service } = await stage();
    const { authority } = await gateway.request(REQUEST);
    const card = '6037991234561234';
    const body = kind.code(100, { card_pan: card, cardNumber: card, ref_id: 7, refNumber: 7 });
    service.faults.push({ kind: 'answer', status: 200, body, method: 'verify' });
    expect(await gateway.verify({ authority, amount })).toMatchObject({ card: '603799******1234', reference: '7' });
  });
});

describe('only ZarinPal', () => {
  it('lists what was paid and not confirmed, and gives back once', async () => {
    const service = await new FakeZarinpal().listen();
    const gateway = zarinpal({ merchantId: service.merchantId, baseUrl: service.url });
    const { authority } = await gateway.request(REQUEST);
    expect(await gateway.unverified?.()).toEqual([]);
    service.finish(authority, true);
    expect(await gateway.unverified?.()).toEqual([authority]);
    await gateway.verify({ authority, amount });
    expect(await gateway.unverified?.()).toEqual([]);
    await gateway.reverse?.({ authority });
    expect(await gateway.isReversed({ authority })).toBe(true);
    expect(await failure(gateway.reverse?.({ authority }) ?? Promise.resolve())).toMatchObject({
      reason: 'zarinpal-61',
      done: 'no',
    });
    await service.close();
  });
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
