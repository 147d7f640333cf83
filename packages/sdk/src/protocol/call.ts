import * as z from 'zod/mini';
import { CallPortal } from './call-portal.ts';
import { CustomerSummary } from './customer.ts';
import { endpoint } from './endpoint.ts';
import { Empty, Id, Instant, line, paragraph } from './primitives.ts';
import { Verification } from './verification.ts';

/**
 * Where an interaction stands. `queued`: in the flow, nobody rings yet. `ended` is told apart by {@link CallOutcome}.
 */
export const CallState = z.enum(['queued', 'ringing', 'answered', 'wrap-up', 'ended']);
export type CallState = z.infer<typeof CallState>;

/**
 * `answered`: a person talked. `missed`: every responder was tried and nobody answered. `abandoned`: the caller hung up
 * while it rang. `failed`: the exchange or the adapter could not carry it. Of a call that went out: `busy`, `no-answer`,
 * `rejected` and `unreachable` say how the number that was called took it; `abandoned`: the agent gave up.
 * `callback`: the caller kept their place in a queue and is called back.
 */
export const CallOutcome = z.enum([
  'answered',
  'missed',
  'abandoned',
  'failed',
  'busy',
  'no-answer',
  'rejected',
  'unreachable',
  'callback',
]);
export type CallOutcome = z.infer<typeof CallOutcome>;

/** Why routing went on from a responder (G3). */
export const RoutingReason = z.enum([
  'ringing',
  'answered',
  'busy',
  'unreachable',
  'no-answer',
  'on-leave',
  'not-ready',
  'outbound-only',
  'declined',
  'inactive',
  'caller-gave-up',
  'answered-elsewhere',
  'failed',
]);
export type RoutingReason = z.infer<typeof RoutingReason>;

/** `transfer`: somebody handed the call to them. */
export const ResponderOrder = z.enum(['first', 'second', 'group', 'transfer']);
export type ResponderOrder = z.infer<typeof ResponderOrder>;

export const RoutingStep = z.object({
  order: ResponderOrder,
  accountId: Id,
  name: z.string(),
  result: RoutingReason,
  at: Instant,
});
export type RoutingStep = z.infer<typeof RoutingStep>;

/** `expired`: deleted at the end of its retention; the row and its lines in the ledger stay. */
export const RecordingState = z.enum(['none', 'recording', 'paused', 'storing', 'stored', 'failed', 'expired']);
export type RecordingState = z.infer<typeof RecordingState>;

export const AgentPauseReason = z.enum(['payment-card', 'secret', 'private', 'other']);
export type AgentPauseReason = z.infer<typeof AgentPauseReason>;

/** Why nothing is kept for a while. `pin`: the caller keys it; the others by the agent's own word. */
export const PauseReason = z.enum(['pin', ...AgentPauseReason.options]);
export type PauseReason = z.infer<typeof PauseReason>;

/** Somebody in a call besides the customer and its agent. */
export const CallParty = z.object({
  /** Id of their leg. */
  id: Id,
  role: z.enum(['third', 'supervisor']),
  /** Null: a telephone outside. */
  accountId: z.nullable(Id),
  name: z.string(),
  /** Set where `accountId` is not. */
  number: z.nullable(z.string()),
  /** `consulting`: with the agent, while the customer waits. `talking`: everybody hears them. `failed`: rung in vain. */
  state: z.enum(['ringing', 'consulting', 'talking', 'listening', 'whispering', 'failed']),
  /** Why, when it failed. */
  reason: z.nullable(RoutingReason),
  since: Instant,
});
export type CallParty = z.infer<typeof CallParty>;

