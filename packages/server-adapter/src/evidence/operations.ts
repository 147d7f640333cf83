import type { contract } from '@callweave/sdk/protocol';
import type { Implementation } from '../http/operation.ts';
import { Problem } from '../problem.ts';
import { toEntry } from './ledger-lines.ts';
import { verifyInstallation } from './verify-installation.ts';
import { type Evidence, verifyOrder } from './verify-order.ts';

/** The contract's `evidence`. */
export function createEvidence(evidence: Evidence): Implementation<typeof contract.evidence> {
  return {
    async verifyOrder({ orderId }) {
      const report = await verifyOrder(evidence, orderId);
      // Neither the order nor any line about it: the id is wrong. An order that was removed is a finding, not this.
      if (report.entries.length === 0 && report.checks.some(({ name, ok }) => name === 'chain' && ok))
        throw new Problem('not-found', `There is no order ${orderId}.`);
      return report;
    },
    async verifyInstallation({ installationId }) {
      const report = await verifyInstallation(evidence, installationId);
      if (report.entries.length === 0 && report.checks.some(({ name, ok }) => name === 'chain' && ok))
        throw new Problem('not-found', `There is no installation ${installationId}.`);
      return report;
    },
    async audit({ subject, before, limit }) {
      let query = evidence.db.selectFrom('ledger').selectAll().orderBy('seq', 'desc').limit(limit);
      if (subject !== undefined) query = query.where('subject', '=', subject);
      if (before !== undefined) query = query.where('seq', '<', before);
      return { entries: (await query.execute()).map(toEntry) };
    },
  };
}
