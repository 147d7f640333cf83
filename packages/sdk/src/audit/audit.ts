import type { Feature } from '../feature.ts';
import type { Client } from '../http/client.ts';
import { auditRoutes } from '../http/routes/audit.ts';
import type { AuditEntry } from '../protocol/audit.ts';

export interface Audit {
  /** Who changed what of `buyer:<id>`, `device:<id>`, …: newest first, `before` the last one that is known. */
  list(
    subject: string,
    options?: { readonly before?: string; readonly limit?: number },
  ): Promise<{ readonly entries: readonly AuditEntry[]; readonly more: boolean }>;
}

export function createAudit(client: Pick<Client, 'audit'>): Audit {
  return { list: (subject, options = {}) => client.audit.list({ subject, ...options }) };
}

/** The field-level audit of master data, for managers. */
export const audit: Feature<Audit> = {
  name: 'audit',
  create: ({ clientFor }) => createAudit(clientFor({ audit: auditRoutes })),
};