export const Call = z.object({
  id: Id,
  /** `desk`: with an agent. `virtual`: between a field caller and a customer. */
  kind: z.enum(['desk', 'virtual']),
  direction: z.enum(['inbound', 'outbound']),
  state: CallState,
  outcome: z.nullable(CallOutcome),
  /** E.164, or empty when withheld. */
  callerNumber: z.string(),
  calledNumber: z.string(),
  /** What the far side of an outgoing leg sees as its caller. */
  presentedNumber: z.nullable(z.string()),
  /** The caller's number is one of the customer's declared numbers. */
  numberDeclared: z.boolean(),
  customer: z.nullable(CustomerSummary),
  /** More than one customer has this number: the agent chooses. */
  candidates: z.array(CustomerSummary),
  /** Whom it rings at or who has it. */
  agent: z.nullable(z.object({ id: Id, name: z.string() })),
  responderOrder: z.nullable(ResponderOrder),
  routing: z.array(RoutingStep),
  startedAt: Instant,
  answeredAt: z.nullable(Instant),
  endedAt: z.nullable(Instant),
  /** `alertAfterMs`: a hold that lasts longer deserves the agent's notice. */
  hold: z.object({ since: z.nullable(Instant), totalMs: z.int(), alertAfterMs: z.nullable(z.int()) }),
  /** How often it was handed to somebody else. */
  transfers: z.int(),
  tags: z.array(z.string()),
  /** Who else is in it now. */
  parties: z.array(CallParty),
  /** While the caller waits in a queue. */
  waiting: z.nullable(z.object({ queueId: Id, position: z.int(), since: Instant })),
  verification: Verification,
  recording: z.object({
    id: z.nullable(Id),
    state: RecordingState,
    startedAt: z.nullable(Instant),
    /** While it is paused. */
    pauseReason: z.nullable(PauseReason),
  }),
  /** Slot for what the host says of this caller at ring (G6), shown as it is. */
  entitlement: z.nullable(z.string()),
  /** What a caller who has bought devices has (G6); null while it is not known, of anybody else, and after the call. */
  portal: z.nullable(CallPortal),
  wrapUp: z.nullable(z.object({ until: z.nullable(Instant), disposition: z.nullable(z.string()), note: z.string() })),
});
export type Call = z.infer<typeof Call>;

const agent = ['agent', 'supervisor'] as const;
const live = ['call-not-live', 'call-not-yours'] as const;
const onCall = z.object({ callId: Id });

export const calls = {
  list: endpoint({
    method: 'GET',
    path: '/calls',
    summary: 'My calls: those going on, or the latest ended ones; a supervisor sees all',
    access: ['agent', 'supervisor', 'manager'],
    input: z.object({
      state: z._default(z.enum(['open', 'ended', 'all']), 'open'),
      limit: z._default(z.coerce.number().check(z.int(), z.gte(1), z.lte(200)), 50),
    }),
    output: z.object({ calls: z.array(Call) }),
  }),
  get: endpoint({
    method: 'GET',
    path: '/calls/{callId}',
    summary: 'One call',
    access: ['agent', 'supervisor', 'manager'],
    input: onCall,
    output: Call,
  }),
  chooseCustomer: endpoint({
    method: 'POST',
    path: '/calls/{callId}/customer',
    summary: 'Say which customer is calling; any verification so far is void',
    access: agent,
    input: z.object({ callId: Id, customerId: Id }),
    output: Call,
    problems: [...live, 'not-a-candidate'],
  }),
  decline: endpoint({
    method: 'POST',
    path: '/calls/{callId}/decline',
    summary: 'Let it ring at the next responder',
    access: agent,
    input: onCall,
    output: Call,
    problems: live,
  }),
  hold: endpoint({
    method: 'POST',
    path: '/calls/{callId}/hold',
    summary: 'Hold or take back, for a responder on their own telephone; a browser phone holds by itself',
    access: agent,
    input: z.object({ callId: Id, held: z.boolean() }),
    output: Call,
    problems: [...live, 'exchange-unavailable'],
  }),
  hangup: endpoint({
    method: 'POST',
    path: '/calls/{callId}/hangup',
    summary: 'End the call, also when the browser phone has no connection',
    access: agent,
    input: onCall,
    output: Call,
    problems: ['call-not-yours', 'exchange-unavailable'],
  }),
  resume: endpoint({
    method: 'POST',
    path: '/calls/{callId}/resume',
    summary: 'Ring my phone back into my running call, after a reload',
    access: agent,
    input: onCall,
    output: Call,
    problems: [...live, 'exchange-unavailable'],
  }),
  wrapUp: endpoint({
    method: 'POST',
    path: '/calls/{callId}/wrap-up',
    summary: 'Disposition and note; ends the wrap-up',
    access: agent,
    input: z.object({ callId: Id, disposition: line(60), note: z._default(paragraph(2000), '') }),
    output: Call,
    problems: ['call-not-yours', 'conflict'],
  }),
} as const;

export const health = {
  get: endpoint({
    method: 'GET',
    path: '/health',
    summary: 'Whether the adapter, its store and its exchange work',
    access: 'public',
    input: Empty,
    output: z.object({ ok: z.boolean(), store: z.enum(['up', 'down']), exchange: z.enum(['up', 'down', 'none']) }),
  }),
} as const;
