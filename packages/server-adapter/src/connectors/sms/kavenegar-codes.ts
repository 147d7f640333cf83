import type { SmsState } from './sms-driver.ts';

/** `status` of an entry: what became of a message. Those that say nothing yet are left out. */
export const KAVENEGAR_STATES: Readonly<Record<number, { readonly state: SmsState; readonly reason?: string }>> = {
  1: { state: 'sent' }, // queued there
  2: { state: 'sent' }, // scheduled there
  4: { state: 'sent' },
  5: { state: 'sent' },
  6: { state: 'failed', reason: 'not-sent' },
  10: { state: 'delivered' },
  11: { state: 'failed', reason: 'undelivered' },
  13: { state: 'failed', reason: 'cancelled' },
  14: { state: 'failed', reason: 'blocked-by-receiver' },
};

/** It does not know the message: never had it, or more than 48 hours ago. */
export const KAVENEGAR_UNKNOWN = 100;

export interface KavenegarRefusal {
  readonly reason: string;
  readonly retryable: boolean;
  readonly taken: 'no' | 'unknown';
  readonly retryAfterSeconds?: number;
}

/** Somebody has to change something at the service, or here: worth another attempt from time to time until then. */
const untilSomebodyActs = (reason: string): KavenegarRefusal => ({
  reason,
  retryable: true,
  taken: 'no',
  retryAfterSeconds: 900,
});
const forGood = (reason: string): KavenegarRefusal => ({ reason, retryable: false, taken: 'no' });
const shortly = (reason: string, taken: 'no' | 'unknown'): KavenegarRefusal => ({ reason, retryable: true, taken });

/** `return.status` other than 200. */
const REFUSALS: Readonly<Record<number, KavenegarRefusal>> = {
  400: forGood('bad-request'),
  401: untilSomebodyActs('account-inactive'),
  402: shortly('operation-failed', 'unknown'),
  403: untilSomebodyActs('bad-key'),
  404: forGood('bad-request'),
  405: forGood('bad-request'),
  406: forGood('bad-request'),
  407: untilSomebodyActs('not-allowed'),
  409: shortly('service-busy', 'unknown'),
  411: forGood('bad-receiver'),
  412: untilSomebodyActs('bad-sender'),
  413: forGood('bad-length'),
  416: untilSomebodyActs('address-not-allowed'),
  417: forGood('bad-request'),
  418: untilSomebodyActs('no-credit'),
  419: forGood('bad-request'),
  422: forGood('bad-characters'),
  424: untilSomebodyActs('unknown-template'),
  426: untilSomebodyActs('plan-too-small'),
  429: { ...shortly('too-many-requests', 'no'), retryAfterSeconds: 60 },
  431: forGood('bad-token'),
  432: forGood('bad-token'),
  451: { ...shortly('too-many-requests', 'no'), retryAfterSeconds: 60 },
  501: untilSomebodyActs('test-account'),
};

export function refusalOf(status: number): KavenegarRefusal {
  const known = REFUSALS[status];
  if (known !== undefined) return known;
  return status >= 500 || status < 400 ? shortly(`kavenegar-${status}`, 'unknown') : forGood(`kavenegar-${status}`);
}
