import { type Clock, systemClock } from '../../clock.ts';
import { DeliveryError } from '../delivery-error.ts';
import { createWebhookSigner } from '../webhook-signature.ts';
import type { DealingConnector } from './dealing-connector.ts';

export interface WebhookDealingOptions {
  /** Where the host's order system takes messages. HTTPS, unless it is on this machine. */
  readonly url: string;
  /** `whsec_` and the Base64 of at least 24 random bytes, known to both sides. */
  readonly secret: string;
  /** @default 10_000 */
  readonly timeoutMs?: number;
  readonly fetch?: typeof globalThis.fetch;
  readonly clock?: Clock;
}

/** Tells the host's order system of every order by a signed POST; `verifyWebhook` checks it on the other side. */
export function webhookDealing(options: WebhookDealingOptions): DealingConnector {
  const { timeoutMs = 10_000, clock = systemClock } = options;
  const url = new URL(options.url);
  const local = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && local))
    throw new Error('The dealing webhook carries orders: give an https address.');
  const signer = createWebhookSigner(options.secret);
  const send = options.fetch ?? globalThis.fetch;

  return {
    name: 'webhook',
    async deliver(message, signal) {
      const body = JSON.stringify({ ...message, type: `order.${message.type}` });
      const response = await send(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...signer.sign(message.id, clock.now(), body) },
        body,
        // A redirect would carry orders to an address that nobody configured.
        redirect: 'error',
        signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
      }).catch((cause: unknown) => {
        const reason =
          cause instanceof Error && cause.name === 'TimeoutError'
            ? `did not answer within ${timeoutMs} ms`
            : 'could not be reached';
        throw new DeliveryError(`The order system ${reason}.`, { retryable: true, cause });
      });
      await response.body?.cancel();
      if (response.ok) return;
      const retryable =
        response.status >= 500 || response.status === 408 || response.status === 425 || response.status === 429;
      throw new DeliveryError(`The order system answered ${response.status}.`, {
        retryable,
        retryAfterSeconds: secondsOf(response.headers.get('retry-after')),
      });
    },
  };
}

function secondsOf(header: string | null): number | undefined {
  return header !== null && /^\d{1,6}$/.test(header) ? Number(header) : undefined;
}
