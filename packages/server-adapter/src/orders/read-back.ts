import type { contract } from '@callweave/sdk/protocol';
import type { Implementation } from '../http/operation.ts';
import { instrumentsByCode } from '../instruments/index.ts';
import { Problem } from '../problem.ts';
import { loadInstructions, requireAmendable } from './instruction-steps.ts';
import { loadOrder } from './order-records.ts';
import { sealStep, stateAfter, updateInstruction, updateOrder } from './order-steps.ts';
import { termsOf } from './order-views.ts';
import type { OrdersOptions } from './orders-context.ts';
import { readBackText } from './read-back-text.ts';

/** The agent reads the instructions out to the customer: the moment in the recording is noted with each. */
export function createReadBack(options: OrdersOptions): Implementation<typeof contract.orders>['readBack'] {
  return {
    async write(tx, { callId, instructionIds, locale }, { caller }) {
      const { customerId, recordingId, recordingOffsetMs } = await options.requireCall(tx, {
        callId,
        caller,
        level: 'sealed',
      });
      if (recordingId === null || recordingOffsetMs === null)
        throw new Problem('recording-missing', 'The call is not being recorded.');
      const noted = await loadInstructions(tx, instructionIds, caller);
      const orders = [];
      const lines = [];
      for (const { instruction, record } of noted) {
        const { order } = record;
        if (order.customer_id !== customerId)
          throw new Problem(
            'other-customer',
            `Order ${order.number || order.id} belongs to another customer than the one on the line.`,
          );
        if (instruction.call_id !== callId)
          throw new Problem('call-not-live', 'This request was noted in another call; note it again in this one.');
        if (instruction.state === 'submitted')
          throw new Problem('order-state', 'This instruction has been submitted already.');
        if (instruction.kind === 'withdraw') requireAmendable(record, 'withdraw');
        const state = instruction.kind === 'withdraw' ? undefined : stateAfter(record, 'read-back');
        const moved = state === undefined ? record : await updateOrder(tx, record, { state });

        const original =
          instruction.kind !== 'change' || order.replaces === null ? undefined : await loadOrder(tx.db, order.replaces);
        if (original) requireAmendable(original, 'replace');
        const read = await updateInstruction(tx, moved, instruction.id, {
          state: 'read-back',
          read_back_at: tx.now.toISOString(),
          recording_id: recordingId,
          recording_offset_ms: Math.round(recordingOffsetMs),
        });
        const data = {
          callId,
          instructionId: instruction.id,
          recordingId,
          recordingOffsetMs: Math.round(recordingOffsetMs),
        };
        orders.push(await sealStep(options, tx, read, { actor: caller.accountId, action: 'read-back', data }));

        const instruments = await instrumentsByCode(tx.db, [
          order.instrument_code,
          ...(original ? [original.order.instrument_code] : []),
        ]);
        const spoken = (of: typeof record) => ({
          terms: termsOf(of),
          symbol: instruments.get(of.order.instrument_code)?.symbol ?? of.order.instrument_code,
          number: of.order.number,
        });
        lines.push({
          instructionId: instruction.id,
          text: readBackText(locale, {
            kind: instruction.kind as 'new' | 'change' | 'withdraw',
            order: spoken(record),
            ...(original && { original: spoken(original) }),
          }),
        });
      }
      return { orders, lines };
    },
  };
}
