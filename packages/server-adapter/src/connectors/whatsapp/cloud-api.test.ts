import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { smsTo } from '../sms/sms-driver.contract.ts';
import { SmsError, type SmsMessage } from '../sms/sms-driver.ts';
import { deadAddress } from '../sms/testing/fake-sms-service.ts';
import { type WhatsAppCloudOptions, whatsAppCloud } from './cloud-api.ts';
import { FakeWhatsApp } from './testing/fake-whatsapp.ts';

const never = new AbortController().signal;

describe("WhatsApp's Cloud API", () => {
  let service: FakeWhatsApp;
  const optionsOf = (more: Partial<WhatsAppCloudOptions> = {}): WhatsAppCloudOptions => ({
    phoneNumberId: service.phoneNumberId,
    accessToken: service.accessToken,
    appSecret: service.appSecret,
    verifyToken: service.verifyToken,
    baseUrl: service.url,
    timeoutMs: 20_000,
    templates: { 'field-missed-call': { name: 'callback', parameters: ['ordinal', 'project'] } },
    ...more,
  });
  const driverWith = (more: Partial<WhatsAppCloudOptions> = {}) => whatsAppCloud(optionsOf(more));
  const message = (changes: Partial<SmsMessage> = {}) => smsTo('+989121234567', { locale: 'fa', ...changes });
  const errorOf = async (work: Promise<unknown>): Promise<SmsError> => {
    const error = await work.catch((reason: unknown) => reason);
    if (!(error instanceof SmsError)) expect.fail(`expected an SmsError, not ${String(error)}`);
    return error;
  };

  beforeEach(async () => {
    service = await new FakeWhatsApp().listen();
  });
  afterEach(() => service.close());

  test('sends a template where nobody has written, in the language of the receiver, with our id', async () => {
    const given = message({ values: { ordinal: '۲', project: 'پروژهٔ\n یک' } });
    const report = await driverWith().send(given, never);
    expect(service.broken).toEqual([]);
    expect(service.taken).toEqual([
      { providerId: report.providerId, to: '989121234567', text: 'callback | fa | ۲ | پروژهٔ یک' },
    ]);
    expect(report.state).toBe('sent');
    const { body, headers } = service.notice({ providerId: report.providerId, status: 'delivered' });
    const news = driverWith().readNews(Buffer.from(body), headers['x-hub-signature-256'] ?? null);
    expect(news?.reports).toEqual([{ providerId: report.providerId, state: 'delivered', id: given.id }]);
  });

  test('sends free words where they have written; outside the window after all, the template in the same attempt', async () => {
    const given = message({ conversationOpen: true });
    service.open.add('989121234567');
    await driverWith().send(given, never);
    expect(service.taken[0]?.text).toBe(given.text);
    service.open.clear();
    await driverWith().send(message({ conversationOpen: true, values: { ordinal: '2', project: 'x' } }), never);
    expect(service.taken[1]?.text).toBe('callback | fa | 2 | x');
    expect(await errorOf(driverWith({ templates: {} }).send(given, never))).toMatchObject({
      reason: 'outside-window',
      retryable: false,
      taken: 'no',
    });
  });

  test('without a template nothing is tried', async () => {
    const error = await errorOf(driverWith({ templates: {} }).send(message(), never));
    expect(error).toMatchObject({ reason: 'unknown-template', retryable: false, taken: 'no' });
    expect(service.requests).toBe(0);
  });

  test.each([
    [400, 131047, { reason: 'outside-window', retryable: false, taken: 'no' }],
    [400, 131026, { reason: 'not-reachable', retryable: false, taken: 'no' }],
    [400, 132000, { reason: 'template-mismatch', retryable: false }],
    [404, 132001, { reason: 'unknown-template', retryable: true, retryAfterSeconds: 900 }],
    [400, 132012, { reason: 'template-mismatch', retryable: false }],
    [400, 130429, { reason: 'too-many-requests', retryable: true, taken: 'no' }],
    [400, 131056, { reason: 'too-many-requests', retryable: true, taken: 'no' }],
    [401, 190, { reason: 'bad-key', retryable: true, retryAfterSeconds: 900, taken: 'no' }],
    [403, 368, { reason: 'account-blocked', retryable: true, retryAfterSeconds: 900 }],
    [500, 131000, { reason: 'service-busy', retryable: true, taken: 'unknown' }],
    [400, 999_999, { reason: 'whatsapp-999999', retryable: false }],
    [503, 999_999, { reason: 'whatsapp-999999', retryable: true, taken: 'unknown' }],
  ])('%i with %i', async (status, code, expected) => {
    service.refuseWith = { status, code };
    expect(await errorOf(driverWith().send(message(), never))).toMatchObject(expected);
    expect(service.taken).toEqual([]);
  });

  test.each([
    [
      { kind: 'answer', status: 500 },
      { retryable: true, taken: 'unknown' },
    ],
    [
      { kind: 'answer', status: 429, headers: { 'retry-after': '77' } },
      { taken: 'no', retryAfterSeconds: 77 },
    ],
    [{ kind: 'silence' }, { retryable: true, taken: 'unknown', reason: 'timeout' }],
    [{ kind: 'lost-answer' }, { retryable: true, taken: 'unknown' }],
    [
      { kind: 'garbled', status: 200, body: '<html>' },
      { retryable: true, taken: 'unknown' },
    ],
    [
      { kind: 'garbled', status: 200, body: '{"messages":[]}' },
      { retryable: true, taken: 'unknown' },
    ],
  ] as const)('%j', async (fault, expected) => {
    service.faults.push(fault);
    const timeoutMs = fault.kind === 'silence' ? 300 : 20_000;
    expect(await errorOf(driverWith({ timeoutMs }).send(message(), never))).toMatchObject(expected);
  });

  test('a server that is not there has taken nothing; neither token, nor number, nor text stands in an error', async () => {
    const given = message();
    const wrong = 'another access token, secret too';
    const errors = [
      await errorOf(driverWith({ baseUrl: await deadAddress() }).send(given, never)),
      await errorOf(driverWith({ accessToken: wrong }).send(given, never)),
    ];
    expect(errors[0]).toMatchObject({ taken: 'no', reason: 'unreachable' });
    expect(errors[1]).toMatchObject({ taken: 'no', reason: 'bad-key' });
    for (const error of errors)
      for (const secret of [wrong, service.accessToken, given.text, given.to])
        expect(`${error.message} ${error.stack} ${JSON.stringify(error)}`).not.toContain(secret);
  });

  test('an attempt without an answer waits for its report, and then cannot be told', async () => {
    const now = new Date('2026-11-22T10:00:00.000Z');
    const driver = driverWith({ clock: { now: () => now } });
    const attemptedAt = (minutes: number) => message({ attemptedAt: new Date(now.getTime() - minutes * 60_000) });
    expect(await errorOf(driver.find(attemptedAt(2), never))).toMatchObject({
      reason: 'awaiting-report',
      retryable: true,
    });
    expect(await driver.find(attemptedAt(11), never)).toBe('cannot-tell');
  });

  test('the challenge is repeated to who knows the word, and nothing but a challenge', () => {
    const ask = (changes: Record<string, string> = {}) =>
      driverWith().challenge({
        'hub.mode': 'subscribe',
        'hub.verify_token': service.verifyToken,
        'hub.challenge': '1158201444',
        ...changes,
      });
    expect(ask()).toBe('1158201444');
    expect(ask({ 'hub.verify_token': 'guessed' })).toBeUndefined();
    expect(ask({ 'hub.mode': 'unsubscribe' })).toBeUndefined();
    expect(ask({ 'hub.challenge': '<script>' })).toBeUndefined();
    expect(driverWith().challenge({})).toBeUndefined();
  });

  test('a notice counts when every byte of it is signed', async () => {
    const { providerId } = await driverWith().send(message(), never);
    const { body, headers } = service.notice({ providerId, status: 'failed', code: 131026 });
    const signature = headers['x-hub-signature-256'] ?? '';
    const read = (text: string, given: string | null) => driverWith().readNews(Buffer.from(text), given);
    expect(read(body, signature)?.reports).toMatchObject([{ providerId, state: 'failed', reason: 'not-reachable' }]);
    expect(read(`${body} `, signature)).toBeUndefined();
    expect(read(body.replace('failed', 'read'), signature)).toBeUndefined();
    for (const given of [null, '', 'sha256=', signature.slice(7), signature.replace('sha256', 'sha1')])
      expect(read(body, given)).toBeUndefined();
    const odd = service.signed({ statuses: [{ nothing: true }], messages: 7 });
    expect(read(odd.body, odd.headers['x-hub-signature-256'] ?? '')).toEqual({ reports: [], heard: [] });
    const other = service.signed({ metadata: { phone_number_id: '777777' }, statuses: [{ id: 'x', status: 'read' }] });
    expect(read(other.body, other.headers['x-hub-signature-256'] ?? '')).toEqual({ reports: [], heard: [] });
  });

  test('its options are checked at start', () => {
    expect(() => driverWith({ phoneNumberId: '+989121234567' })).toThrow('digits');
    expect(() => driverWith({ appSecret: '' })).toThrow('secret of the app');
    expect(() => driverWith({ verifyToken: 'short' })).toThrow('16 characters');
    expect(() => driverWith({ baseUrl: 'http://graph.example' })).toThrow('https');
  });
});
