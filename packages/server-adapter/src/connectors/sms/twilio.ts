import { createHmac, timingSafeEqual } from 'node:crypto';
import * as z from 'zod/mini';
import { type SmsDriver, SmsError, type SmsMessage, type SmsReport, type SmsState } from './sms-driver.ts';
import { askService, checkedBase, jsonOf, type ServiceAnswer, unreadable } from './sms-request.ts';

export interface TwilioOptions {
  readonly accountSid: string;
  /** From the environment or a secret store. Also proves that reports come from Twilio. Stands in no error and no log. */
  readonly authToken: string;
  /** Sends through this service instead of from the adapter's `sms.from`. */
  readonly messagingServiceSid?: string;
  /** @default 'https://api.twilio.com' */
  readonly baseUrl?: string;
  /** @default 10_000 */
  readonly timeoutMs?: number;
  readonly fetch?: typeof globalThis.fetch;
}

const SERVICE = 'Twilio';
const MAX_BODY = 1600;
/** How far its clock and ours may be apart. */
const CLOCK_SKEW_MS = 120_000;
const ASKED_AT_ONCE = 10;

const STATES: Readonly<Record<string, SmsState>> = {
  accepted: 'sent',
  scheduled: 'sent',
  queued: 'sent',
  sending: 'sent',
  sent: 'sent',
  delivered: 'delivered',
  read: 'delivered',
  undelivered: 'failed',
  failed: 'failed',
  canceled: 'failed',
};

const Resource = z.object({
  sid: z.string().check(z.minLength(1)),
  status: z.string(),
  error_code: z.optional(z.nullable(z.int())),
});
const Listed = z.object({ ...Resource.shape, body: z.string(), date_created: z.string() });
const Refusal = z.object({ code: z.int() });

