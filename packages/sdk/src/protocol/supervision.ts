import * as z from 'zod/mini';
import { endpoint } from './endpoint.ts';
import { Empty, Id, Instant, line } from './primitives.ts';

/**
 * How a supervisor takes part in a call. `listen`: hears everybody, is heard by nobody. `whisper`: the agent alone hears
 * them. `barge`: everybody does, and they are on the recording.
 */
export const SupervisionMode = z.enum(['listen', 'whisper', 'barge']);
export type SupervisionMode = z.infer<typeof SupervisionMode>;

const Person = z.object({ id: Id, name: z.string() });

/** One supervisor at one call. Shown to supervisors and managers; the agent sees a `CallParty` where the house's policy says so. */
export const Supervision = z.object({
  id: Id,
  callId: Id,
  supervisor: Person,
  mode: SupervisionMode,
  /** `ringing`: the supervisor's own phone. */
  state: z.enum(['ringing', 'on', 'ended']),
  reason: z.string(),
  /** The agent's page shows it. */
  visible: z.boolean(),
  escalationId: z.nullable(Id),
  since: Instant,
});
export type Supervision = z.infer<typeof Supervision>;

/** An agent who asks for a supervisor during a call. */
export const Escalation = z.object({
  id: Id,
  callId: Id,
  agent: Person,
  note: z.string(),
  /** `open`: rings at the supervisors. `over`: the call, or the supervisor's part in it, has ended. */
  state: z.enum(['open', 'accepted', 'cancelled', 'over']),
  /** Nobody has accepted for so long that the agent was told; it goes on ringing. */
  unanswered: z.boolean(),
  supervisor: z.nullable(Person),
  createdAt: Instant,
  acceptedAt: z.nullable(Instant),
});
export type Escalation = z.infer<typeof Escalation>;

/** The house's rules, as far as pages must know them. */
export const SupervisionRules = z.object({
  /** Whether the agent is shown that somebody listens; whoever speaks to them is always shown. */
  agentSees: z.boolean(),
  /** Whether managers may listen (never more). */
  managersListen: z.boolean(),
});
export type SupervisionRules = z.infer<typeof SupervisionRules>;

export const ListeningKind = z.enum(['recording', 'download', 'voicemail', 'listen', 'whisper', 'barge', 'take-over']);
export type ListeningKind = z.infer<typeof ListeningKind>;

/** Who heard what, when, for how long, and why. */
export const ListeningEntry = z.object({
  id: Id,
  kind: ListeningKind,
  listener: Person,
  callId: z.nullable(Id),
  recordingId: z.nullable(Id),
  /** The message that a caller had left. */
  voicemailId: z.nullable(Id),
  /** Whose call it was. */
  agent: z.nullable(Person),
  /** Empty: none was asked for, or none was given. */
  reason: z.string(),
  startedAt: Instant,
  /** Null while it goes on, and where nobody can know it: a recording is played by the listener's own page. */
  endedAt: z.nullable(Instant),
});
export type ListeningEntry = z.infer<typeof ListeningEntry>;

const reason = line(200);
/** A reason is asked when one begins; whoever only changes the mode has given it. */
const atCall = z.object({ callId: Id, reason: z.optional(reason) });
const watchers = ['supervisor', 'manager'] as const;
const problems = ['call-not-live', 'reason-missing', 'in-a-call', 'exchange-unavailable'] as const;

export const supervision = {
  present: endpoint({
    method: 'GET',
    path: '/supervision',
    summary: 'Who supervises which call now, the open escalations, and the rules',
    access: watchers,
    input: Empty,
    output: z.object({
      supervisions: z.array(Supervision),
      escalations: z.array(Escalation),
      rules: SupervisionRules,
    }),
  }),
  listen: endpoint({
    method: 'POST',
    path: '/calls/{callId}/supervision/listen',
    summary: 'Ring my phone and let me hear this call, or stop whispering; written to the listening log',
    access: watchers,
    input: atCall,
    output: Supervision,
    problems,
  }),
  whisper: endpoint({
    method: 'POST',
    path: '/calls/{callId}/supervision/whisper',
    summary: 'Let me speak to the agent of this call alone',
    access: ['supervisor'],
    input: atCall,
    output: Supervision,
    problems,
  }),
  barge: endpoint({
    method: 'POST',
    path: '/calls/{callId}/supervision/barge',
    summary: 'Let me speak to both; I am recorded like the agent',
    access: ['supervisor'],
    input: atCall,
    output: Supervision,
    problems,
  }),
  takeOver: endpoint({
    method: 'POST',
    path: '/calls/{callId}/supervision/take-over',
    summary: 'Become the agent of this call; the agent is released, and the caller must be verified anew',
    access: ['supervisor'],
    input: atCall,
    output: Supervision,
    problems,
  }),
  leave: endpoint({
    method: 'POST',
    path: '/calls/{callId}/supervision/leave',
    summary: 'Leave a call that I supervise; nothing happens where I do not',
    access: watchers,
    input: z.object({ callId: Id }),
    output: Empty,
  }),
  listeningLog: endpoint({
    method: 'GET',
    path: '/listening-log',
    summary: 'Who heard which call or recording, when, for how long and why; newest first',
    access: ['manager'],
    input: z.object({
      listenerId: z.optional(Id),
      agentId: z.optional(Id),
      callId: z.optional(Id),
      kind: z.optional(ListeningKind),
      from: z.optional(Instant),
      to: z.optional(Instant),
      /** `next` of the page before. */
      before: z.optional(Id),
      limit: z._default(z.coerce.number().check(z.int(), z.gte(1), z.lte(200)), 50),
    }),
    output: z.object({ entries: z.array(ListeningEntry), next: z.nullable(Id) }),
  }),
} as const;

export const escalations = {
  raise: endpoint({
    method: 'POST',
    path: '/calls/{callId}/escalation',
    summary: 'Call a supervisor to my call; the first who accepts joins',
    access: ['agent', 'supervisor'],
    input: z.object({ callId: Id, note: z._default(line(200, 0), '') }),
    output: Escalation,
    problems: ['call-not-live', 'call-not-yours'],
  }),
  own: endpoint({
    method: 'GET',
    path: '/calls/{callId}/escalation',
    summary: 'The escalation of my call that is going on',
    access: ['agent', 'supervisor'],
    input: z.object({ callId: Id }),
    output: z.object({ escalation: z.nullable(Escalation) }),
    problems: ['call-not-live', 'call-not-yours'],
  }),
  accept: endpoint({
    method: 'POST',
    path: '/escalations/{escalationId}/accept',
    summary: 'Come to the agent: into the call, or whispering to them',
    access: ['supervisor'],
    input: z.object({ escalationId: Id, mode: z.enum(['whisper', 'barge']) }),
    output: Escalation,
    problems: ['escalation-closed', 'call-not-live', 'in-a-call', 'exchange-unavailable'],
  }),
  cancel: endpoint({
    method: 'POST',
    path: '/escalations/{escalationId}/cancel',
    summary: 'Take my request back; a supervisor who came stays',
    access: ['agent', 'supervisor'],
    input: z.object({ escalationId: Id }),
    output: Escalation,
    problems: ['escalation-closed'],
  }),
} as const;
