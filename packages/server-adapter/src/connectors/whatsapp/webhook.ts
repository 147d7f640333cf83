import { createHmac, timingSafeEqual } from 'node:crypto';
import * as z from 'zod/mini';
import type { SmsState } from '../sms/sms-driver.ts';
import { jsonOf } from '../sms/sms-request.ts';
import { whatsAppRefusal } from './whatsapp-codes.ts';
import type { WhatsAppNews } from './whatsapp-driver.ts';

const Value = z.object({
  metadata: z.optional(z.object({ phone_number_id: z.optional(z.string()) })),
  statuses: z.optional(
    z.array(
      z.object({
        id: z.string(),
        status: z.string(),
        biz_opaque_callback_data: z.optional(z.string()),
        errors: z.optional(z.array(z.object({ code: z.optional(z.int()) }))),
      }),
    ),
  ),
  messages: z.optional(z.array(z.object({ from: z.string(), timestamp: z.string() }))),
});
const Notice = z.object({
  entry: z.array(z.object({ changes: z.array(z.object({ value: z.unknown() })) })),
});

const STATES: Readonly<Record<string, SmsState>> = {
  sent: 'sent',
  delivered: 'delivered',
  read: 'delivered',
  failed: 'failed',
};

/** `sha256=` and the hexadecimal HMAC-SHA-256 of the raw body, keyed with the secret of the app. */
export function whatsAppSignature(appSecret: string, body: Uint8Array): string {
  return `sha256=${createHmac('sha256', appSecret).update(body).digest('hex')}`;
}

export function isSigned(appSecret: string, body: Uint8Array, given: string | null): boolean {
  if (given === null) return false;
  return equal(given, whatsAppSignature(appSecret, body));
}

/** In a time that tells nothing of where they differ. */
export function equal(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** What a signed body says. What is not about our number, or has a form that we do not know, is left out. */
export function newsIn(body: Uint8Array, phoneNumberId: string): WhatsAppNews {
  const notice = z.safeParse(Notice, jsonOf(Buffer.from(body).toString('utf8')));
  if (!notice.success) return { reports: [], heard: [] };
  const reports: WhatsAppNews['reports'][number][] = [];
  const heard: WhatsAppNews['heard'][number][] = [];
  for (const { value } of notice.data.entry.flatMap(({ changes }) => changes)) {
    const parsed = z.safeParse(Value, value);
    if (!parsed.success) continue;
    const { metadata, statuses = [], messages = [] } = parsed.data;
    // An app may serve several numbers; the others are not ours.
    if (metadata?.phone_number_id !== undefined && metadata.phone_number_id !== phoneNumberId) continue;
    for (const { id, status, biz_opaque_callback_data, errors } of statuses) {
      const state = STATES[status];
      if (state === undefined) continue;
      const reason = state === 'failed' ? whatsAppRefusal(errors?.[0]?.code, 400).reason : undefined;
      reports.push({
        providerId: id,
        state,
        ...(reason === undefined ? {} : { reason }),
        ...(biz_opaque_callback_data === undefined ? {} : { id: biz_opaque_callback_data }),
      });
    }
    for (const { from, timestamp } of messages)
      if (/^[1-9]\d{6,14}$/.test(from) && /^\d{1,11}$/.test(timestamp))
        heard.push({ from: `+${from}`, at: new Date(Number(timestamp) * 1000) });
  }
  return { reports, heard };
}
