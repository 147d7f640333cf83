import * as z from 'zod/mini';
import { CustomerSummary } from './customer.ts';
import { endpoint } from './endpoint.ts';
import { MessageState } from './message.ts';
import { Id, Instant, line, Number164 } from './primitives.ts';

/**
 * Why a case ended. `rang-again`: the caller rang again and was answered. `called-back`: somebody rang them and they
 * answered. `by-hand`: a person says that nothing is left to do, and why.
 */
export const MissedCallEnd = z.enum(['rang-again', 'called-back', 'by-hand']);
export type MissedCallEnd = z.infer<typeof MissedCallEnd>;

const Person = z.object({ id: Id, name: z.string() });

/** Somebody rang and reached nobody (G5): one case per caller, however often they tried. */
export const MissedCall = z.object({
  id: Id,
  /** Who rang. */
  number: Number164,
  /** The number of ours that they rang last; they are called back from it. */
  calledNumber: z.string(),
  customer: z.nullable(CustomerSummary),
  /** How often they rang in vain. */
  count: z.int(),
  /** How often somebody rang them back in vain. */
  attempts: z.int(),
  firstAt: Instant,
  lastAt: Instant,
  /** How the last attempt ended: nobody answered, the caller gave up, or it could not be carried. */
  lastOutcome: z.enum(['missed', 'abandoned', 'failed']),
  state: z.enum(['open', 'closed']),
  /** Who calls them back now, and until when nobody else does. */
  claim: z.nullable(z.object({ by: Person, until: Instant })),
  /** What became of the text message that told the caller; null when none was sent. */
  message: z.nullable(MessageState),
  end: z.nullable(
    z.object({
      reason: MissedCallEnd,
      at: Instant,
      /** Null: by itself. */
      by: z.nullable(Person),
      note: z.nullable(z.string()),
    }),
  ),
});
export type MissedCall = z.infer<typeof MissedCall>;

const desk = ['agent', 'supervisor'] as const;
const one = z.object({ missedCallId: Id });

export const missedCalls = {
  list: endpoint({
    method: 'GET',
    path: '/missed-calls',
    summary: 'Missed calls that are mine to call back, the oldest first; a supervisor sees all',
    access: ['agent', 'supervisor', 'manager'],
    input: z.object({
      state: z._default(z.enum(['open', 'closed']), 'open'),
      limit: z._default(z.coerce.number().check(z.int(), z.gte(1), z.lte(500)), 200),
    }),
    output: z.object({ missedCalls: z.array(MissedCall) }),
  }),
  get: endpoint({
    method: 'GET',
    path: '/missed-calls/{missedCallId}',
    summary: 'One missed call',
    access: ['agent', 'supervisor', 'manager'],
    input: one,
    output: MissedCall,
  }),
  claim: endpoint({
    method: 'POST',
    path: '/missed-calls/{missedCallId}/claim',
    summary: 'I am calling them back: for a while nobody else can',
    access: desk,
    input: one,
    output: MissedCall,
    problems: ['missed-call-claimed', 'missed-call-closed'],
  }),
  release: endpoint({
    method: 'POST',
    path: '/missed-calls/{missedCallId}/release',
    summary: 'I am not calling them back after all; a supervisor may release for anybody',
    access: desk,
    input: one,
    output: MissedCall,
    problems: ['missed-call-claimed'],
  }),
  close: endpoint({
    method: 'POST',
    path: '/missed-calls/{missedCallId}/close',
    summary: 'Nothing is left to do, and why',
    access: desk,
    input: z.object({ missedCallId: Id, note: line(200) }),
    output: MissedCall,
    problems: ['missed-call-claimed'],
  }),
} as const;
