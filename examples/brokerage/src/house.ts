import { type AdapterOptions, logSms } from '@callweave/server-adapter';
import { ACCESS_NUMBER, EXCHANGE_NUMBER, FAX_NUMBER, PUBLIC_NUMBER, VOICEMAIL_NUMBER } from './demo.ts';

/** The house rules of the demonstration: where callers wait, what agents may dial, how texts go out. */
export const HOUSE: Partial<AdapterOptions> = {
  queues: [
    {
      id: 'desk',
      names: { en: 'Call centre', fa: 'مرکز تماس', cs: 'Kontaktní centrum' },
      announceEverySeconds: 30,
      maxWaitSeconds: 180,
      whenLong: { kind: 'voicemail', box: 'desk' },
    },
  ],
  outbound: { callerIds: [PUBLIC_NUMBER, VOICEMAIL_NUMBER] },
  missedCalls: { sms: true },
  // Nothing leaves this machine: texts are lines on the console.
  sms: { driver: logSms({ withText: true }) },
  virtualNumbers: { accessNumber: ACCESS_NUMBER, exchangeNumber: EXCHANGE_NUMBER },
  voicemail: { numbers: { [VOICEMAIL_NUMBER]: 'desk' } },
  fax: { numbers: [FAX_NUMBER] },
};
