import { canOrder, type OrderState } from '@callweave/sdk/protocol';
import type { DealingConnector } from '../connectors/dealing/dealing-connector.ts';
import { toFix } from '../connectors/dealing/fix-message.ts';
import type { OutboxHandler } from '../connectors/outbox-worker.ts';
import { type DealingJob, findOrder, type OrdersOptions, sealStep, stateAfter, updateOrder } from '../orders/index.ts';

/** Takes submitted orders to the dealing floor and marks them as announced once they have arrived there. */
export function announceOrders(
  options: Pick<OrdersOptions, 'accountNames'>,
  connector: DealingConnector,
): OutboxHandler {
  return {
    async deliver(message, signal) {
      const job = JSON.parse(message.payload) as DealingJob;
      await connector.deliver({ id: message.id, ...job, fix: toFix(job) }, signal);
    },
    async delivered(tx, message) {
      const job = JSON.parse(message.payload) as DealingJob;
      if (job.type === 'cancel') return;
      const record = await findOrder(tx.db, job.order.id);
      // Withdrawn while it was under way: the withdrawal follows it through the same outbox.
      if (!record || !canOrder(record.order.state as OrderState, 'announce')) return;
      const announced = await updateOrder(tx, record, { state: stateAfter(record, 'announce') });
      await sealStep(options, tx, announced, {
        actor: 'system',
        action: 'announced',
        data: { messageId: message.id, connector: connector.name },
      });
    },
  };
}
