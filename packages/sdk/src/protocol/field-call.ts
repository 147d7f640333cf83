import * as z from 'zod/mini';
import { endpoint } from './endpoint.ts';
import { OwnPairing } from './pairing.ts';
import { Empty, Id, Instant, line } from './primitives.ts';

const calls = ['field-caller'] as const;

/**
 * `out`: the field caller rang somebody through a fictitious number. `in`: somebody rang the fictitious number, and it
 * rang at the field caller. `callback`: the field caller rang back.
 */
export const FieldCallKind = z.enum(['out', 'in', 'callback']);
export type FieldCallKind = z.infer<typeof FieldCallKind>;

/** `own-phone`: rings at the field caller. `dialling`: rings at the other side. */
export const FieldCallState = z.enum(['own-phone', 'dialling', 'answered', 'ended']);
export type FieldCallState = z.infer<typeof FieldCallState>;

export const FieldCallOutcome = z.enum([
  'answered',
  'busy',
  'no-answer',
  'rejected',
  'unreachable',
  'abandoned',
  'failed',
]);
export type FieldCallOutcome = z.infer<typeof FieldCallOutcome>;

/** A call as its field caller sees it: never a number that they did not dial themselves. */
export const FieldCall = z.object({
  id: Id,
  kind: FieldCallKind,
  state: FieldCallState,
  outcome: z.nullable(FieldCallOutcome),
  pairingId: Id,
  project: z.object({ id: Id, name: z.string() }),
  /** What the other side sees or dialled. */
  fictitiousNumber: z.string(),
  /** As the field caller dialled it; null where somebody else did. */
  dialled: z.nullable(z.string()),
  startedAt: Instant,
  answeredAt: z.nullable(Instant),
  endedAt: z.nullable(Instant),
});
export type FieldCall = z.infer<typeof FieldCall>;

/** A call to a fictitious number that the field caller missed, and can return (B5, B6). */
export const CallbackCase = z.object({
  id: Id,
  /** What the SMS says and the field caller keys: distinct among their open ones, the same until it closes. */
  ordinal: z.int(),
  state: z.enum(['open', 'closed']),
  /** Why it closed. */
  reason: z.nullable(z.enum(['connected', 'expired', 'pairing-over'])),
  pairingId: Id,
  project: z.object({ id: Id, name: z.string() }),
  fictitiousNumber: z.string(),
  /** How often they have called. */
  missed: z.int(),
  openedAt: Instant,
  lastMissedAt: Instant,
  expiresAt: Instant,
  closedAt: z.nullable(Instant),
});
export type CallbackCase = z.infer<typeof CallbackCase>;

export const fieldCalls = {
  pairings: endpoint({
    method: 'GET',
    path: '/field-calls/pairings',
    summary: 'The fictitious numbers that I may call through, with the info column of each project',
    access: calls,
    input: Empty,
    output: z.object({
      pairings: z.array(OwnPairing),
      /** The number to ring from one’s own telephone, and the one that rings back. */
      accessNumber: z.nullable(z.string()),
      exchangeNumber: z.nullable(z.string()),
    }),
  }),
  list: endpoint({
    method: 'GET',
    path: '/field-calls',
    summary: 'My latest calls, and the callbacks that are open',
    access: calls,
    input: z.object({ limit: z._default(z.coerce.number().check(z.int(), z.gte(1), z.lte(200)), 50) }),
    output: z.object({ calls: z.array(FieldCall), cases: z.array(CallbackCase) }),
  }),
  dial: endpoint({
    method: 'POST',
    path: '/field-calls',
    summary: 'Ring my phone, then the number, which sees the fictitious number',
    access: calls,
    input: z.object({
      pairingId: Id,
      /** National or international form, as typed. */
      to: line(40),
      /** Which phone of mine rings. Left out: the browser phone, if it is where calls reach me. */
      via: z.optional(z.enum(['browser', 'telephone'])),
    }),
    output: FieldCall,
    problems: [
      'dial-emergency',
      'dial-premium',
      'dial-country',
      'dial-not-listed',
      'dial-not-a-number',
      'pairing-over',
      'in-a-call',
      'exchange-unavailable',
    ],
  }),
  callBack: endpoint({
    method: 'POST',
    path: '/field-calls/cases/{caseId}/call',
    summary: 'Return a missed call: rings my phone, then connects',
    access: calls,
    input: z.object({ caseId: Id, via: z.optional(z.enum(['browser', 'telephone'])) }),
    output: FieldCall,
    problems: ['callback-closed', 'pairing-over', 'in-a-call', 'exchange-unavailable'],
  }),
  hangup: endpoint({
    method: 'POST',
    path: '/field-calls/{callId}/hangup',
    summary: 'End my call',
    access: calls,
    input: z.object({ callId: Id }),
    output: FieldCall,
    problems: ['exchange-unavailable'],
  }),
} as const;

/** Somebody who reached a number of the exchange and could not be connected. */
export const RefusedAttempt = z.object({
  id: Id,
  at: Instant,
  /** The number that was called. */
  called: z.string(),
  /** Who called; empty when withheld. */
  caller: z.string(),
  reason: z.enum([
    'not-paired',
    'withheld',
    'too-many-mistakes',
    'dial-refused',
    'unknown-caller',
    'no-callback',
    'pairing-over',
    'project-over',
  ]),
});
export type RefusedAttempt = z.infer<typeof RefusedAttempt>;

export const refusedAttempts = {
  list: endpoint({
    method: 'GET',
    path: '/refused-attempts',
    summary: 'Who called the access number or a fictitious number in vain, newest first',
    access: ['manager'],
    input: z.object({ limit: z._default(z.coerce.number().check(z.int(), z.gte(1), z.lte(500)), 100) }),
    output: z.object({ attempts: z.array(RefusedAttempt) }),
  }),
} as const;
