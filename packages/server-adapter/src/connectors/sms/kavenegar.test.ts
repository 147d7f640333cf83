import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { kavenegarSms } from './kavenegar.ts';
import { describeSmsDriver, smsTo } from './sms-driver.contract.ts';
import { SmsError } from './sms-driver.ts';
import { FakeKavenegar } from './testing/fake-kavenegar.ts';
import { deadAddress } from './testing/fake-sms-service.ts';

const SECRET = 'report_secret_of_tests';
const never = new AbortController().signal;

describe('Kavenegar', () => {
  describeSmsDriver(async () => {
    const service = await new FakeKavenegar().listen();
    const options = { apiKey: service.apiKey, baseUrl: service.baseUrl, timeoutMs: 20_000 };
    const wrong = 'AAAABBBBCCCCDDDDEEEE';
    return {
      service,
      driver: kavenegarSms(options),
      hasty: kavenegarSms({ ...options, timeoutMs: 300 }),
      stranger: kavenegarSms({ ...options, apiKey: wrong }),
      nowhere: kavenegarSms({ ...options, baseUrl: await deadAddress() }),
      secrets: [service.apiKey, wrong],
    };
  });
});

describe('Kavenegar in particular', () => {
  let service: FakeKavenegar;
  const driverWith = (more: object = {}) =>
    kavenegarSms({ apiKey: service.apiKey, baseUrl: service.baseUrl, timeoutMs: 20_000, ...more });

  beforeEach(async () => {
    service = await new FakeKavenegar().listen();
  });
  afterEach(() => service.close());

  test('sent again with the same id, it goes out once', async () => {
    const message = smsTo('+989121234567');
    const first = await driverWith().send(message, never);
    const second = await driverWith().send(message, never);
    expect(second).toEqual(first);
    expect(service.taken).toHaveLength(1);
    await driverWith().send(smsTo('+989121234567'), never);
    expect(service.taken).toHaveLength(2);
  });

  test.each([
    [400, false, 'no'],
    [401, true, 'no'],
    [402, true, 'unknown'],
    [403, true, 'no'],
    [407, true, 'no'],
    [409, true, 'unknown'],
    [411, false, 'no'],
    [412, true, 'no'],
    [413, false, 'no'],
    [416, true, 'no'],
    [418, true, 'no'],
    [422, false, 'no'],
    [426, true, 'no'],
    [429, true, 'no'],
    [451, true, 'no'],
    [501, true, 'no'],
    [499, false, 'no'],
    [599, true, 'unknown'],
  ] as const)('its code %i: worth another attempt %s, taken %s', async (code, retryable, taken) => {
    service.refuseWith = code;
    const error = await driverWith()
      .send(smsTo('+989121234567'), never)
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(SmsError);
    expect(error).toMatchObject({ retryable, taken });
    expect(service.taken).toEqual([]);
  });

  test('an HTTP 407, which `fetch` keeps to itself, loses nothing', async () => {
    service.faults.push({ kind: 'answer', status: 407 });
    await expect(driverWith().send(smsTo('+989121234567'), never)).rejects.toMatchObject({
      retryable: true,
      taken: 'unknown',
    });
  });

  test('its code counts, also where HTTP says 200', async () => {
    service.faults.push({
      kind: 'answer',
      status: 200,
      body: '{"return":{"status":418,"message":"credit"},"entries":null}',
    });
    await expect(driverWith().send(smsTo('+989121234567'), never)).rejects.toMatchObject({
      reason: 'no-credit',
      retryable: true,
      retryAfterSeconds: 900,
    });
  });

  test('a text that is kept there: tokens by their rules, and no second attempt in doubt', async () => {
    const driver = driverWith({
      lookup: { 'field-missed-call': { template: 'missedcall', tokens: { token: 'ordinal', token10: 'project' } } },
    });
    const message = smsTo('+989121234567', { values: { ordinal: '۲', project: 'پروژهٔ یک' } });
    expect(await driver.send(message, never)).toMatchObject({ state: 'sent' });
    expect(service.broken).toEqual([]);
    expect(service.taken[0]?.text).toBe('missedcall: ۲ / پروژهٔ یک');
    expect(await driver.find(message, never)).toBe('cannot-tell');
    await expect(
      driver.send(smsTo('+989121234567', { values: { ordinal: '2 3', project: 'x' } }), never),
    ).rejects.toMatchObject({ retryable: false, taken: 'no', reason: 'bad-token' });
    await expect(driver.send(smsTo('+989121234567', { values: { ordinal: '2' } }), never)).rejects.toMatchObject({
      retryable: false,
    });
    expect(service.taken).toHaveLength(1);
  });

  test('reports at the secret address, and nowhere else', () => {
    const driver = driverWith({ reportSecret: SECRET });
    const read = (fields: Record<string, string>, key = SECRET) =>
      driver.readReport?.({ key, url: '', header: () => null, fields });
    expect(driver.reportKey).toBe(SECRET);
    expect(read({ messageid: '8792343', status: '10' })).toEqual([{ providerId: '8792343', state: 'delivered' }]);
    expect(read({ messageid: '8792343', status: '14' })).toEqual([
      { providerId: '8792343', state: 'failed', reason: 'blocked-by-receiver' },
    ]);
    expect(read({ messageid: '8792343', status: '100' })).toEqual([]);
    for (const odd of ['', '1e1', '-1', 'delivered', '1000']) expect(read({ messageid: '1', status: odd })).toEqual([]);
    // Somebody wrote to the line, under both names of the fields.
    expect(read({ messageid: '1', from: '09121234567', to: '10004346', message: 'hello' })).toEqual([]);
    expect(read({ messageid: '1', sender: '09121234567', receptor: '10004346', text: 'hello' })).toEqual([]);
    for (const key of ['', 'x', SECRET.slice(1), `${SECRET}x`])
      expect(read({ messageid: '8792343', status: '10' }, key)).toBeUndefined();
    expect(driverWith().readReport).toBeUndefined();
  });

  test('its options are checked at start', () => {
    expect(() => kavenegarSms({ apiKey: 'a/../b' })).toThrow('letters and digits');
    expect(() => kavenegarSms({ apiKey: service.apiKey, baseUrl: 'http://api.example' })).toThrow('https');
    expect(() => kavenegarSms({ apiKey: service.apiKey, reportSecret: 'short' })).toThrow('16 to 64');
  });
});
