import { type FakeAnswer, type FakeRequest, FakeSmsService } from './fake-sms-service.ts';

const SEND_FIELDS = new Set(['receptor', 'message', 'sender', 'date', 'type', 'localid', 'hide', 'tag']);
const LOOKUP_FIELDS = new Set(['receptor', 'template', 'token', 'token2', 'token3', 'token10', 'token20', 'type']);
const MAX_MESSAGE = 900;

interface Entry {
  readonly messageid: number;
  readonly localid: string | undefined;
  status: number;
}

/** Kavenegar by its documents: path with key, form, fields, codes in `return.status`, one message per `localid`. */
export class FakeKavenegar extends FakeSmsService {
  readonly apiKey = '4B6A7E5F4D3C2B1A0F9E8D7C';
  readonly templates = new Set(['missedcall']);
  /** Answers every `sms/send` with this code. */
  refuseWith: number | undefined;
  readonly #entries: Entry[] = [];

  get baseUrl(): string {
    return `${this.url}/v1`;
  }

  override setStatus(providerId: string, status: 'delivered' | 'failed'): void {
    for (const entry of this.#entries)
      if (String(entry.messageid) === providerId) entry.status = status === 'delivered' ? 10 : 11;
  }

  protected override respond({ method, path, form }: FakeRequest): FakeAnswer {
    const [, version, key, scope, action] = /^\/(v1)\/([^/]+)\/([a-z]+)\/([a-z]+)\.json$/.exec(path) ?? [];
    if (version === undefined) return this.#fault(404, 'no such method');
    if (key !== this.apiKey) return this.#fault(403, 'the key is wrong');
    if (method !== 'POST') return this.#fault(405, 'not a POST');
    switch (`${scope}/${action}`) {
      case 'sms/send':
        return this.#send(form);
      case 'verify/lookup':
        return this.#lookup(form);
      case 'sms/status':
        return this.#status(form);
      case 'sms/statuslocalmessageid':
        return this.#statusByLocalId(form);
      default:
        return this.#fault(404, 'no such method');
    }
  }

  #send(form: FakeRequest['form']): FakeAnswer {
    const odd = Object.keys(form).find((name) => !SEND_FIELDS.has(name));
    if (odd !== undefined) return this.#fault(400, `unknown field ${odd}`);
    if (this.refuseWith !== undefined) return this.#fault(this.refuseWith, 'told to refuse');
    const { receptor = '', message = '', localid } = form;
    if (!isReceptor(receptor)) return this.#fault(411, `receptor ${receptor}`);
    if (message === '' || message.length > MAX_MESSAGE) return this.#fault(413, 'length of the message');
    if (localid !== undefined && (!/^\d{1,19}$/.test(localid) || BigInt(localid) >= 2n ** 63n))
      return this.#fault(400, 'localid is not a 64-bit number');
    const known = localid === undefined ? undefined : this.#entries.find((entry) => entry.localid === localid);
    return done([this.#shown(known ?? this.#take(receptor, message, localid), { receptor, message })]);
  }

  #lookup(form: FakeRequest['form']): FakeAnswer {
    const odd = Object.keys(form).find((name) => !LOOKUP_FIELDS.has(name));
    if (odd !== undefined) return this.#fault(400, `unknown field ${odd}`);
    const { receptor = '', template = '', token = '', ...more } = form;
    if (!isReceptor(receptor)) return this.#fault(411, `receptor ${receptor}`);
    if (!this.templates.has(template)) return this.#fault(424, `template ${template}`);
    const spaces = { token: 0, token2: 0, token3: 0, token10: 5, token20: 8 };
    const tokens: Record<string, string> = { token, ...more };
    for (const [name, most] of Object.entries(spaces)) {
      const value = tokens[name] ?? '';
      if (value.length > 100 || value.split(/\s/).length - 1 > most) return this.#fault(431, `value of ${name}`);
    }
    if (token === '') return this.#fault(432, 'token is missing');
    const message = `${template}: ${Object.values(tokens).join(' / ')}`;
    return done([this.#shown(this.#take(receptor, message, undefined), { receptor, message })]);
  }

  #status({ messageid = '' }: FakeRequest['form']): FakeAnswer {
    const ids = messageid.split(',');
    if (ids.length > 500) return this.#fault(414, 'too many ids');
    return done(
      ids.map((id) => ({
        messageid: Number(id),
        status: this.#entries.find((entry) => String(entry.messageid) === id)?.status ?? 100,
        statustext: '',
      })),
    );
  }

  #statusByLocalId({ localid = '' }: FakeRequest['form']): FakeAnswer {
    const entry = this.#entries.find((one) => one.localid === localid);
    return done([{ messageid: entry?.messageid ?? 0, localid, status: entry?.status ?? 100, statustext: '' }]);
  }

  #take(receptor: string, text: string, localid: string | undefined): Entry {
    const entry: Entry = { messageid: 8_792_343 + this.#entries.length, localid, status: 1 };
    this.#entries.push(entry);
    this.taken.push({ providerId: String(entry.messageid), to: receptor, text });
    return entry;
  }

  #shown({ messageid, status }: Entry, of: { receptor: string; message: string }) {
    return { messageid, status, statustext: 'در صف ارسال', sender: '10004346', date: 1_795_000_000, cost: 120, ...of };
  }

  #fault(code: number, why: string): FakeAnswer {
    // `fetch` hides an answer with 407 from its caller: it belongs to proxies.
    const status = code === 407 ? 403 : code;
    return this.refuse(why, status, { return: { status: code, message: why }, entries: null });
  }
}

const isReceptor = (text: string) => /^0(9\d{9}|[1-8]\d{9}|0[1-9]\d{6,14})$/.test(text);

const done = (entries: unknown[]): FakeAnswer => ({
  status: 200,
  body: { return: { status: 200, message: 'تایید شد' }, entries },
});
