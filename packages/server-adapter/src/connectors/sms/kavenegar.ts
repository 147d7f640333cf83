import { createHash, timingSafeEqual } from 'node:crypto';
import * as z from 'zod/mini';
import { KAVENEGAR_STATES, KAVENEGAR_UNKNOWN, refusalOf } from './kavenegar-codes.ts';
import { type SmsDriver, SmsError, type SmsMessage, type SmsReport } from './sms-driver.ts';
import { askService, checkedBase, jsonOf, unreadable } from './sms-request.ts';

/** Placeholders of a template that is kept at Kavenegar, and which of our values each takes. */
export interface KavenegarLookup {
  /** Its name there. */
  readonly template: string;
  /** `token` to `token3` take no spaces, `token10` up to 5, `token20` up to 8. */
  readonly tokens: Readonly<Partial<Record<'token' | 'token2' | 'token3' | 'token10' | 'token20', string>>>;
}

export interface KavenegarOptions {
  /** From the environment or a secret store. Stands in no error and no log. */
  readonly apiKey: string;
  /**
   * Our templates that go out by `verify/lookup`, with a text that is kept at Kavenegar: these reach receivers who refuse
   * advertising. Kavenegar has no key against doubles for them: where the end of an attempt is not known, they fail.
   */
  readonly lookup?: Readonly<Record<string, KavenegarLookup>>;
  /**
   * 16 to 64 letters, digits, `_` or `-`, by chance. Kavenegar signs nothing: the address to enter in its panel for
   * delivery reports ends in this, `…/messages/reports/SECRET`, and whoever knows it is believed.
   */
  readonly reportSecret?: string;
  /** @default 'https://api.kavenegar.com/v1' */
  readonly baseUrl?: string;
  /** @default 10_000 */
  readonly timeoutMs?: number;
  readonly fetch?: typeof globalThis.fetch;
}

const SERVICE = 'Kavenegar';
const LOOKUP_TOKENS = { token: 0, token2: 0, token3: 0, token10: 5, token20: 8 } as const;
const LOOKUP_TOKEN_LENGTH = 100;

const Id = z.pipe(z.union([z.int(), z.string()]), z.transform(String));
const Entry = z.object({ messageid: Id, status: z.int() });
const Answer = z.object({
  return: z.object({ status: z.int(), message: z.optional(z.nullable(z.string())) }),
  entries: z.optional(z.nullable(z.array(z.unknown()))),
});

/** Sends by Kavenegar. Each message has a key of its own there (`localid`): sent again, it is not sent twice. */
export function kavenegarSms(options: KavenegarOptions): SmsDriver {
  const { apiKey, lookup = {}, reportSecret, timeoutMs = 10_000 } = options;
  const base = checkedBase(SERVICE, options.baseUrl ?? 'https://api.kavenegar.com/v1');
  if (!/^[A-Za-z0-9]{8,200}$/.test(apiKey)) throw new Error('The API key of Kavenegar has letters and digits only.');
  if (reportSecret !== undefined && !/^[A-Za-z0-9_-]{16,64}$/.test(reportSecret))
    throw new Error('The report secret must be 16 to 64 letters, digits, underscores or hyphens.');

  async function ask(
    method: string,
    form: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<SmsReport[]> {
    const { status, text, retryAfterSeconds } = await askService({
      service: SERVICE,
      url: new URL(`${apiKey}/${method}.json`, base),
      method: 'POST',
      form,
      timeoutMs,
      signal,
      fetch: options.fetch ?? globalThis.fetch,
    });
    const parsed = z.safeParse(Answer, jsonOf(text));
    // Its own code says more than that of HTTP, which is mostly the same; without one a proxy has answered.
    const code = parsed.success ? parsed.data.return.status : status;
    if (code !== 200) {
      const refusal = refusalOf(code);
      throw new SmsError(`Kavenegar answered ${code} (${refusal.reason}).`, {
        ...refusal,
        retryAfterSeconds: retryAfterSeconds ?? refusal.retryAfterSeconds,
      });
    }
    const entries = parsed.success ? z.safeParse(z.array(Entry), parsed.data.entries ?? []) : undefined;
    if (!entries?.success) throw unreadable(SERVICE, status);
    return entries.data.flatMap(reportOf);
  }

  const driver: SmsDriver = {
    name: 'kavenegar',
    async send(message, signal) {
      const own = lookup[message.template];
      const [method, form] = own === undefined ? plain(message) : byLookup(message, own);
      const [report] = await ask(method, form, signal);
      if (report === undefined) throw unreadable(SERVICE, 200);
      return report;
    },
    async find(message, signal) {
      if (lookup[message.template] !== undefined) return 'cannot-tell';
      const [report] = await ask('sms/statuslocalmessageid', { localid: localId(message.id) }, signal);
      return report;
    },
    status: (providerIds, signal) => ask('sms/status', { messageid: providerIds.slice(0, 500).join(',') }, signal),
  };
  if (reportSecret === undefined) return driver;
  return {
    ...driver,
    reportKey: reportSecret,
    readReport({ key, fields }) {
      if (!isSame(key, reportSecret)) return undefined;
      const { messageid, status } = fields;
      // Also messages that somebody sends to the line come here; they are no reports.
      if (messageid === undefined || status === undefined || !/^\d{1,3}$/.test(status)) return [];
      return reportOf({ messageid, status: Number(status) });
    },
  };
}

function plain(message: SmsMessage): [string, Record<string, string>] {
  return [
    'sms/send',
    {
      receptor: receptorOf(message.to),
      message: message.text,
      localid: localId(message.id),
      ...(message.from === undefined ? {} : { sender: message.from }),
    },
  ];
}

function byLookup({ to, values }: SmsMessage, { template, tokens }: KavenegarLookup): [string, Record<string, string>] {
  const form: Record<string, string> = { receptor: receptorOf(to), template };
  for (const [token, name] of Object.entries(tokens) as [keyof typeof LOOKUP_TOKENS, string][]) {
    const value = values[name]?.trim();
    const spaces = value?.match(/\s/g)?.length ?? 0;
    if (value === undefined || value === '' || value.length > LOOKUP_TOKEN_LENGTH || spaces > LOOKUP_TOKENS[token])
      throw new SmsError(`The value of {${name}} does not fit into ${token} of Kavenegar's template.`, {
        reason: 'bad-token',
        retryable: false,
        taken: 'no',
      });
    form[token] = value;
  }
  return ['verify/lookup', form];
}

/** As its documents write numbers: Iranian ones with 0, all others with 00 and country code. */
function receptorOf(number: string): string {
  return number.startsWith('+98') ? `0${number.slice(3)}` : `00${number.slice(1)}`;
}

/** It takes a 64-bit number, for ever: 62 bits of a hash, so that two desks with one account do not meet. */
function localId(messageId: string): string {
  return String(createHash('sha256').update(messageId).digest().readBigUInt64BE() >> 2n);
}

function reportOf({ messageid, status }: { readonly messageid: string; readonly status: number }): SmsReport[] {
  const known = status === KAVENEGAR_UNKNOWN ? undefined : KAVENEGAR_STATES[status];
  return known === undefined ? [] : [{ providerId: messageid, ...known }];
}

function isSame(given: string, secret: string): boolean {
  const [a, b] = [given, secret].map((text) => createHash('sha256').update(text).digest());
  return a !== undefined && b !== undefined && timingSafeEqual(a, b);
}
