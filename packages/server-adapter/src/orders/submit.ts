import type { contract, Order } from '@callweave/sdk/protocol';
import { CALL_CENTRE_BRANCH } from '@callweave/sdk/protocol';
import type { DirectoryCustomer } from '../customers/index.ts';
import type { Caller, Implementation } from '../http/operation.ts';
import { Problem } from '../problem.ts';
import type { Tx } from '../store/store.ts';
import { enqueueDealing } from './dealing-outbox.ts';
import { loadInstructions, type Noted, requireAmendable } from './instruction-steps.ts';
import { dayIn } from './market-day.ts';
import { loadOrder, type OrderRecord } from './order-records.ts';
import { sealStep, stateAfter, updateInstruction, updateOrder } from './order-steps.ts';
import { checkTerms } from './order-terms.ts';
import { termsOf } from './order-views.ts';
import type { OrdersOptions } from './orders-context.ts';
import type { CallSeal } from './seal.ts';

/** Submits what was read back in this call: all instructions, or none (G1). */
export function createSubmit(options: OrdersOptions): Implementation<typeof contract.orders>['submit'] {
  const { store, directory, calls, requireCall, timeZone } = options;

  function requireReadBack({ instruction, record }: Noted, seal: CallSeal): void {
    const { order } = record;
    if (order.customer_id !== seal.customerId)
      throw new Problem(
        'other-customer',
        `Order ${order.number || order.id} belongs to another customer than the one on the line.`,
      );
    if (instruction.state === 'submitted')
      throw new Problem('order-state', 'This instruction has been submitted already.');
    // The reading must stand in the recording of this very call, not in an earlier one.
    const here = instruction.call_id === seal.callId && instruction.recording_id === seal.recordingId;
    if (instruction.state !== 'read-back' || !here)
      throw new Problem(
        'read-back-missing',
        'This request has not been read back to the customer in this call as it stands now.',
      );
  }

  async function submitOne(
    tx: Tx,
    { instruction, record }: Noted,
    caller: Caller,
    customer: DirectoryCustomer,
  ): Promise<Order[]> {
    const { order } = record;
    const now = tx.now.toISOString();
    const data = {
      callId: instruction.call_id,
      instructionId: instruction.id,
      recordingId: instruction.recording_id,
      recordingOffsetMs: instruction.recording_offset_ms,
    };
    const markSubmitted = (of: OrderRecord) =>
      updateInstruction(tx, of, instruction.id, { state: 'submitted', submitted_at: now });
    const actor = caller.accountId;

    if (instruction.kind === 'withdraw') {
      requireAmendable(record, 'withdraw');
      const cancelled = await updateOrder(tx, record, { state: stateAfter(record, 'withdraw'), claimed_by: null });
      const withdrawn = await sealStep(options, tx, await markSubmitted(cancelled), {
        actor,
        action: 'withdrawn',
        data,
      });
      await enqueueDealing(tx, { type: 'cancel', order: withdrawn, instructionId: instruction.id });
      return [withdrawn];
    }

    await checkTerms(tx.db, termsOf(record), customer.kind, dayIn(timeZone, tx.now));
    let replaced: Order | undefined;
    if (order.replaces !== null) {
      const original = await loadOrder(tx.db, order.replaces);
      requireAmendable(original, 'replace');
      const ended = await updateOrder(tx, original, {
        state: stateAfter(original, 'replace'),
        replaced_by: order.id,
        claimed_by: null,
      });
      replaced = await sealStep(options, tx, ended, {
        actor,
        action: 'replaced',
        data: { ...data, replacedBy: order.id },
      });
    }
    const number = await tx.next('order');
    const numbered = await updateOrder(tx, record, {
      state: stateAfter(record, 'submit'),
      number,
      branch: CALL_CENTRE_BRANCH,
      submitted_at: now,
    });
    const submitted = await sealStep(options, tx, await markSubmitted(numbered), {
      actor,
      action: 'submitted',
      data: { ...data, number },
    });
    await enqueueDealing(
      tx,
      replaced
        ? { type: 'replace', order: submitted, original: replaced, instructionId: instruction.id }
        : { type: 'new', order: submitted, instructionId: instruction.id },
    );
    return replaced ? [submitted, replaced] : [submitted];
  }

  return {
    async prepare({ callId }) {
      const customerId = await calls.customerOf(store.db, callId);
      return { customer: customerId === undefined ? undefined : await directory.findById(customerId) };
    },
    async write(tx, { callId, instructionIds }, { caller }, { customer }: { customer: DirectoryCustomer | undefined }) {
      const seal = await requireCall(tx, { callId, caller, level: 'sealed' });
      if (seal.recordingId === null) throw new Problem('recording-missing', 'The call is not being recorded.');
      if (customer === undefined) throw new Problem('not-found', `There is no customer ${seal.customerId} any more.`);
      if (customer.id !== seal.customerId)
        throw new Problem('conflict', 'Another customer was chosen for this call at the same time.');
      if (customer.contractSignedOn === null || customer.contractSignedOn > dayIn(timeZone, tx.now))
        throw new Problem('contract-missing', 'The customer has not signed the telephone-order contract.');

      const noted = await loadInstructions(tx, instructionIds, caller);
      for (const each of noted) requireReadBack(each, seal);
      const orders = [];
      for (const [index, { instruction, record: loaded }] of noted.entries()) {
        // Loaded again where an instruction before this one may have touched the same order.
        const record = index === 0 ? loaded : await loadOrder(tx.db, instruction.order_id);
        orders.push(...(await submitOne(tx, { instruction, record }, caller, customer)));
      }
      tx.afterCommit(options.announce);
      return { orders };
    },
  };
}
