import { createHmac } from 'node:crypto';
import { type FakeAnswer, type FakeRequest, FakeSmsService } from './fake-sms-service.ts';

const FIELDS = new Set(['To', 'From', 'MessagingServiceSid', 'Body', 'StatusCallback']);

interface Resource {
  readonly sid: string;
  readonly to: string;
  readonly body: string;
  readonly callback: string | undefined;
  readonly date_created: string;
  status: string;
  error_code: number | null;
}

/** Twilio by its documents: Basic auth, form, 201, errors `{code, message}`, signed reports. */
export class FakeTwilio extends FakeSmsService {
  readonly accountSid = `AC${'0123456789abcdef'.repeat(2)}`;
  readonly authToken = 'f3b0c44298fc1c149afbf4c8996fb924';
  readonly #resources: Resource[] = [];

  override setStatus(providerId: string, status: 'delivered' | 'failed'): void {
    for (const resource of this.#resources)
      if (resource.sid === providerId) {
        resource.status = status === 'delivered' ? 'delivered' : 'undelivered';
        resource.error_code = status === 'delivered' ? null : 30003;
      }
  }

  /** The report that it would send now, signed over its address and fields. */
  report(sid: string, status?: string): { url: string; headers: Record<string, string>; body: string } {
    const resource = this.#resources.find((one) => one.sid === sid);
    if (resource?.callback === undefined) throw new Error(`No report was asked for ${sid}.`);
    const fields: Record<string, string> = {
      MessageSid: sid,
      SmsSid: sid,
      AccountSid: this.accountSid,
      From: '+15005550006',
      To: resource.to,
      ApiVersion: '2010-04-01',
      MessageStatus: status ?? resource.status,
      SmsStatus: status ?? resource.status,
      ...(resource.error_code === null ? {} : { ErrorCode: String(resource.error_code) }),
    };
    const text = Object.keys(fields)
      .sort()
      .map((name) => `${name}${fields[name]}`)
      .join('');
    return {
      url: resource.callback,
      headers: {
        'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
        'x-twilio-signature': createHmac('sha1', this.authToken).update(`${resource.callback}${text}`).digest('base64'),
      },
      body: new URLSearchParams(fields).toString(),
    };
  }

  protected override respond({ method, path, query, headers, form }: FakeRequest): FakeAnswer {
    const basic = `Basic ${Buffer.from(`${this.accountSid}:${this.authToken}`).toString('base64')}`;
    if (headers.authorization !== basic) return this.#fault(401, 20003, 'Authenticate');
    const root = `/2010-04-01/Accounts/${this.accountSid}/Messages`;
    if (path === `${root}.json`) {
      if (method === 'POST') return this.#send(form);
      const to = query.get('To');
      const messages = this.#resources.filter((one) => one.to === to).toReversed();
      return { status: 200, body: { messages: messages.map(shown), page: 0, page_size: 100 } };
    }
    const one = this.#resources.find(({ sid }) => path === `${root}/${sid}.json`);
    if (one === undefined) return { status: 404, body: { code: 20404, message: 'not found', status: 404 } };
    return { status: 200, body: shown(one) };
  }

  #send(form: FakeRequest['form']): FakeAnswer {
    const odd = Object.keys(form).find((name) => !FIELDS.has(name));
    if (odd !== undefined) this.broken.push(`unknown field ${odd}`);
    const { To = '', From, MessagingServiceSid, Body = '', StatusCallback } = form;
    if (!/^\+[1-9]\d{6,14}$/.test(To) || To.startsWith('+999')) return this.#fault(400, 21211, 'Invalid To');
    if (From === undefined && MessagingServiceSid === undefined) return this.#fault(400, 21603, 'From is required');
    if (Body === '') return this.#fault(400, 21602, 'Message body is required');
    if (Body.length > 1600) return this.#fault(400, 21617, 'The body exceeds 1600 characters');
    const resource: Resource = {
      sid: `SM${String(this.#resources.length).padStart(32, '0')}`,
      to: To,
      body: Body,
      callback: StatusCallback,
      date_created: new Date().toUTCString().replace('GMT', '+0000'),
      status: 'queued',
      error_code: null,
    };
    this.#resources.push(resource);
    this.taken.push({ providerId: resource.sid, to: To, text: Body });
    return { status: 201, body: shown(resource) };
  }

  #fault(status: number, code: number, message: string): FakeAnswer {
    return this.refuse(message, status, {
      code,
      message,
      more_info: `https://www.twilio.com/docs/errors/${code}`,
      status,
    });
  }
}

const shown = ({ callback: _, ...resource }: Resource) => ({
  ...resource,
  num_segments: '1',
  direction: 'outbound-api',
  price: null,
});
