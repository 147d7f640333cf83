import * as z from 'zod/mini';
import { endpoint } from './endpoint.ts';
import { Empty, Id, Instant, LocalTexts } from './primitives.ts';

/**
 * Whom a waiting call rings at. `ring-all`: at every free member at once. `longest-idle`: at whoever has been free for
 * longest. `round-robin`: at one after the other, in turn.
 */
export const QueueStrategy = z.enum(['ring-all', 'longest-idle', 'round-robin']);
export type QueueStrategy = z.infer<typeof QueueStrategy>;

/** A queue as it stands now. */
export const Queue = z.object({
  id: Id,
  names: LocalTexts,
  strategy: QueueStrategy,
  open: z.boolean(),
  /** While it is closed; null when it is open, or does not open within a year. */
  opensAt: z.nullable(Instant),
  /** While it is open; null when it never closes. */
  closesAt: z.nullable(Instant),
  /** Callers on the line. */
  waiting: z.int(),
  /** Callers who hung up and kept their place. */
  callbacks: z.int(),
  /** Since when the first of all these has waited. */
  longestSince: z.nullable(Instant),
  members: z.int(),
  /** Members whom a call may reach now. */
  free: z.int(),
  /** What a place in the line has lately cost in time; null while too few have been answered to tell. */
  secondsPerPlace: z.nullable(z.number()),
});
export type Queue = z.infer<typeof Queue>;

export const queues = {
  list: endpoint({
    method: 'GET',
    path: '/queues',
    summary: 'The queues: open or closed, how many wait and since when',
    access: ['agent', 'supervisor', 'manager'],
    input: Empty,
    output: z.object({ queues: z.array(Queue) }),
  }),
} as const;
