import * as z from 'zod/mini';
import { RecordingState } from './call.ts';
import { endpoint } from './endpoint.ts';
import { Id, Instant } from './primitives.ts';

export const Recording = z.object({
  id: Id,
  callId: Id,
  state: RecordingState,
  startedAt: Instant,
  durationMs: z.int(),
  /** Lower-case hex SHA-256 of the stored file. */
  sha256: z.nullable(z.string()),
  /** Times in which nothing was recorded, and why (PIN entry, exchange lost). */
  gaps: z.array(z.object({ fromMs: z.int(), toMs: z.int(), reason: z.string() })),
  /** One marker per instruction: where its read-back begins. */
  markers: z.array(z.object({ orderId: Id, instructionId: Id, label: z.string(), offsetMs: z.int() })),
});
export type Recording = z.infer<typeof Recording>;

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
    input: z.object({ recordingId: Id }),
    output: z.object({}),
    bytes: 'audio/wav',
    problems: ['recording-not-ready'],
  }),
} as const;
