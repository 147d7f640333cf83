import * as z from 'zod/mini';
import { endpoint } from './endpoint.ts';
import { Instant, line } from './primitives.ts';

/** What a field held: a plain value, or a small structure of them. Undefined is written as null. */
export const AuditValue = z.unknown();

/** One change of master data, field by field. */
export const AuditEntry = z.object({
  id: z.string(),
  at: Instant,
  /** Account id, or `system`. */
  actor: z.string(),
  /** Null where the account is gone, or nobody acted. */
  actorName: z.nullable(z.string()),
  /** What was changed: `buyer:<id>`, `device:<id>`, … */
  subject: z.string(),
  changes: z.record(z.string(), z.object({ from: AuditValue, to: AuditValue })),
  reason: z.nullable(z.string()),
  /** The evidence chain confirms that this is what was written then. False: somebody altered it in the database. */
  intact: z.boolean(),
});
export type AuditEntry = z.infer<typeof AuditEntry>;

const AuditSubject = line(130).check(z.regex(/^[a-z][a-z-]*:[A-Za-z0-9_.-]{1,100}$/, 'must look like device:<id>'));

export const audit = {
  list: endpoint({
    method: 'GET',
    path: '/changes',
    summary: 'Who changed what of this subject, and from what to what; newest first',
    access: ['manager'],
    input: z.object({
      subject: AuditSubject,
      /** Id of the last entry that is known: those before it. */
      before: z.optional(line(80)),
      limit: z._default(z.coerce.number().check(z.int(), z.gte(1), z.lte(100)), 50),
    }),
    output: z.object({ entries: z.array(AuditEntry), more: z.boolean() }),
  }),
} as const;
