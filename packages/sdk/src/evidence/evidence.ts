import type { Feature } from '../feature.ts';
import type { Client } from '../http/client.ts';
import { evidenceRoutes } from '../http/routes/evidence.ts';
import type { EvidenceReport, LedgerEntry } from '../protocol/evidence.ts';

export interface Evidences {
  /** Proves an order: chain, call, verification, read-back, recording; supervisors and managers. */
  verifyOrder(orderId: string): Promise<EvidenceReport>;
  /** The audit trail, newest first; managers. */
  audit(filter?: Parameters<Client['evidence']['audit']>[0]): Promise<readonly LedgerEntry[]>;
}

/** What proves an order, and who did what. */
export const evidence: Feature<Evidences> = {
  name: 'evidence',
  create({ clientFor }) {
    const client = clientFor({ evidence: evidenceRoutes });
    return {
      verifyOrder: (orderId) => client.evidence.verifyOrder({ orderId }),
      audit: async (filter = {}) => (await client.evidence.audit(filter)).entries,
    };
  },
};
