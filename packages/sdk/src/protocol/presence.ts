import * as z from 'zod/mini';
import { endpoint } from './endpoint.ts';
import { Empty, Id, Instant, LocalTexts } from './primitives.ts';

/**
 * What an agent does now. `busy`: has a call. `wrap-up`: writes down what was said. `do-not-disturb` and `not-ready`: by
 * their own word, or a supervisor's. `on-leave`: away for days. `offline`: their browser phone is not registered.
 * Calls come to `ready` alone.
 */
export const PresenceState = z.enum(['ready', 'busy', 'wrap-up', 'do-not-disturb', 'not-ready', 'on-leave', 'offline']);
export type PresenceState = z.infer<typeof PresenceState>;

export const Presence = z.object({
  accountId: Id,
  name: z.string(),
  state: PresenceState,
  /** When this state, with this reason, began. */
  since: Instant,
  /** Id of a {@link NotReadyReason}, while somebody is not ready; also when a call hides it. */
  reason: z.nullable(Id),
  /** What was declared, whatever calls make of it meanwhile. */
  ready: z.boolean(),
  doNotDisturb: z.boolean(),
  declaredAt: z.nullable(Instant),
  /** The account itself, or the supervisor who set it. */
  declaredBy: z.nullable(Id),
  /** `telephone`: calls reach them at a telephone of their own, which nobody can watch. */
  phone: z.enum(['registered', 'unregistered', 'telephone', 'unknown']),
  /** The call that they have or write about. */
  callId: z.nullable(Id),
  wrapUp: z.nullable(z.object({ until: z.nullable(Instant), extendable: z.boolean() })),
});
export type Presence = z.infer<typeof Presence>;

/** Why somebody takes no calls for a while: lunch, training. Its texts are the house's own. */
export const NotReadyReason = z.object({ id: Id, names: LocalTexts });
export type NotReadyReason = z.infer<typeof NotReadyReason>;

const reasons = z.array(NotReadyReason);
const declared = { ready: z.boolean(), reason: z.optional(Id) };

export const presence = {
  list: endpoint({
    method: 'GET',
    path: '/presence',
    summary: 'What every agent does now, and since when',
    access: ['supervisor', 'manager'],
    input: Empty,
    output: z.object({ presences: z.array(Presence), reasons }),
  }),
  own: endpoint({
    method: 'GET',
    path: '/presence/own',
    summary: 'What I am shown as, and the reasons I may give',
    access: ['agent', 'supervisor'],
    input: Empty,
    output: z.object({ presence: Presence, reasons }),
  }),
  setOwn: endpoint({
    method: 'PATCH',
    path: '/presence/own',
    summary: 'Say that I am ready, or not and why; switch do-not-disturb',
    access: ['agent', 'supervisor'],
    input: z.object({ ...declared, doNotDisturb: z.optional(z.boolean()) }),
    output: Presence,
    problems: ['unknown-reason'],
  }),
  set: endpoint({
    method: 'PATCH',
    path: '/presence/{accountId}',
    summary: 'Set an agent ready or not ready; it is written down who did',
    access: ['supervisor'],
    input: z.object({ accountId: Id, ...declared }),
    output: Presence,
    problems: ['unknown-reason'],
  }),
  extendWrapUp: endpoint({
    method: 'POST',
    path: '/presence/own/wrap-up',
    summary: 'Once more time to write down what was said',
    access: ['agent', 'supervisor'],
    input: Empty,
    output: Presence,
    problems: ['wrap-up-not-extendable'],
  }),
} as const;
