import { type Clock, systemClock } from '../../clock.ts';
import { DeliveryError } from '../delivery-error.ts';
import { createWebhookSigner } from '../webhook-signature.ts';
import type { CrmConnector } from './crm-connector.ts';

export interface WebhookCrmOptions {
  /** Where the CRM, or what stands before it, takes messages. HTTPS, unless it is on this machine. */
  readonly url: string;
  /** `whsec_` and the Base64 of at least 24 random bytes, known to both sides. */
  readonly secret: string;
  /** @default 10_000 */
  readonly timeoutMs?: number;
  readonly fetch?: typeof globalThis.fetch;
  readonly clock?: Clock;
}

/**
 * Tells any CRM of each choice of service by a signed POST; `verifyWebhook` checks it on the other side. `webhook-id` is
 * the same for every attempt, and `data.reference` for every message about one choice: the receiver keeps one of each.
 */
export function webhookCrm(options: WebhookCrmOptions): CrmConnector {
  const { timeoutMs = 10_000, clock = systemClock } = options;
  const url = new URL(options.url);
  const local = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && local))
    throw new Error('The CRM webhook carries data of customers: give an https address.');
  const signer = createWebhookSigner(options.secret);
  const send = options.fetch ?? globalThis.fetch;

  return {
    name: 'webhook',
    async record({ id, reference, choice, device, customer }, signal) {
      const data = { reference, choice, device, customer };
      const body = JSON.stringify({ id, type: `service.${choice.state}`, data });
      const timeout = AbortSignal.timeout(timeoutMs);
      const response = await send(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...signer.sign(id, clock.now(), body) },
        body,
        // A redirect would carry customers to an address that nobody configured.
        redirect: 'error',
        signal: AbortSignal.any([signal, timeout]),
      }).catch((cause: unknown) => {
        const reason = timeout.aborted ? `did not answer within ${timeoutMs} ms` : 'could not be reached';
        throw new DeliveryError(`The CRM ${reason}.`, { retryable: true, cause });
      });
      await response.body?.cancel();
      if (response.ok) return { remoteId: null };
      const { status } = response;
      const retryAfter = response.headers.get('retry-after');
      throw new DeliveryError(`The CRM answered ${status}.`, {
        retryable: status >= 500 || status === 408 || status === 425 || status === 429,
        retryAfterSeconds: retryAfter !== null && /^\d{1,6}$/.test(retryAfter) ? Number(retryAfter) : undefined,
      });
    },
  };
}
