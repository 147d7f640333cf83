import { afterEach, beforeEach, expect, test } from 'vitest';
import { type SmsDriver, SmsError, type SmsMessage } from './sms-driver.ts';
import type { FakeSmsService } from './testing/fake-sms-service.ts';

export interface SmsBench {
  readonly service: FakeSmsService;
  /** The driver with the right key, and more patience than any machine needs. */
  readonly driver: SmsDriver;
  /** The same with little patience. */
  readonly hasty: SmsDriver;
  /** The same with a wrong key. */
  readonly stranger: SmsDriver;
  /** With a server that is not there. */
  readonly nowhere: SmsDriver;
  /** Keys that may stand in no error. */
  readonly secrets: readonly string[];
}

let count = 0;

export function smsTo(to: string, changes: Partial<SmsMessage> = {}): SmsMessage {
  count += 1;
  return {
    id: `message_${Date.now().toString(36)}${count}`,
    to,
    from: '+15005550006',
    text: `تماس بی‌پاسخ ${count} & 100% + «ü»`,
    template: 'field-missed-call',
    values: { ordinal: String(count), project: 'پروژهٔ یک' },
    createdAt: new Date(),
    ...changes,
  };
}

/** What every driver must do towards a service. Run it inside a `describe`. */
export function describeSmsDriver(make: () => Promise<SmsBench>): void {
  let bench: SmsBench;
  const never = new AbortController().signal;
  const errorOf = async (work: Promise<unknown>): Promise<SmsError> => {
    const error = await work.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    if (!(error instanceof SmsError)) expect.fail(`expected an SmsError, not ${String(error)}`);
    return error;
  };

  beforeEach(async () => {
    bench = await make();
  });
  afterEach(() => bench.service.close());

  test('hands a message over as the service wants it, its text unharmed', async () => {
    const { driver, service } = bench;
    const message = smsTo('+989121234567');
    const report = await driver.send(message, never);
    expect(service.broken).toEqual([]);
    expect(service.taken).toEqual([
      { providerId: report.providerId, to: expect.stringMatching(/9121234567$/), text: message.text },
    ]);
    expect(report.state).toBe('sent');
    await driver.send(smsTo('+420601123456'), never);
    expect(service.broken).toEqual([]);
    expect(service.taken[1]?.to).toMatch(/420601123456$/);
  });

  test('the answer is lost: the service is found to have it', async () => {
    const { driver, service } = bench;
    const message = smsTo('+989121234567');
    service.faults.push({ kind: 'lost-answer' });
    expect(await errorOf(driver.send(message, never))).toMatchObject({ retryable: true, taken: 'unknown' });
    expect(await driver.find(message, never)).toEqual({ providerId: service.taken[0]?.providerId, state: 'sent' });
    expect(service.taken).toHaveLength(1);
  });

  test('a message that the service never had is not found, also beside others to the same number', async () => {
    const { driver } = bench;
    await driver.send(smsTo('+989121234567'), never);
    expect(await driver.find(smsTo('+989121234567'), never)).toBeUndefined();
  });

  test.each([
    [
      { kind: 'answer', status: 500 },
      { retryable: true, taken: 'unknown' },
    ],
    [
      { kind: 'answer', status: 503, body: '<html>' },
      { retryable: true, taken: 'unknown' },
    ],
    [
      { kind: 'answer', status: 429, headers: { 'retry-after': '77' } },
      { retryable: true, taken: 'no', retryAfterSeconds: 77 },
    ],
    [{ kind: 'silence' }, { retryable: true, taken: 'unknown', reason: 'timeout' }],
    [
      { kind: 'garbled', status: 200, body: '<html>' },
      { retryable: true, taken: 'unknown' },
    ],
    [{ kind: 'garbled', status: 200, body: '{"return":{"status":200},"entries":[{}],"sid":7}' }, { retryable: true }],
    [
      { kind: 'garbled', status: 200, body: '' },
      { retryable: true, taken: 'unknown' },
    ],
    [
      { kind: 'garbled', status: 200, body: 'null' },
      { retryable: true, taken: 'unknown' },
    ],
  ] as const)('%j', async (fault, expected) => {
    bench.service.faults.push(fault);
    const driver = fault.kind === 'silence' ? bench.hasty : bench.driver;
    expect(await errorOf(driver.send(smsTo('+989121234567'), never))).toMatchObject(expected);
  });

  test('a redirect is not followed', async () => {
    const { driver, service } = bench;
    service.faults.push({ kind: 'answer', status: 307, headers: { location: `${service.url}/elsewhere` } });
    expect(await errorOf(driver.send(smsTo('+989121234567'), never))).toMatchObject({ retryable: true });
    expect(service.requests).toBe(1);
  });

  test('a number that cannot be is refused for good', async () => {
    const error = await errorOf(bench.driver.send(smsTo('+99912345678901234'), never));
    expect(error).toMatchObject({ retryable: false, taken: 'no' });
    expect(bench.service.taken).toEqual([]);
  });

  test('a server that is not there has taken nothing', async () => {
    const error = await errorOf(bench.nowhere.send(smsTo('+989121234567'), never));
    expect(error).toMatchObject({ retryable: true, taken: 'no', reason: 'unreachable' });
  });

  test('a wrong key: tried again from time to time, and it stands in no error', async () => {
    const message = smsTo('+989121234567');
    for (const ask of [bench.stranger.send, bench.stranger.find]) {
      const error = await errorOf(ask(message, never));
      expect(error).toMatchObject({ retryable: true, taken: 'no' });
      expect(error.retryAfterSeconds).toBeGreaterThan(60);
    }
    const errors = [
      await errorOf(bench.stranger.send(message, never)),
      await errorOf(bench.nowhere.send(message, never)),
    ];
    bench.service.faults.push({ kind: 'answer', status: 307, headers: { location: '/x' } }, { kind: 'silence' });
    errors.push(await errorOf(bench.driver.send(message, never)), await errorOf(bench.hasty.send(message, never)));
    for (const error of errors) {
      let told = '';
      for (let at: unknown = error; at instanceof Error; at = at.cause)
        told += `${at.message} ${at.stack} ${JSON.stringify(at)}`;
      for (const secret of [...bench.secrets, message.text, message.to]) expect(told).not.toContain(secret);
    }
  });

  test('ends at once when the adapter stops', async () => {
    bench.service.faults.push({ kind: 'silence' });
    const stop = new AbortController();
    const sending = errorOf(bench.driver.send(smsTo('+989121234567'), stop.signal));
    await expect.poll(() => bench.service.requests).toBe(1);
    stop.abort();
    expect(await sending).toMatchObject({ retryable: true, taken: 'unknown' });
  });

  test('tells what became of messages, and leaves out what it does not know', async () => {
    const { driver, service } = bench;
    const ids: string[] = [];
    for (let i = 0; i < 3; i += 1) ids.push((await driver.send(smsTo('+989121234567'), never)).providerId);
    service.setStatus(ids[1] ?? '', 'delivered');
    service.setStatus(ids[2] ?? '', 'failed');
    const reports = await driver.status?.([...ids, '99999999'], never);
    expect(reports).toEqual([
      { providerId: ids[0], state: 'sent' },
      { providerId: ids[1], state: 'delivered' },
      { providerId: ids[2], state: 'failed', reason: expect.any(String) },
    ]);
    expect(service.broken).toEqual([]);
  });
}
