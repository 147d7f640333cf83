import * as z from 'zod/mini';
import { askGateway, checkedGateway, maskCard, unreadable } from './ask-gateway.ts';
import { GatewayError, type PaymentGateway, type Verdict } from './payment-gateway.ts';

export interface ZarinpalOptions {
  /** 36 characters, from the environment or a secret store. */
  readonly merchantId: string;
  /** @default 'https://payment.zarinpal.com' */
  readonly baseUrl?: string;
  /** @default 10_000 */
  readonly timeoutMs?: number;
  readonly fetch?: typeof globalThis.fetch;
}

const SERVICE = 'ZarinPal';
const Authority = z.string().check(z.regex(/^[AS][0-9a-zA-Z]{35}$/));
/** `data` and `errors` flip between `[]` and an object: whichever is an object has something to say. */
const Coded = z.object({ code: z.pipe(z.union([z.int(), z.string()]), z.transform(Number)) });
const Verified = z.object({
  ref_id: z.optional(z.nullable(z.union([z.int(), z.string()]))),
  card_pan: z.optional(z.nullable(z.string())),
});
const PAID = new Set([100, 101]);
/** Not paid, and this authority never will be: it has expired, or it is none. */
const OVER = new Set([-40, -54, -55]);

/** ZarinPal v4. The currency is always sent: without it the amount would be read by a setting in its panel. */
export function zarinpal(options: ZarinpalOptions): PaymentGateway {
  const { merchantId, timeoutMs = 10_000 } = options;
  if (!/^[0-9A-Za-z-]{36}$/.test(merchantId)) throw new Error('The merchant id of ZarinPal has 36 characters.');
  const base = checkedGateway(SERVICE, options.baseUrl ?? 'https://payment.zarinpal.com');

  async function ask(method: string, body: Record<string, unknown>, signal?: AbortSignal) {
    const answer = await askGateway({
      service: SERVICE,
      url: new URL(`pg/v4/payment/${method}.json`, base),
      body: { merchant_id: merchantId, ...body },
      timeoutMs,
      signal,
      fetch: options.fetch ?? globalThis.fetch,
    });
    const { data, errors } = (answer ?? {}) as { data?: unknown; errors?: unknown };
    const good = z.safeParse(Coded, data);
    if (good.success) return { code: good.data.code, data: data as Record<string, unknown> };
    const bad = z.safeParse(Coded, errors);
    if (bad.success) return { code: bad.data.code, data: {} };
    throw unreadable(SERVICE);
  }
  const refused = (code: number) =>
    new GatewayError(`${SERVICE} answered ${code}.`, { reason: `zarinpal${code}`, done: 'no' });

  return {
    name: 'zarinpal',
    currencies: ['IRR'],
    limits: { min: 1_000, max: 1_000_000_000 },
    async request({ attemptId, amount, description, callbackUrl }, signal) {
      const { code, data } = await ask(
        'request',
        {
          amount: amount.amount,
          currency: 'IRR',
          description: description.slice(0, 500),
          callback_url: callbackUrl,
          metadata: { order_id: attemptId },
        },
        signal,
      );
      if (code !== 100) throw refused(code);
      const authority = z.safeParse(Authority, data['authority']);
      if (!authority.success) throw unreadable(SERVICE);
      return { authority: authority.data, redirectTo: new URL(`pg/StartPay/${authority.data}`, base).href };
    },
    readCallback({ Authority: given }) {
      const authority = z.safeParse(Authority, given);
      return authority.success ? { authority: authority.data } : undefined;
    },
    async verify({ authority, amount }, signal): Promise<Verdict> {
      const { code, data } = await ask('verify', { amount: amount.amount, authority }, signal);
      if (PAID.has(code)) {
        const { ref_id = null, card_pan } = z.safeParse(Verified, data).data ?? {};
        const reference = ref_id === null ? null : String(ref_id);
        return { state: 'verified', reference, card: maskCard(card_pan), amount: null };
      }
      if (code === -50) return { state: 'mismatch', reason: 'zarinpal-50' };
      if (code === -51 || OVER.has(code))
        return { state: 'not-paid', reason: `zarinpal${code}`, final: OVER.has(code) };
      throw refused(code);
    },
    async isReversed({ authority }, signal) {
      const { code, data } = await ask('inquiry', { authority }, signal);
      return code === 100 && data['status'] === 'REVERSED';
    },
    async unverified(signal) {
      const { code, data } = await ask('unVerified', {}, signal);
      if (code !== 100) throw refused(code);
      const list = z.safeParse(z.array(z.object({ authority: z.string() })), data['authorities'] ?? []);
      if (!list.success) throw unreadable(SERVICE);
      return list.data.map(({ authority }) => authority);
    },
    async reverse({ authority }, signal) {
      const { code } = await ask('reverse', { authority }, signal);
      if (code !== 100) throw refused(code);
    },
  };
}
