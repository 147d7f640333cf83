import * as z from 'zod/mini';
import { CustomerSummary } from './customer.ts';
import { endpoint } from './endpoint.ts';
import { Empty, Id, Instant, LocalTexts, paragraph } from './primitives.ts';

/** What callers hear before the tone. Without one of the box's own, a sentence of the house. */
export const VoicemailGreeting = z.object({
  boxId: Id,
  /** `own`: spoken by its people, and what the next caller hears. */
  kind: z.enum(['default', 'own']),
  durationMs: z.nullable(z.int()),
  recordedAt: z.nullable(Instant),
  recordedBy: z.nullable(z.object({ id: Id, name: z.string() })),
  /** Somebody is speaking a new one now, on their own phone. */
  beingRecorded: z.boolean(),
});
export type VoicemailGreeting = z.infer<typeof VoicemailGreeting>;

/** A box is a queue's, and has its id; or an agent's own, and has the account's id. */
export const VoicemailBox = z.object({
  id: Id,
  kind: z.enum(['queue', 'agent']),
  names: LocalTexts,
  unheard: z.int(),
  greeting: VoicemailGreeting,
  /** Whether whoever asks may change the greeting. */
  mayGreet: z.boolean(),
});
export type VoicemailBox = z.infer<typeof VoicemailBox>;

/**
 * `storing`: it was left, and is brought home from the exchange. `failed`: the exchange had lost it when it was asked.
 * `expired`: its sound was deleted at the end of its time; that it was left stays.
 */
export const VoicemailState = z.enum(['storing', 'stored', 'failed', 'expired']);
export type VoicemailState = z.infer<typeof VoicemailState>;

/** What a caller said after the tone. Shorter ones than the house takes are never shown. */
export const VoicemailMessage = z.object({
  id: Id,
  boxId: Id,
  /** The call that nobody answered; null where the number leads straight to the box. */
  callId: z.nullable(Id),
  state: VoicemailState,
  /** Caller id in E.164; empty when withheld. */
  from: z.string(),
  /** The number of ours that they had called. */
  to: z.string(),
  customer: z.nullable(CustomerSummary),
  /** Customers who share the caller's number. */
  candidates: z.array(CustomerSummary),
  startedAt: Instant,
  durationMs: z.int(),
  heardAt: z.nullable(Instant),
  heardBy: z.nullable(z.object({ id: Id, name: z.string() })),
  note: z.string(),
  /** Lower-case hex SHA-256 of the stored sound. */
  sha256: z.nullable(z.string()),
  /** In the bin since; restored, or gone for good at `binnedUntil`. */
  deletedAt: z.nullable(Instant),
  binnedUntil: z.nullable(Instant),
});
export type VoicemailMessage = z.infer<typeof VoicemailMessage>;

const listeners = ['agent', 'supervisor', 'manager'] as const;
const one = z.object({ messageId: Id });
const box = z.object({ boxId: Id });
const soundProblems = ['recording-not-ready', 'recording-altered'] as const;

export const voicemail = {
  boxes: endpoint({
    method: 'GET',
    path: '/voicemail/boxes',
    summary: 'The boxes that are mine to listen to, with what is new in them',
    access: listeners,
    input: Empty,
    output: z.object({ boxes: z.array(VoicemailBox) }),
  }),
  list: endpoint({
    method: 'GET',
    path: '/voicemail/messages',
    summary: 'Messages, newest first, a page at a time',
    access: listeners,
    input: z.object({
      /** @default all of one's boxes */
      boxId: z.optional(Id),
      unheard: z.optional(z.stringbool()),
      /** What is in the bin, instead of what is not. */
      deleted: z.optional(z.stringbool()),
      /** The last id of the page before. */
      before: z.optional(Id),
      limit: z._default(z.coerce.number().check(z.int(), z.gte(1), z.lte(200)), 50),
    }),
    /** `unheard` counts all that are new in these boxes, not only those of the page. */
    output: z.object({ messages: z.array(VoicemailMessage), unheard: z.int(), more: z.boolean() }),
  }),
  get: endpoint({
    method: 'GET',
    path: '/voicemail/messages/{messageId}',
    summary: 'One message',
    access: listeners,
    input: one,
    output: VoicemailMessage,
  }),
  audio: endpoint({
    method: 'GET',
    path: '/voicemail/messages/{messageId}/audio',
    summary: 'The sound (mono WAV); answers ranges; written to the listening log',
    access: listeners,
    input: one,
    output: Empty,
    bytes: 'audio/wav',
    problems: soundProblems,
  }),
  markHeard: endpoint({
    method: 'PUT',
    path: '/voicemail/messages/{messageId}/heard',
    summary: 'Marks as heard, or as new again',
    access: listeners,
    input: z.object({ messageId: Id, heard: z.boolean() }),
    output: VoicemailMessage,
  }),
  note: endpoint({
    method: 'PUT',
    path: '/voicemail/messages/{messageId}/note',
    summary: 'Writes the note beside a message; empty removes it',
    access: listeners,
    input: z.object({ messageId: Id, note: paragraph(2000) }),
    output: VoicemailMessage,
  }),
  delete: endpoint({
    method: 'DELETE',
    path: '/voicemail/messages/{messageId}',
    summary: 'Puts a message into the bin, from where it can be restored for some days',
    access: listeners,
    input: one,
    output: VoicemailMessage,
    problems: ['recording-not-ready'],
  }),
  restore: endpoint({
    method: 'POST',
    path: '/voicemail/messages/{messageId}/restore',
    summary: 'Takes a message out of the bin',
    access: listeners,
    input: one,
    output: VoicemailMessage,
  }),
  greeting: endpoint({
    method: 'GET',
    path: '/voicemail/boxes/{boxId}/greeting',
    summary: 'What callers of this box hear before the tone',
    access: listeners,
    input: box,
    output: VoicemailGreeting,
  }),
  greetingAudio: endpoint({
    method: 'GET',
    path: '/voicemail/boxes/{boxId}/greeting/audio',
    summary: "The sound of the box's own greeting; answers ranges",
    access: listeners,
    input: box,
    output: Empty,
    bytes: 'audio/wav',
    problems: soundProblems,
  }),
  recordGreeting: endpoint({
    method: 'POST',
    path: '/voicemail/boxes/{boxId}/greeting',
    summary: 'Rings my own phone, on which I speak the greeting: `#` ends it, then `1` keeps it and `2` begins again',
    access: listeners,
    input: box,
    /** `callId` is what the phone rings with. */
    output: z.object({ callId: Id }),
    problems: ['in-a-call', 'exchange-unavailable', 'conflict'],
  }),
  resetGreeting: endpoint({
    method: 'DELETE',
    path: '/voicemail/boxes/{boxId}/greeting',
    summary: "Callers hear the house's sentence again",
    access: listeners,
    input: box,
    output: VoicemailGreeting,
  }),
} as const;
