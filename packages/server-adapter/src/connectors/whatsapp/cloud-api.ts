import type { Locale } from '@callweave/sdk/protocol';
import * as z from 'zod/mini';
import { type Clock, systemClock } from '../../clock.ts';
import { SmsError, type SmsMessage, type SmsReport } from '../sms/sms-driver.ts';
import { askService, checkedBase, jsonOf, type ServiceAnswer, unreadable } from '../sms/sms-request.ts';
import { equal, isSigned, newsIn } from './webhook.ts';
import { OUTSIDE_WINDOW, whatsAppRefusal } from './whatsapp-codes.ts';
import type { WhatsAppDriver } from './whatsapp-driver.ts';

/** A template that Meta has approved, in the place of one of the house. */
export interface WhatsAppTemplate {
  /** Its name at Meta. */
  readonly name: string;
  /** The names of our values, in the order of its `{{1}}`, `{{2}}`, … @default none */
  readonly parameters?: readonly string[];
  /** Its language code there. @default ours: `en`, `fa`, `cs` */
  readonly languages?: Readonly<Partial<Record<Locale, string>>>;
}

export interface WhatsAppCloudOptions {
  /** The id of the sending number (not the number itself). */
  readonly phoneNumberId: string;
  /** A system user's token, from the environment or a secret store. Stands in no error and no log. */
  readonly accessToken: string;
  /** The secret of the app: proves that notices come from Meta. */
  readonly appSecret: string;
  /** A word of your own that Meta repeats when the webhook is set up, at least 16 characters. */
  readonly verifyToken: string;
  /** Approved templates by the name of ours: `{ announcement: { name: 'news', parameters: ['title'] } }`. */
  readonly templates: Readonly<Record<string, WhatsAppTemplate>>;
  /** @default 'v23.0' */
  readonly version?: string;
  /** @default 'https://graph.facebook.com' */
  readonly baseUrl?: string;
  /** @default 10_000 */
  readonly timeoutMs?: number;
  readonly fetch?: typeof globalThis.fetch;
  readonly clock?: Clock;
}

const SERVICE = 'WhatsApp';
const MAX_BODY = 4096;
const MAX_PARAMETER = 1024;
/** For so long a report may still settle what became of an attempt without an answer; the service itself cannot be asked. */
const WAIT_FOR_REPORT_MS = 600_000;

const Taken = z.object({ messages: z.array(z.object({ id: z.string().check(z.minLength(1)) })).check(z.minLength(1)) });
const Refusal = z.object({ error: z.object({ code: z.int() }) });

/**
 * Sends by WhatsApp's Cloud API: a template where the receiver has not written to us for 24 hours, free words where they
 * have. It has no key against doubles and cannot be asked: our id travels with each message, and a report names it.
 */
export function whatsAppCloud(options: WhatsAppCloudOptions): WhatsAppDriver {
  const { phoneNumberId, accessToken, appSecret, verifyToken, templates } = options;
  const { version = 'v23.0', timeoutMs = 10_000, clock = systemClock } = options;
  if (!/^\d{5,20}$/.test(phoneNumberId)) throw new Error('The phone number id of WhatsApp consists of digits.');
  if (accessToken === '' || appSecret === '')
    throw new Error('WhatsApp needs an access token, and the secret of the app: notices are signed with it.');
  if (verifyToken.length < 16) throw new Error('The verify token of WhatsApp must have at least 16 characters.');
  if (!/^v\d{1,3}\.\d$/.test(version)) throw new Error('The version of the Graph API looks like v23.0.');
  const base = checkedBase(SERVICE, options.baseUrl ?? 'https://graph.facebook.com');

  async function post(message: SmsMessage, content: Readonly<Record<string, unknown>>, signal: AbortSignal) {
    const answer = await askService({
      service: SERVICE,
      url: new URL(`${version}/${phoneNumberId}/messages`, base),
      method: 'POST',
      headers: { authorization: `Bearer ${accessToken}` },
      json: {
        messaging_product: 'whatsapp',
        recipient_type: 'individual',
        to: message.to.replace('+', ''),
        biz_opaque_callback_data: message.id,
        ...content,
      },
      timeoutMs,
      signal,
      fetch: options.fetch ?? globalThis.fetch,
    });
    return read(answer);
  }

  return {
    name: 'whatsapp',
    async send(message, signal) {
      const template = templates[message.template];
      if (message.conversationOpen === true && message.text.length <= MAX_BODY) {
        try {
          return await post(message, { type: 'text', text: { body: message.text, preview_url: false } }, signal);
        } catch (error) {
          // The window has closed in the meantime; nothing was sent.
          if (!(error instanceof SmsError) || error.reason !== OUTSIDE_WINDOW || template === undefined) throw error;
        }
      }
      if (template === undefined)
        throw new SmsError(
          `WhatsApp has no template for "${message.template}". Add it to the driver's \`templates\`.`,
          {
            reason: 'unknown-template',
            retryable: false,
            taken: 'no',
          },
        );
      return post(message, { type: 'template', template: templateOf(template, message) }, signal);
    },
    async find(message) {
      const age = clock.now().getTime() - (message.attemptedAt ?? message.createdAt).getTime();
      if (age > WAIT_FOR_REPORT_MS) return 'cannot-tell';
      throw new SmsError('WhatsApp gave no answer; its report is waited for.', {
        reason: 'awaiting-report',
        retryable: true,
        retryAfterSeconds: 60,
        taken: 'unknown',
      });
    },
    challenge(query) {
      if (query['hub.mode'] !== 'subscribe' || !equal(query['hub.verify_token'] ?? '', verifyToken)) return undefined;
      const challenge = query['hub.challenge'];
      // It is written into an answer: nothing but what Meta sends.
      return challenge !== undefined && /^[\w-]{1,200}$/.test(challenge) ? challenge : undefined;
    },
    readNews(body, signature) {
      return isSigned(appSecret, body, signature) ? newsIn(body, phoneNumberId) : undefined;
    },
  };
}

function templateOf({ name, parameters = [], languages }: WhatsAppTemplate, message: SmsMessage) {
  const locale = message.locale ?? 'en';
  return {
    name,
    language: { code: languages?.[locale] ?? locale },
    ...(parameters.length === 0
      ? {}
      : {
          components: [
            {
              type: 'body',
              // Line breaks, tabs and more than four spaces in a row are refused.
              parameters: parameters.map((value) => ({
                type: 'text',
                text: (message.values[value] ?? '').replaceAll(/\s+/g, ' ').trim().slice(0, MAX_PARAMETER) || '–',
              })),
            },
          ],
        }),
  };
}

function read({ status, text, retryAfterSeconds }: ServiceAnswer): SmsReport {
  const body = jsonOf(text);
  const refusal = z.safeParse(Refusal, body);
  if (status >= 200 && status < 300 && !refusal.success) {
    const taken = z.safeParse(Taken, body);
    const [first] = taken.success ? taken.data.messages : [];
    if (first === undefined) throw unreadable(SERVICE, status);
    return { providerId: first.id, state: 'sent' };
  }
  const code = refusal.success ? refusal.data.error.code : undefined;
  const known = whatsAppRefusal(code, status);
  throw new SmsError(`WhatsApp answered ${status} (${known.reason}${code === undefined ? '' : `, ${code}`}).`, {
    ...known,
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  });
}