/** Sends by Twilio. It has no key against doubles: before an attempt is repeated, its list of messages is looked through. */
export function twilioSms(options: TwilioOptions): SmsDriver {
  const { accountSid, authToken, messagingServiceSid, timeoutMs = 10_000 } = options;
  if (!/^AC[0-9a-f]{32}$/.test(accountSid))
    throw new Error('An account SID of Twilio is AC and 32 hexadecimal digits.');
  if (authToken === '') throw new Error('Twilio needs the auth token: reports are signed with it.');
  const base = checkedBase(SERVICE, options.baseUrl ?? 'https://api.twilio.com');
  const authorization = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`;

  const ask = (path: string, signal: AbortSignal, form?: Record<string, string>) =>
    askService({
      service: SERVICE,
      url: new URL(`2010-04-01/Accounts/${accountSid}/${path}`, base),
      method: form === undefined ? 'GET' : 'POST',
      headers: { authorization },
      ...(form === undefined ? {} : { form }),
      timeoutMs,
      signal,
      fetch: options.fetch ?? globalThis.fetch,
    });

  async function statusOf(sid: string, signal: AbortSignal): Promise<SmsReport[]> {
    const answer = await ask(`Messages/${encodeURIComponent(sid)}.json`, signal);
    if (answer.status === 404) return [];
    return reportOf(read(answer, Resource, 200));
  }

  return {
    name: 'twilio',
    async send(message, signal) {
      if (message.text.length > MAX_BODY)
        throw new SmsError(`Twilio takes ${MAX_BODY} characters at most.`, {
          reason: 'bad-length',
          retryable: false,
          taken: 'no',
        });
      const answer = await ask('Messages.json', signal, formOf(message, messagingServiceSid));
      const [report] = reportOf(read(answer, Resource, 201));
      if (report === undefined) throw unreadable(SERVICE, answer.status);
      return report;
    },
    async find(message, signal) {
      const query = new URLSearchParams({ To: message.to, PageSize: '100' });
      const answer = await ask(`Messages.json?${query}`, signal);
      const { messages } = read(answer, z.object({ messages: z.array(Listed) }), 200);
      const since = message.createdAt.getTime() - CLOCK_SKEW_MS;
      const found = messages.find(
        ({ body, date_created }) => body === message.text && Date.parse(date_created) >= since,
      );
      return found === undefined ? undefined : reportOf(found)[0];
    },
    async status(providerIds, signal) {
      const reports: SmsReport[] = [];
      for (let at = 0; at < providerIds.length; at += ASKED_AT_ONCE) {
        const some = providerIds.slice(at, at + ASKED_AT_ONCE);
        reports.push(...(await Promise.all(some.map((sid) => statusOf(sid, signal)))).flat());
      }
      return reports;
    },
    readReport({ url, header, fields }) {
      if (!isSigned(authToken, url, fields, header('x-twilio-signature'))) return undefined;
      const { MessageSid, MessageStatus, ErrorCode } = fields;
      if (MessageSid === undefined || MessageStatus === undefined) return [];
      const code = ErrorCode === undefined || ErrorCode === '' ? null : Number(ErrorCode);
      return reportOf({ sid: MessageSid, status: MessageStatus, error_code: code });
    },
  };
}

function formOf(message: SmsMessage, messagingServiceSid: string | undefined): Record<string, string> {
  const sender =
    messagingServiceSid !== undefined
      ? { MessagingServiceSid: messagingServiceSid }
      : message.from !== undefined
        ? { From: message.from }
        : undefined;
  if (sender === undefined)
    throw new SmsError('Twilio needs a sender: set `sms.from`, or give the driver a `messagingServiceSid`.', {
      reason: 'no-sender',
      retryable: true,
      retryAfterSeconds: 900,
      taken: 'no',
    });
  return {
    To: message.to,
    ...sender,
    Body: message.text,
    ...(message.reportUrl === undefined ? {} : { StatusCallback: message.reportUrl }),
  };
}

function read<S extends z.ZodMiniType>(answer: ServiceAnswer, schema: S, wanted: number): z.output<S> {
  const { status, text, retryAfterSeconds } = answer;
  const body = jsonOf(text);
  if (status === wanted || (status >= 200 && status < 300)) {
    const parsed = z.safeParse(schema, body);
    if (!parsed.success) throw unreadable(SERVICE, status);
    return parsed.data;
  }
  const refusal = z.safeParse(Refusal, body);
  const reason = refusal.success ? `twilio-${refusal.data.code}` : `twilio-${status}`;
  const message = `Twilio answered ${status} (${reason}).`;
  if (status === 429)
    throw new SmsError(message, {
      reason: 'too-many-requests',
      retryable: true,
      retryAfterSeconds: retryAfterSeconds ?? 30,
      taken: 'no',
    });
  // The key or the account: somebody has to act; worth another attempt from time to time until then.
  if (status === 401 || status === 403)
    throw new SmsError(message, { reason, retryable: true, retryAfterSeconds: 900, taken: 'no' });
  if (status >= 500 || status === 408 || status < 400)
    throw new SmsError(message, { reason, retryable: true, retryAfterSeconds, taken: 'unknown' });
  throw new SmsError(message, { reason, retryable: false, taken: 'no' });
}

function reportOf({ sid, status, error_code }: z.output<typeof Resource>): SmsReport[] {
  const state = STATES[status];
  if (state === undefined) return [];
  if (state !== 'failed') return [{ providerId: sid, state }];
  const reason = status === 'canceled' ? 'cancelled' : error_code ? `twilio-${error_code}` : 'undelivered';
  return [{ providerId: sid, state, reason }];
}

/** Base64 of HMAC-SHA-1 over the whole address and the sorted fields, each name followed by its value. */
export function twilioSignature(authToken: string, url: string, fields: Readonly<Record<string, string>>): string {
  const text = Object.keys(fields)
    .sort()
    .reduce((all, name) => all + name + (fields[name] ?? ''), url);
  return createHmac('sha1', authToken).update(text).digest('base64');
}

function isSigned(authToken: string, url: string, fields: Readonly<Record<string, string>>, given: string | null) {
  if (given === null) return false;
  const [a, b] = [Buffer.from(given), Buffer.from(twilioSignature(authToken, url, fields))];
  return a.length === b.length && timingSafeEqual(a, b);
}
