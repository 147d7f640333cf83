import { createHmac, timingSafeEqual } from 'node:crypto';

/*
 * Signed as the Standard Webhooks specification says (standardwebhooks.com), so that a receiver can use any of its
 * libraries: `webhook-id`, `webhook-timestamp`, and `webhook-signature: v1,` with the Base64 of HMAC-SHA-256 over
 * `id.timestamp.body`.
 */

const TOLERANCE_SECONDS = 300;
const MIN_KEY_BYTES = 24;

function keyOf(secret: string): Buffer {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  if (key.length < MIN_KEY_BYTES)
    throw new Error(`The webhook secret must be "whsec_" and the Base64 of at least ${MIN_KEY_BYTES} random bytes.`);
  return key;
}

/** @throws when it is too short to protect anything: better at the start than at the first fax */
export function assertWebhookSecret(secret: string): void {
  keyOf(secret);
}

export interface WebhookSigner {
  sign(
    id: string,
    at: Date,
    body: string | Uint8Array,
  ): Record<'webhook-id' | 'webhook-timestamp' | 'webhook-signature', string>;
}

export function createWebhookSigner(secret: string): WebhookSigner {
  const key = keyOf(secret);
  return {
    sign(id, at, body) {
      const timestamp = String(Math.floor(at.getTime() / 1000));
      return {
        'webhook-id': id,
        'webhook-timestamp': timestamp,
        'webhook-signature': `v1,${mac(key, id, timestamp, body)}`,
      };
    },
  };
}

const mac = (key: Buffer, id: string, timestamp: string, body: string | Uint8Array) =>
  createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest('base64');

/**
 * For the receiver: whether a request was signed with this secret and is not a recording of an old one. Give the body as
 * it was received, byte for byte. A message may come more than once: act once per `webhook-id`.
 */
export function verifyWebhook(
  secret: string,
  headers: { readonly get: (name: string) => string | null },
  body: string | Uint8Array,
  now = new Date(),
): boolean {
  const id = headers.get('webhook-id');
  const timestamp = headers.get('webhook-timestamp');
  const signatures = headers.get('webhook-signature');
  if (id === null || timestamp === null || signatures === null || !/^\d{1,12}$/.test(timestamp)) return false;
  if (Math.abs(now.getTime() / 1000 - Number(timestamp)) > TOLERANCE_SECONDS) return false;
  const expected = Buffer.from(mac(keyOf(secret), id, timestamp, body));
  // Several are sent while a secret is being changed.
  return signatures.split(' ').some((entry) => {
    const [version, value = ''] = entry.split(',', 2);
    const given = Buffer.from(value);
    return version === 'v1' && given.length === expected.length && timingSafeEqual(given, expected);
  });
}
