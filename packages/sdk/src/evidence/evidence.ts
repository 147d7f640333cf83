import type { Feature } from '../feature.ts';
import type { Client } from '../http/client.ts';
import { evidenceRoutes } from '../http/routes/evidence.ts';
import type { EvidenceReport, InstallationEvidence, LedgerEntry } from '../protocol/evidence.ts';

export interface Evidences {
  /** Proves an order: chain, call, verification, read-back, recording; supervisors and managers. */
  verifyOrder(orderId: string): Promise<EvidenceReport>;
  /** Proves an installation: chain, confirmed text, checklist, device; supervisors and managers. */
  verifyInstallation(installationId: string): Promise<InstallationEvidence>;
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
      verifyInstallation: (installationId) => client.evidence.verifyInstallation({ installationId }),
      audit: async (filter = {}) => (await client.evidence.audit(filter)).entries,
    };
  },
};
