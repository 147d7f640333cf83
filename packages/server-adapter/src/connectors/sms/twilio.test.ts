import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { describeSmsDriver, smsTo } from './sms-driver.contract.ts';
import { deadAddress } from './testing/fake-sms-service.ts';
import { FakeTwilio } from './testing/fake-twilio.ts';
import { twilioSignature, twilioSms } from './twilio.ts';

const never = new AbortController().signal;

describe('Twilio', () => {
  describeSmsDriver(async () => {
    const service = await new FakeTwilio().listen();
    const { accountSid, authToken } = service;
    const options = { accountSid, authToken, baseUrl: service.url, timeoutMs: 20_000 };
    const wrong = 'a wrong token, which is secret too';
    return {
      service,
      driver: twilioSms(options),
      hasty: twilioSms({ ...options, timeoutMs: 300 }),
      stranger: twilioSms({ ...options, authToken: wrong }),
      nowhere: twilioSms({ ...options, baseUrl: await deadAddress() }),
      secrets: [authToken, wrong, Buffer.from(`${accountSid}:${authToken}`).toString('base64')],
    };
  });
});

test("the signature is that of Twilio's own documents", () => {
  const fields = {
    CallSid: 'CA1234567890ABCDE',
    Caller: '+14158675309',
    Digits: '1234',
    From: '+14158675309',
    To: '+18005551212',
  };
  expect(twilioSignature('12345', 'https://mycompany.com/myapp.php?foo=1&bar=2', fields)).toBe(
    'RSOYDt4T1cUTdK1PDd93/VVr8B8=',
  );
});

describe('Twilio in particular', () => {
  let service: FakeTwilio;
  const driverWith = (more: object = {}) =>
    twilioSms({ accountSid: service.accountSid, authToken: service.authToken, baseUrl: service.url, ...more });

  beforeEach(async () => {
    service = await new FakeTwilio().listen();
  });
  afterEach(() => service.close());

  test('a sender is needed, and a messaging service is one', async () => {
    const unsent = smsTo('+989121234567', { from: undefined });
    await expect(driverWith().send(unsent, never)).rejects.toMatchObject({ reason: 'no-sender', retryable: true });
    const sid = `MG${'0'.repeat(32)}`;
    expect(await driverWith({ messagingServiceSid: sid }).send(unsent, never)).toMatchObject({ state: 'sent' });
    expect(service.broken).toEqual([]);
  });

  test('a text that is too long is not even tried', async () => {
    await expect(driverWith().send(smsTo('+989121234567', { text: 'x'.repeat(1601) }), never)).rejects.toMatchObject({
      reason: 'bad-length',
      retryable: false,
    });
    expect(service.requests).toBe(0);
  });

  test('an old message with the same words is not taken for this one', async () => {
    const message = smsTo('+989121234567');
    await driverWith().send(message, never);
    const later = { ...message, createdAt: new Date(Date.now() + 3_600_000) };
    expect(await driverWith().find(later, never)).toBeUndefined();
  });

  test('reports count when they are signed over the whole address and every field', async () => {
    const driver = driverWith();
    const reportUrl = 'https://desk.example/callweave/messages/reports/message_1';
    const { providerId } = await driver.send(smsTo('+989121234567', { reportUrl }), never);
    service.setStatus(providerId, 'failed');
    const { url, headers, body } = service.report(providerId);
    expect(url).toBe(reportUrl);
    const fields = Object.fromEntries(new URLSearchParams(body));
    const read = (changes: { url?: string; fields?: Record<string, string>; signature?: string | null } = {}) =>
      driver.readReport?.({
        key: 'message_1',
        url: changes.url ?? url,
        fields: changes.fields ?? fields,
        header: (name) =>
          changes.signature === undefined
            ? (headers[name] ?? null)
            : name === 'x-twilio-signature'
              ? changes.signature
              : null,
      });
    expect(read()).toEqual([{ providerId, state: 'failed', reason: 'twilio-30003' }]);
    expect(read({ url: `${url}x` })).toBeUndefined();
    expect(read({ url: url.replace('https', 'http') })).toBeUndefined();
    expect(read({ fields: { ...fields, MessageStatus: 'delivered' } })).toBeUndefined();
    expect(read({ fields: { ...fields, Extra: '1' } })).toBeUndefined();
    for (const signature of [null, '', 'AAAA', headers['x-twilio-signature']?.slice(1) ?? ''])
      expect(read({ signature })).toBeUndefined();
  });

  test('its options are checked at start', () => {
    expect(() => twilioSms({ accountSid: 'AC1', authToken: 'x' })).toThrow('32 hexadecimal');
    expect(() => twilioSms({ accountSid: service.accountSid, authToken: '' })).toThrow('auth token');
  });
});
