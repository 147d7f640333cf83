export interface WhatsAppRefusal {
  readonly reason: string;
  readonly retryable: boolean;
  readonly taken: 'no' | 'unknown';
  readonly retryAfterSeconds?: number;
}

/** The receiver has no WhatsApp, or cannot be reached there: another channel may do. */
export const NOT_REACHABLE = 'not-reachable';
/** The receiver has not written for 24 hours: only a template may go to them. */
export const OUTSIDE_WINDOW = 'outside-window';

const forGood = (reason: string): WhatsAppRefusal => ({ reason, retryable: false, taken: 'no' });
const untilSomebodyActs = (reason: string): WhatsAppRefusal => ({
  reason,
  retryable: true,
  taken: 'no',
  retryAfterSeconds: 900,
});
const later = (retryAfterSeconds: number): WhatsAppRefusal => ({
  reason: 'too-many-requests',
  retryable: true,
  taken: 'no',
  retryAfterSeconds,
});

/** `error.code` of the answer, or `errors[].code` of a failed status. */
const REFUSALS: Readonly<Record<number, WhatsAppRefusal>> = {
  0: untilSomebodyActs('bad-key'),
  1: { reason: 'service-busy', retryable: true, taken: 'unknown' },
  2: { reason: 'service-busy', retryable: true, taken: 'unknown' },
  4: later(300),
  10: untilSomebodyActs('not-allowed'),
  100: forGood('bad-request'),
  190: untilSomebodyActs('bad-key'),
  200: untilSomebodyActs('not-allowed'),
  368: untilSomebodyActs('account-blocked'),
  80007: later(300),
  130429: later(60),
  130472: forGood(NOT_REACHABLE),
  131000: { reason: 'service-busy', retryable: true, taken: 'unknown' },
  131005: untilSomebodyActs('not-allowed'),
  131008: forGood('bad-request'),
  131009: forGood('bad-request'),
  131016: { reason: 'service-busy', retryable: true, taken: 'unknown' },
  131021: forGood('bad-receiver'),
  131026: forGood(NOT_REACHABLE),
  131030: forGood('bad-receiver'),
  131031: untilSomebodyActs('account-blocked'),
  131042: untilSomebodyActs('no-credit'),
  131045: untilSomebodyActs('bad-sender'),
  131047: forGood(OUTSIDE_WINDOW),
  131048: later(900),
  131056: later(60),
  132000: forGood('template-mismatch'),
  132001: untilSomebodyActs('unknown-template'),
  132005: forGood('template-mismatch'),
  132012: forGood('template-mismatch'),
  132015: untilSomebodyActs('unknown-template'),
  132016: untilSomebodyActs('unknown-template'),
  133010: untilSomebodyActs('bad-sender'),
};

/** What a code means for the message: try again, give up, or not reachable on this channel. */
export function whatsAppRefusal(code: number | undefined, status: number): WhatsAppRefusal {
  const known = code === undefined ? undefined : REFUSALS[code];
  if (known !== undefined) return known;
  const reason = `whatsapp-${code ?? status}`;
  if (status === 429) return later(60);
  if (status === 401 || status === 403) return untilSomebodyActs(reason);
  if (status >= 500 || status === 408 || status < 400) return { reason, retryable: true, taken: 'unknown' };
  return forGood(reason);
}
