import { createHmac } from 'node:crypto';
import { type FakeAnswer, type FakeRequest, FakeSmsService } from '../../sms/testing/fake-sms-service.ts';

interface Posted {
  readonly [name: string]: unknown;
  readonly to?: unknown;
  readonly type?: unknown;
  readonly text?: { readonly body?: unknown; readonly preview_url?: unknown };
  readonly template?: {
    readonly name?: unknown;
    readonly language?: { readonly code?: unknown };
    readonly components?: readonly {
      readonly type?: unknown;
      readonly parameters?: readonly { readonly type?: unknown; readonly text?: unknown }[];
    }[];
  };
}

interface Kept {
  readonly id: string;
  readonly to: string;
  readonly opaque: string;
}

const FIELDS = new Set([
  'messaging_product',
  'recipient_type',
  'to',
  'type',
  'text',
  'template',
  'biz_opaque_callback_data',
]);

/** WhatsApp's Cloud API by its documents: JSON with a bearer, templates outside the 24 hours, codes, signed notices. */
export class FakeWhatsApp extends FakeSmsService {
  protected override readonly bodies = 'json';
  readonly phoneNumberId = '106540352242922';
  readonly accessToken = 'EAAJB-an-access-token-of-tests';
  readonly appSecret = 'an app secret of tests';
  readonly verifyToken = 'a verify token of tests';
  readonly version = 'v23.0';
  /** Approved: how many parameters, in which languages. */
  readonly templates = new Map<string, { readonly parameters: number; readonly languages: readonly string[] }>([
    ['callback', { parameters: 2, languages: ['en', 'fa', 'cs'] }],
    ['news', { parameters: 1, languages: ['en', 'fa', 'cs'] }],
    ['legal_news', { parameters: 1, languages: ['en', 'fa', 'cs'] }],
  ]);
  /** Who has written within 24 hours, without the plus. */
  readonly open = new Set<string>();
  /** Who has no WhatsApp. */
  readonly absent = new Set<string>();
  /** Answers every message with this code. */
  refuseWith: { readonly status: number; readonly code: number } | undefined;
  readonly #kept: Kept[] = [];
  readonly states = new Map<string, string>();

  override setStatus(providerId: string, status: 'delivered' | 'failed'): void {
    this.states.set(providerId, status);
  }

  protected override respond({ method, path, headers, text }: FakeRequest): FakeAnswer {
    if (path !== `/${this.version}/${this.phoneNumberId}/messages` || method !== 'POST')
      return this.#fault(404, 100, 'Unsupported request');
    if (headers.authorization !== `Bearer ${this.accessToken}`)
      return this.#fault(401, 190, 'Invalid OAuth access token');
    if (this.refuseWith) return this.#fault(this.refuseWith.status, this.refuseWith.code, 'told to refuse');
    const message = JSON.parse(text) as Posted;
    const odd = Object.keys(message).find((name) => !FIELDS.has(name));
    if (odd !== undefined) return this.#fault(400, 100, `unknown field ${odd}`);
    if (message['messaging_product'] !== 'whatsapp' || message['recipient_type'] !== 'individual')
      return this.#fault(400, 100, 'product or type of recipient');
    const opaque = message['biz_opaque_callback_data'];
    if (typeof opaque !== 'string' || opaque.length > 512) return this.#fault(400, 100, 'opaque data');
    const { to } = message;
    if (typeof to !== 'string' || !/^[1-9]\d{6,14}$/.test(to))
      return this.#fault(400, 131009, `receiver ${String(to)}`);
    if (this.absent.has(to)) return this.#fault(400, 131026, 'Message undeliverable');
    if (message.type === 'text') return this.#text(message, to, opaque);
    if (message.type === 'template') return this.#template(message, to, opaque);
    return this.#fault(400, 100, 'type of message');
  }

  #text({ text, template }: Posted, to: string, opaque: string): FakeAnswer {
    if (typeof text?.body !== 'string' || text.body === '' || text.body.length > 4096 || template !== undefined)
      return this.#fault(400, 100, 'text');
    if (!this.open.has(to)) return this.#fault(400, 131047, 'Re-engagement message');
    return this.#take(to, opaque, text.body);
  }

  #template({ template }: Posted, to: string, opaque: string): FakeAnswer {
    const known = this.templates.get(String(template?.name));
    const language = String(template?.language?.code);
    if (known === undefined || !known.languages.includes(language))
      return this.#fault(404, 132001, `template ${String(template?.name)} in ${language}`);
    const given = (template?.components ?? []).flatMap(({ type, parameters = [] }) =>
      type === 'body' ? parameters : [],
    );
    if (given.length !== known.parameters) return this.#fault(400, 132000, 'number of parameters');
    const texts = given.map(({ type, text }) => (type === 'text' && typeof text === 'string' ? text : ''));
    if (texts.some((text) => text === '' || /[\n\t]| {5}/.test(text)))
      return this.#fault(400, 132012, 'format of a parameter');
    return this.#take(to, opaque, [String(template?.name), language, ...texts].join(' | '));
  }

  #take(to: string, opaque: string, text: string): FakeAnswer {
    const id = `wamid.${Buffer.from(`${to}-${this.#kept.length}`).toString('base64url')}`;
    this.#kept.push({ id, to, opaque });
    this.taken.push({ providerId: id, to, text });
    return {
      status: 200,
      body: { messaging_product: 'whatsapp', contacts: [{ input: to, wa_id: to }], messages: [{ id }] },
    };
  }

  #fault(status: number, code: number, why: string): FakeAnswer {
    return this.refuse(why, status, {
      error: {
        message: `(#${code}) ${why}`,
        type: 'OAuthException',
        code,
        error_subcode: 2494010,
        fbtrace_id: 'Az8or2yhqkZfEZ-_4Qn_Bam',
      },
    });
  }

  /** A signed notice with a status of each of these messages. */
  notice(...statuses: readonly { readonly providerId: string; readonly status: string; readonly code?: number }[]) {
    return this.signed({
      statuses: statuses.map(({ providerId, status, code }) => {
        const kept = this.#kept.find(({ id }) => id === providerId);
        return {
          id: providerId,
          status,
          timestamp: '1795000000',
          recipient_id: kept?.to,
          biz_opaque_callback_data: kept?.opaque,
          ...(code === undefined ? {} : { errors: [{ code, title: 'failed' }] }),
        };
      }),
    });
  }

  /** A signed notice that somebody has written. */
  heard(from: string, at: Date) {
    this.open.add(from);
    const timestamp = String(Math.floor(at.getTime() / 1000));
    return this.signed({ messages: [{ from, id: 'wamid.in', timestamp, type: 'text', text: { body: 'سلام' } }] });
  }

  signed(value: object): { readonly body: string; readonly headers: Record<string, string> } {
    const body = JSON.stringify({
      object: 'whatsapp_business_account',
      entry: [
        {
          id: '1',
          changes: [
            {
              field: 'messages',
              value: { messaging_product: 'whatsapp', metadata: { phone_number_id: this.phoneNumberId }, ...value },
            },
          ],
        },
      ],
    });
    const signature = createHmac('sha256', this.appSecret).update(body).digest('hex');
    return { body, headers: { 'content-type': 'application/json', 'x-hub-signature-256': `sha256=${signature}` } };
  }
}
