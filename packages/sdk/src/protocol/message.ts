import * as z from 'zod/mini';
import { endpoint } from './endpoint.ts';
import { Empty, Id, Instant, Locale } from './primitives.ts';

/**
 * `queued`: waits to be handed over. `sent`: the service has taken it. `delivered`: it is on the receiver's telephone.
 * `failed`: it will not arrive, `reason` says why. `expired`: it could not be handed over, or delivered, in time.
 */
export const MessageState = z.enum(['queued', 'sent', 'delivered', 'failed', 'expired']);
export type MessageState = z.infer<typeof MessageState>;

/** By which a message goes out. */
export const MessageChannel = z.enum(['sms', 'whatsapp']);
export type MessageChannel = z.infer<typeof MessageChannel>;

/** A text message as managers and supervisors see it: whether it arrived, not what it says nor to whom. */
export const Message = z.object({
  id: Id,
  purpose: z.string(),
  /** By which it went, or is to go. */
  channel: MessageChannel,
  template: z.string(),
  /** `+98912•••6789`: enough to recognise a number that one knows already. */
  recipient: z.string(),
  locale: Locale,
  state: MessageState,
  /** A word, or the service's code: `no-credit`, `twilio-30003`. */
  reason: z.nullable(z.string()),
  /** How often it was tried to hand it over. */
  attempts: z.int(),
  createdAt: Instant,
  sentAt: z.nullable(Instant),
  finishedAt: z.nullable(Instant),
});
export type Message = z.infer<typeof Message>;

const field = z.string().check(z.maxLength(2000));

export const messages = {
  list: endpoint({
    method: 'GET',
    path: '/messages',
    summary: 'The latest text messages and what became of them, with masked numbers',
    access: ['supervisor', 'manager'],
    input: z.object({
      state: z.optional(MessageState),
      limit: z._default(z.coerce.number().check(z.int(), z.gte(1), z.lte(500)), 100),
    }),
    output: z.object({ messages: z.array(Message) }),
  }),
  report: endpoint({
    method: 'POST',
    path: '/messages/reports/{key}',
    summary: 'A service tells what became of a message: signed, or at a secret address',
    access: 'public',
    form: true,
    input: z.catchall(z.object({ key: Id }), field),
    output: Empty,
  }),
  reportByQuery: endpoint({
    method: 'GET',
    path: '/messages/reports/{key}',
    summary: 'The same, for services that report by GET',
    access: 'public',
    input: z.catchall(z.object({ key: Id }), field),
    output: Empty,
  }),
  whatsAppChallenge: endpoint({
    method: 'GET',
    path: '/messages/whatsapp',
    summary: 'WhatsApp makes sure that the address is ours: the challenge is repeated to who knows the word',
    access: 'public',
    input: z.catchall(z.object({}), field),
    output: Empty,
    bytes: 'text/plain',
  }),
  whatsAppNews: endpoint({
    method: 'POST',
    path: '/messages/whatsapp',
    summary: 'WhatsApp tells what became of messages, and who has written; signed over the body',
    access: 'public',
    raw: { maxBytes: 3_145_728 },
    input: Empty,
    output: Empty,
  }),
} as const;
