import * as z from 'zod/mini';
import { askGateway, checkedGateway, maskCard, unreadable } from './ask-gateway.ts';
import { GatewayError, type PaymentGateway, type Verdict } from './payment-gateway.ts';

export interface ZibalOptions {
  /** From the environment or a secret store; `zibal` is its sandbox. */
  readonly merchant: string;
  /** @default 'https://gateway.zibal.ir' */
  readonly baseUrl?: string;
  /** @default 10_000 */
  readonly timeoutMs?: number;
  readonly fetch?: typeof globalThis.fetch;
}

const SERVICE = 'Zibal';
const Text = z.pipe(z.union([z.int(), z.string()]), z.transform(String));
const TrackId = Text.check(z.regex(/^\d{1,20}$/));
const Answer = z.object({
  result: z.int(),
  trackId: z.optional(z.nullable(TrackId)),
  amount: z.optional(z.nullable(z.int())),
  refNumber: z.optional(z.nullable(Text)),
  cardNumber: z.optional(z.nullable(z.string())),
  status: z.optional(z.nullable(z.int())),
});

/** Zibal v1. Its confirmation takes no amount, so what it has in its books is compared before it is confirmed. */
export function zibal(options: ZibalOptions): PaymentGateway {
  const { merchant, timeoutMs = 10_000 } = options;
  const base = checkedGateway(SERVICE, options.baseUrl ?? 'https://gateway.zibal.ir');

  async function ask(method: string, body: Record<string, unknown>, signal?: AbortSignal) {
    const answer = await askGateway({
      service: SERVICE,
      url: new URL(`v1/${method}`, base),
      body: { merchant, ...body },
      timeoutMs,
      signal,
      fetch: options.fetch ?? globalThis.fetch,
    });
    const parsed = z.safeParse(Answer, answer);
    if (!parsed.success) throw unreadable(SERVICE);
    return parsed.data;
  }
  const refused = (result: number) =>
    new GatewayError(`${SERVICE} answered ${result}.`, { reason: `zibal-${result}`, done: 'no' });

  return {
    name: 'zibal',
    currencies: ['IRR'],
    limits: { min: 1_000, max: 1_000_000_000 },
    async request({ attemptId, amount, description, callbackUrl }, signal) {
      const { result, trackId } = await ask(
        'request',
        { amount: amount.amount, callbackUrl, orderId: attemptId, description: description.slice(0, 500) },
        signal,
      );
      if (result !== 100) throw refused(result);
      if (trackId === undefined || trackId === null) throw unreadable(SERVICE);
      return { authority: trackId, redirectTo: new URL(`start/${trackId}`, base).href };
    },
    readCallback({ trackId }) {
      const read = z.safeParse(TrackId, trackId);
      return read.success ? { authority: read.data } : undefined;
    },
    async verify({ authority, amount }, signal): Promise<Verdict> {
      const before = await ask('inquiry', { trackId: Number(authority) }, signal);
      if (before.result === 203) return { state: 'not-paid', reason: 'zibal-203', final: true };
      if (before.result !== 100 && before.result !== 201) throw refused(before.result);
      if (typeof before.amount === 'number' && before.amount !== amount.amount)
        return { state: 'mismatch', reason: 'zibal-amount' };
      const after = await ask('verify', { trackId: Number(authority) }, signal);
      if (after.result === 202) return { state: 'not-paid', reason: 'zibal-202', final: false };
      if (after.result === 203) return { state: 'not-paid', reason: 'zibal-203', final: true };
      if (after.result !== 100 && after.result !== 201) throw refused(after.result);
      const confirmed = after.amount ?? before.amount;
      return {
        state: 'verified',
        reference: after.refNumber ?? before.refNumber ?? null,
        card: maskCard(after.cardNumber ?? before.cardNumber),
        amount: typeof confirmed === 'number' ? { amount: confirmed, currency: 'IRR' } : null,
      };
    },
    /** It has no reversal that we know the form of: money goes back by its panel, and is written down here. */
    isReversed: async () => false,
  };
}
