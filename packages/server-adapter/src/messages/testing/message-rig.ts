import type { Clock } from '../../clock.ts';
import { kavenegarSms } from '../../connectors/sms/kavenegar.ts';
import type { SmsDriver } from '../../connectors/sms/sms-driver.ts';
import { FakeKavenegar } from '../../connectors/sms/testing/fake-kavenegar.ts';
import { FakeTwilio } from '../../connectors/sms/testing/fake-twilio.ts';
import { twilioSms } from '../../connectors/sms/twilio.ts';
import type { Store } from '../../store/store.ts';
import { createMessages, type SmsOptions } from '../create-messages.ts';
import type { MessageRequest } from '../send.ts';

export const REPORT_SECRET = 'report_secret_of_tests';

export const CALLBACK: MessageRequest = {
  to: '+989121234567',
  template: 'field-missed-call',
  values: { ordinal: 2, project: 'Polling' },
  locale: 'en',
  purpose: 'field-missed-call',
  dedupeKey: 'callback:1',
};

/** A clock that a test moves on, so that pauses are over when it says so. */
export class MovingClock implements Clock {
  #ahead = 0;
  now(): Date {
    return new Date(Date.now() + this.#ahead);
  }
  advance(ms: number): void {
    this.#ahead += ms;
  }
}

export type ServiceName = 'kavenegar' | 'twilio';

/** A service that stands in for the real one, and drivers that speak to it: a patient one, and one that is not. */
export async function startService(name: ServiceName) {
  if (name === 'twilio') {
    const service = await new FakeTwilio().listen();
    const { accountSid, authToken, url } = service;
    const keys = { accountSid, authToken };
    const driverWith = (timeoutMs: number) => twilioSms({ ...keys, baseUrl: url, timeoutMs });
    return { service, keys, baseUrl: url, driver: driverWith(20_000), hasty: driverWith(1_000) };
  }
  const service = await new FakeKavenegar().listen();
  const keys = { apiKey: service.apiKey, reportSecret: REPORT_SECRET };
  const { baseUrl } = service;
  const driverWith = (timeoutMs: number) => kavenegarSms({ ...keys, baseUrl, timeoutMs });
  return { service, keys, baseUrl, driver: driverWith(20_000), hasty: driverWith(1_000) };
}

/** The domain over a store, without its timers: a test drains it. */
export function messagesOver(store: Store, driver: SmsDriver | undefined, options: Partial<SmsOptions> = {}) {
  const clock = new MovingClock();
  const errors: unknown[] = [];
  const messages = createMessages({
    store,
    sms: driver === undefined ? undefined : { driver, from: '+15005550006', ...options },
    clock,
    onError: (error) => errors.push(error),
  });
  return {
    messages,
    clock,
    errors,
    send: (changes: Partial<MessageRequest> = {}) =>
      store.write((tx) => messages.send(tx, { ...CALLBACK, ...changes })),
    /** All pauses are over, and what is due is done. */
    async later(ms = 3_600_000) {
      clock.advance(ms);
      await messages.drain();
    },
    row: async (id?: string) => {
      const rows = await store.db.selectFrom('messages').selectAll().orderBy('created_at').orderBy('id').execute();
      const row = id === undefined ? rows[0] : rows.find((one) => one.id === id);
      if (row === undefined) throw new Error('There is no such message.');
      return row;
    },
  };
}
