import * as z from 'zod/mini';
import { endpoint } from './endpoint.ts';
import { Id, Instant } from './primitives.ts';

/** One line of the ledger: audit and orders in one hash chain. */
export const LedgerEntry = z.object({
  seq: z.int(),
  at: Instant,
  /** Who: an account id, `system`, or `exchange`. */
  actor: z.string(),
  /** What happened, `order.submitted`, `verification.answer`, `recording.stored`. */
  action: z.string(),
  /** About what: `order:…`, `call:…`, `customer:…`. */
  subject: z.string(),
  /** Facts, without personal data beyond ids. */
  data: z.record(z.string(), z.unknown()),
  previousHash: z.string(),
  /** SHA-256 over the canonical JSON of the fields above, lower-case hex. */
  hash: z.string(),
});
export type LedgerEntry = z.infer<typeof LedgerEntry>;

export const EvidenceReport = z.object({
  orderId: Id,
  proven: z.boolean(),
  /** Each thing that was looked at, in order; the first that is not `ok` is the first break. */
  checks: z.array(z.object({ name: z.string(), ok: z.boolean(), detail: z.string() })),
  entries: z.array(LedgerEntry),
});
export type EvidenceReport = z.infer<typeof EvidenceReport>;

export const InstallationEvidence = z.object({
  installationId: Id,
  proven: z.boolean(),
  /** Each thing that was looked at, in order; the first that is not `ok` is the first break. */
  checks: z.array(z.object({ name: z.string(), ok: z.boolean(), detail: z.string() })),
  entries: z.array(LedgerEntry),
});
export type InstallationEvidence = z.infer<typeof InstallationEvidence>;

export const evidence = {
  verifyOrder: endpoint({
    method: 'GET',
    path: '/orders/{orderId}/evidence',
    summary: 'Prove an order: chain, call, verification, read-back, recording',
    access: ['manager', 'supervisor'],
    input: z.object({ orderId: Id }),
    output: EvidenceReport,
  }),
  verifyInstallation: endpoint({
    method: 'GET',
    path: '/installations/{installationId}/evidence',
    summary: 'Prove an installation: chain, confirmed text, checklist, device',
    access: ['manager', 'supervisor'],
    input: z.object({ installationId: Id }),
    output: InstallationEvidence,
  }),
  audit: endpoint({
    method: 'GET',
    path: '/audit',
    summary: 'The audit trail, newest first',
    access: ['manager'],
    input: z.object({
      subject: z.optional(z.string().check(z.maxLength(100))),
      before: z.optional(z.coerce.number().check(z.int())),
      limit: z._default(z.coerce.number().check(z.int(), z.gte(1), z.lte(500)), 100),
    }),
    output: z.object({ entries: z.array(LedgerEntry) }),
  }),
} as const;
