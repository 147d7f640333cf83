import * as z from 'zod/mini';
import { RecordingState } from './call.ts';
import { endpoint } from './endpoint.ts';
import { Empty, Id, Instant, line } from './primitives.ts';

/** Why a recording waits to be stored: nothing is lost, the exchange still has it. */
export const StoreTrouble = z.enum(['store-full', 'store-read-only', 'store-away']);
export type StoreTrouble = z.infer<typeof StoreTrouble>;

export const Recording = z.object({
  id: Id,
  callId: Id,
  state: RecordingState,
  startedAt: Instant,
  durationMs: z.int(),
  /** Lower-case hex SHA-256 of the stored file. */
  sha256: z.nullable(z.string()),
  /** Set while it cannot be stored; it is tried again until it can. */
  waiting: z.nullable(StoreTrouble),
  /** Times in which nothing was recorded, and why (PIN entry, exchange lost). */
  gaps: z.array(z.object({ fromMs: z.int(), toMs: z.int(), reason: z.string() })),
  /** One marker per instruction: where its read-back begins. */
  markers: z.array(z.object({ orderId: Id, instructionId: Id, label: z.string(), offsetMs: z.int() })),
});
export type Recording = z.infer<typeof Recording>;

/** What a recording is kept for decides for how long. */
export const RecordingPurpose = z.enum(['order', 'call', 'virtual']);
export type RecordingPurpose = z.infer<typeof RecordingPurpose>;

/** While one is not released, the recording is kept, however old it is. */
export const LegalHold = z.object({
  id: Id,
  reason: z.string(),
  /** Account id. */
  placedBy: Id,
  placedAt: Instant,
  releasedBy: z.nullable(Id),
  releasedAt: z.nullable(Instant),
  releaseReason: z.nullable(z.string()),
});
export type LegalHold = z.infer<typeof LegalHold>;

export const Retention = z.object({
  recordingId: Id,
  purpose: RecordingPurpose,
  /** Nothing deletes it before; null: it is kept for ever. */
  keepUntil: z.nullable(Instant),
  holds: z.array(LegalHold),
});
export type Retention = z.infer<typeof Retention>;

const reason = line(300, 3);
const wardens = ['supervisor', 'manager'] as const;
const listeners = ['agent', 'supervisor', 'manager', 'dealer'] as const;

export const recordings = {
  get: endpoint({
    method: 'GET',
    path: '/recordings/{recordingId}',
    summary: 'A recording and its markers',
    access: listeners,
    input: z.object({ recordingId: Id }),
    output: Recording,
  }),
  audio: endpoint({
    method: 'GET',
    path: '/recordings/{recordingId}/audio',
    summary: 'The sound (stereo WAV: customer left, agent right); answers ranges; written to the listening log',
    access: listeners,
    input: z.object({
      recordingId: Id,
      /** Why: written to the listening log. */
      reason: z.optional(line(200)),
    }),
    output: z.object({}),
    bytes: 'audio/wav',
    problems: ['recording-not-ready', 'recording-expired', 'recording-altered'],
  }),
  link: endpoint({
    method: 'POST',
    path: '/recordings/{recordingId}/link',
    summary: 'A signed address for downloading it, for whoever has it and until it expires',
    access: wardens,
    input: z.object({
      recordingId: Id,
      /** Written to the listening log. */
      reason,
      minutes: z._default(z.int().check(z.gte(1), z.lte(7 * 24 * 60)), 60),
    }),
    /** `path` begins after the adapter's address. */
    output: z.object({ path: z.string(), expiresAt: Instant }),
    problems: ['recording-not-ready', 'recording-expired'],
  }),
  file: endpoint({
    method: 'GET',
    path: '/recordings/{recordingId}/file',
    summary: 'The sound by a signed link; answers ranges; each download is written to the listening log',
    access: 'public',
    input: z.object({ recordingId: Id, token: z.string().check(z.maxLength(300)) }),
    output: z.object({}),
    bytes: 'audio/wav',
    problems: ['recording-link-over', 'recording-not-ready', 'recording-expired', 'recording-altered'],
  }),
  revokeLinks: endpoint({
    method: 'POST',
    path: '/recordings/links/revoke',
    summary: 'Make every link that was given out so far void',
    access: ['manager'],
    input: z.object({ reason }),
    output: Empty,
  }),
  retention: endpoint({
    method: 'GET',
    path: '/recordings/{recordingId}/retention',
    summary: 'Until when it is kept, and the holds on it',
    access: wardens,
    input: z.object({ recordingId: Id }),
    output: Retention,
  }),
  hold: endpoint({
    method: 'POST',
    path: '/recordings/{recordingId}/holds',
    summary: 'Keep it until released, however old it becomes',
    access: ['manager'],
    input: z.object({ recordingId: Id, reason }),
    output: Retention,
    problems: ['recording-expired'],
  }),
  release: endpoint({
    method: 'POST',
    path: '/recordings/{recordingId}/holds/{holdId}/release',
    summary: 'End a hold; the time of retention counts again',
    access: ['manager'],
    input: z.object({ recordingId: Id, holdId: Id, reason }),
    output: Retention,
    problems: ['conflict'],
  }),
} as const;
