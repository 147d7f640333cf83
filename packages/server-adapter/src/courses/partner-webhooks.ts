import { DeliveryError } from '../connectors/delivery-error.ts';
import type { OutboxHandler } from '../connectors/outbox-worker.ts';
import { createWebhookSigner } from '../connectors/webhook-signature.ts';
import { Problem } from '../problem.ts';
import type { CoursesContext } from './courses-context.ts';
import type { PartnerTell } from './outbox-entries.ts';
import { webhookSecret } from './partner-keys.ts';

const TIMEOUT_MS = 10_000;

/** HTTPS, unless it is on this machine. */
export function checkedWebhook(text: string | null): string | null {
  if (text === null) return null;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const local = url !== undefined && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  const safe = url?.protocol === 'https:' || (url?.protocol === 'http:' && local);
  if (url === undefined || !safe || url.username !== '' || url.password !== '')
    throw new Problem('invalid-input', 'This is no address for webhooks.', {
      fields: [{ path: 'webhookUrl', message: 'must be an https address without a password in it' }],
    });
  return url.href;
}

/** Tells partners of sales and refunds, in order, at least once, always with the same id. */
export function tellPartners({ store, clock, secrets }: CoursesContext): OutboxHandler {
  return {
    async deliver({ id, payload }, signal) {
      const { partnerId, tell } = JSON.parse(payload) as { partnerId: string; tell: PartnerTell };
      const partner = await store.db
        .selectFrom('course_partners')
        .select(['webhook_url', 'webhook_secret_version', 'active'])
        .where('id', '=', partnerId)
        .executeTakeFirst();
      // It does not want to be told any more.
      if (partner === undefined || partner.webhook_url === null || partner.active === 0) return;
      const body = JSON.stringify(tell);
      const signer = createWebhookSigner(webhookSecret(secrets, partnerId, partner.webhook_secret_version));
      const response = await fetch(partner.webhook_url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...signer.sign(id, clock.now(), body) },
        body,
        // A redirect would carry it to an address that nobody entered.
        redirect: 'error',
        signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
      }).catch((cause: unknown) => {
        throw new DeliveryError('A partner could not be reached.', { retryable: true, cause });
      });
      await response.body?.cancel();
      if (response.ok) return;
      const retryable = response.status >= 500 || [408, 425, 429].includes(response.status);
      throw new DeliveryError(`A partner answered ${response.status}.`, { retryable });
    },
  };
}
