import * as z from 'zod/mini';
import { endpoint } from './endpoint.ts';
import { PresenceState } from './presence.ts';
import { Day, Empty, Id, Instant, LocalTexts } from './primitives.ts';

/** What a wall of figures shows of some calls: all of a day, those of one queue, or those of one branch. */
export const CallFigures = z.object({
  /** Callers on the line whom nobody has answered yet. */
  waiting: z.int(),
  /** Since when the one who waits longest has waited. */
  longestSince: z.nullable(Instant),
  /** Conversations going on. */
  talking: z.int(),
  /** Calls that came in today, and what became of them. */
  offered: z.int(),
  answered: z.int(),
  /** Answered within the time that the house promises. */
  answeredInTime: z.int(),
  /** The caller hung up first. */
  abandoned: z.int(),
  /** Of these, so soon that nobody could have answered; they do not count against the service level. */
  abandonedEarly: z.int(),
  /** Nobody answered although everybody was tried. */
  missed: z.int(),
  /** Kept their place and are called back. */
  callbacks: z.int(),
  /** From 0 to 1; null before the first call that counts. */
  serviceLevel: z.nullable(z.number()),
  /** Until an answer, in seconds; null before the first one. */
  averageWait: z.nullable(z.number()),
  outbound: z.int(),
  outboundAnswered: z.int(),
});
export type CallFigures = z.infer<typeof CallFigures>;

/** How many agents are in each state. */
export const AgentFigures = z.record(PresenceState, z.int());
export type AgentFigures = z.infer<typeof AgentFigures>;

export const Wallboard = z.object({
  /** Today, where the market is. */
  day: Day,
  timeZone: z.string(),
  /** The promise: answered within so many seconds, for this share of the calls. */
  goal: z.object({ seconds: z.int(), share: z.number() }),
  total: CallFigures,
  agents: AgentFigures,
  queues: z.array(z.object({ queueId: Id, names: z.nullable(LocalTexts), figures: CallFigures })),
  /** By the branch of whoever answered, or at whom it rang first. */
  branches: z.array(z.object({ branch: z.string(), figures: CallFigures, agents: AgentFigures })),
  /** Recordings that cannot be stored at the moment. */
  recordingsWaiting: z.int(),
});
export type Wallboard = z.infer<typeof Wallboard>;

export const wallboard = {
  get: endpoint({
    method: 'GET',
    path: '/wallboard',
    summary: 'The figures of today: waiting, service level, answered, abandoned, agents; per queue and branch',
    access: ['supervisor', 'manager'],
    input: Empty,
    output: Wallboard,
  }),
} as const;
