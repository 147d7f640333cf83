import * as z from 'zod/mini';
import { AgentPauseReason, Call, RoutingReason } from './call.ts';
import { endpoint } from './endpoint.ts';
import { Id, line, Number164 } from './primitives.ts';

/** Whom to bring into a call. A number is read as it was typed, by the house's numbering plan. */
export const CallTarget = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('agent'), accountId: Id }),
  z.object({ kind: z.literal('group') }),
  z.object({ kind: z.literal('number'), number: line(40) }),
]);
export type CallTarget = z.infer<typeof CallTarget>;

/** What somebody may ring or bring into a call, now. */
export const CallTargets = z.object({
  agents: z.array(
    z.object({
      accountId: Id,
      name: z.string(),
      /** Why they cannot be rung; null: they can. */
      refusal: z.nullable(RoutingReason),
    }),
  ),
  /** Members of the call-centre group who can be rung. */
  groupFree: z.int(),
  /** Callers who wait for the group, where somebody who is handed on to it may wait as well. */
  groupWaiting: z.optional(z.int()),
  /** Numbers of ours that may be shown to whoever is called, the usual one first; empty: nobody outside can be called. */
  callerIds: z.array(z.string()),
});
export type CallTargets = z.infer<typeof CallTargets>;

export const TransferMode = z.enum(['blind', 'attended']);
export type TransferMode = z.infer<typeof TransferMode>;

const agent = ['agent', 'supervisor'] as const;
const live = ['call-not-live', 'call-not-yours', 'exchange-unavailable'] as const;
const dialling = [
  'target-unavailable',
  'dial-emergency',
  'dial-premium',
  'dial-country',
  'dial-not-listed',
  'dial-not-a-number',
] as const;
const onCall = z.object({ callId: Id });

/** What an agent does with a call besides talking. Joined into the contract's `calls`. */
export const callControl = {
  targets: endpoint({
    method: 'GET',
    path: '/call-targets',
    summary: 'Whom I can ring or bring into a call now',
    access: agent,
    input: z.object({ search: z._default(line(80, 0), '') }),
    output: CallTargets,
  }),
  dial: endpoint({
    method: 'POST',
    path: '/calls',
    summary: 'Ring a number: my own phone first, then the number',
    access: agent,
    input: z.object({
      to: line(40),
      /** One of `callerIds`; the usual one when it is left out. */
      callerId: z.optional(Number164),
      customerId: z.optional(Id),
      /** The missed call that this one answers. */
      missedCallId: z.optional(Id),
    }),
    output: Call,
    problems: [
      ...dialling,
      'in-a-call',
      'caller-id-not-ours',
      'exchange-unavailable',
      'missed-call-claimed',
      'missed-call-closed',
    ],
  }),
  transfer: endpoint({
    method: 'POST',
    path: '/calls/{callId}/transfer',
    summary: 'Hand the call over: at once, or after speaking to whoever takes it while the customer hears music',
    access: agent,
    input: z.object({ callId: Id, mode: TransferMode, target: CallTarget }),
    output: Call,
    problems: [...live, ...dialling, 'third-in-call'],
  }),
  completeTransfer: endpoint({
    method: 'POST',
    path: '/calls/{callId}/transfer/complete',
    summary: 'Leave the customer with whom I consulted; verification is void',
    access: agent,
    input: onCall,
    output: Call,
    problems: [...live, 'no-third-in-call'],
  }),
  cancelTransfer: endpoint({
    method: 'POST',
    path: '/calls/{callId}/transfer/cancel',
    summary: 'End the consultation and go back to the customer',
    access: agent,
    input: onCall,
    output: Call,
    problems: [...live, 'no-third-in-call'],
  }),
  conference: endpoint({
    method: 'POST',
    path: '/calls/{callId}/conference',
    summary: 'Talk with three: ring somebody into the call, or let in whom I consult',
    access: agent,
    input: z.object({ callId: Id, target: z.optional(CallTarget) }),
    output: Call,
    problems: [...live, ...dialling, 'third-in-call', 'no-third-in-call'],
  }),
  removeParty: endpoint({
    method: 'POST',
    path: '/calls/{callId}/parties/{partyId}/remove',
    summary: 'Hang up on somebody who was brought in',
    access: agent,
    input: z.object({ callId: Id, partyId: Id }),
    output: Call,
    problems: [...live, 'no-third-in-call'],
  }),
  pauseRecording: endpoint({
    method: 'POST',
    path: '/calls/{callId}/recording/pause',
    summary: 'Keep nothing for a while; the gap and its reason are marked, and no order can be sealed meanwhile',
    access: agent,
    input: z.object({ callId: Id, reason: AgentPauseReason }),
    output: Call,
    problems: [...live, 'recording-not-running'],
  }),
  resumeRecording: endpoint({
    method: 'POST',
    path: '/calls/{callId}/recording/resume',
    summary: 'Record again',
    access: agent,
    input: onCall,
    output: Call,
    problems: [...live, 'recording-not-running'],
  }),
  tag: endpoint({
    method: 'POST',
    path: '/calls/{callId}/tags',
    summary: 'Set the tags of my call, during it or later',
    access: agent,
    input: z.object({ callId: Id, tags: z.array(line(40)).check(z.maxLength(20)) }),
    output: Call,
    problems: ['call-not-yours'],
  }),
} as const;
