import { CALL_CENTRE_BRANCH, type contract, type OrderTerms } from '@callweave/sdk/protocol';
import { type DirectoryCustomer, mirrorCustomer } from '../customers/index.ts';
import type { Implementation } from '../http/operation.ts';
import { newId } from '../id.ts';
import { Problem } from '../problem.ts';
import type { Tx } from '../store/store.ts';
import { requireAmendable } from './instruction-steps.ts';
import { dayIn } from './market-day.ts';
import { type InstructionRow, loadOrder, type OrderRecord, type OrderRow } from './order-records.ts';
import { audienceOf, sealStep, stateAfter, updateInstruction, updateOrder } from './order-steps.ts';
import { checkTerms } from './order-terms.ts';
import type { OrdersOptions } from './orders-context.ts';
import type { CallSeal } from './seal.ts';

type Drafting = Pick<
  Implementation<typeof contract.orders>,
  'draft' | 'edit' | 'discard' | 'draftChange' | 'draftWithdrawal'
>;

interface PreparedCustomer {
  readonly customer: DirectoryCustomer | undefined;
}

/** Everything before submission: noting what the caller wants, correcting and dropping it. */
export function createDrafting(options: OrdersOptions): Drafting {
  const { store, requireCall, directory, calls } = options;

  /** Asked before the write, for the directory may be another system. Undefined when the call has no customer yet. */
  async function customerOfCall(callId: string): Promise<PreparedCustomer> {
    const id = await calls.customerOf(store.db, callId);
    return { customer: id === undefined ? undefined : await directory.findById(id) };
  }

  /** The customer whom the seal names; another one can only have been chosen since the write was prepared. */
  async function sealedCustomer(tx: Tx, seal: CallSeal, { customer }: PreparedCustomer): Promise<DirectoryCustomer> {
    if (customer === undefined) throw new Problem('not-found', `There is no customer ${seal.customerId} any more.`);
    if (customer.id !== seal.customerId)
      throw new Problem('conflict', 'Another customer was chosen for this call at the same time.');
    await mirrorCustomer(tx, customer);
    return customer;
  }

  async function insertOrder(
    tx: Tx,
    seal: CallSeal,
    agentId: string,
    customer: DirectoryCustomer,
    terms: OrderTerms,
    replaces: string | null,
  ): Promise<{ record: OrderRecord; instructionId: string }> {
    const { section } = await checkTerms(tx.db, terms, customer.kind, dayIn(options.timeZone, tx.now));
    const now = tx.now.toISOString();
    const orderId = newId('order', tx.now);
    const order: OrderRow = {
      id: orderId,
      number: 0,
      customer_id: customer.id,
      section,
      instrument_code: terms.instrumentCode,
      terms: JSON.stringify(terms),
      state: 'draft',
      branch: CALL_CENTRE_BRANCH,
      filled_quantity: 0,
      claimed_by: null,
      reason: null,
      replaces,
      replaced_by: null,
      created_at: now,
      submitted_at: null,
      updated_at: now,
    };
    await tx.db.insertInto('orders').values(order).execute();
    const instruction = await insertInstruction(
      tx,
      orderId,
      replaces === null ? 'new' : 'change',
      seal.callId,
      agentId,
    );
    return { record: { order, instructions: [instruction], fills: [] }, instructionId: instruction.id };
  }

  async function insertInstruction(
    tx: Tx,
    orderId: string,
    kind: 'new' | 'change' | 'withdraw',
    callId: string,
    agentId: string,
  ): Promise<InstructionRow> {
    const id = newId('instruction', tx.now);
    const instruction: InstructionRow = {
      id,
      order_id: orderId,
      kind,
      call_id: callId,
      agent_id: agentId,
      state: 'draft',
      read_back_at: null,
      submitted_at: null,
      recording_id: null,
      recording_offset_ms: null,
      created_at: tx.now.toISOString(),
    };
    await tx.db.insertInto('instructions').values(instruction).execute();
    return instruction;
  }

  return {
    draft: {
      prepare: ({ callId }) => customerOfCall(callId),
      async write(tx, { callId, terms }, { caller }, prepared: PreparedCustomer) {
        const seal = await requireCall(tx, { callId, caller, level: 'live' });
        const customer = await sealedCustomer(tx, seal, prepared);
        const { record, instructionId } = await insertOrder(tx, seal, caller.accountId, customer, terms, null);
        return sealStep(options, tx, record, {
          actor: caller.accountId,
          action: 'drafted',
          data: { callId, instructionId },
        });
      },
    },

    edit: {
      async prepare({ orderId }) {
        const order = await store.db
          .selectFrom('orders')
          .select('customer_id')
          .where('id', '=', orderId)
          .executeTakeFirst();
        return { customer: order && (await directory.findById(order.customer_id)) };
      },
      async write(tx, { orderId, terms }, { caller }, prepared: PreparedCustomer) {
        const record = await loadOrder(tx.db, orderId);
        const instruction = record.instructions.find(({ kind }) => kind !== 'withdraw');
        if (!instruction) throw new Problem('not-found', `There is no draft ${orderId}.`);
        if (instruction.agent_id !== caller.accountId)
          throw new Problem('call-not-yours', 'Another agent took this request.');
        const state = stateAfter(record, 'edit');
        const seal = await requireCall(tx, {
          callId: instruction.call_id,
          caller,
          level: 'live',
          customerId: record.order.customer_id,
        });
        const customer = await sealedCustomer(tx, seal, prepared);
        const { section } = await checkTerms(tx.db, terms, customer.kind, dayIn(options.timeZone, tx.now));
        const edited = await updateOrder(tx, record, {
          state,
          section,
          instrument_code: terms.instrumentCode,
          terms: JSON.stringify(terms),
        });
        // What was read out is not what stands there now: it must be read again (G1).
        const unread = { state: 'draft', read_back_at: null, recording_id: null, recording_offset_ms: null };
        return sealStep(options, tx, await updateInstruction(tx, edited, instruction.id, unread), {
          actor: caller.accountId,
          action: 'edited',
          data: { instructionId: instruction.id },
        });
      },
    },

    discard: {
      async write(tx, { orderId }, { caller }) {
        const record = await loadOrder(tx.db, orderId);
        const isDraft = record.order.submitted_at === null;
        const dropped = record.instructions.filter(
          ({ kind, state }) => state !== 'submitted' && (isDraft || kind === 'withdraw'),
        );
        if (dropped.length === 0)
          throw new Problem('order-state', `Order ${record.order.number || orderId} has no draft to drop.`);
        const own = dropped.filter(({ agent_id }) => agent_id === caller.accountId);
        if (own.length === 0) throw new Problem('call-not-yours', 'Another agent took this request.');
        const data = { instructionIds: own.map(({ id }) => id) };
        if (!isDraft) {
          await tx.db.deleteFrom('instructions').where('id', 'in', data.instructionIds).execute();
          const instructions = record.instructions.filter(({ id }) => !data.instructionIds.includes(id));
          const left = { ...record, instructions };
          await sealStep(options, tx, left, { actor: caller.accountId, action: 'withdrawal-discarded', data });
          return {};
        }
        await tx.db.deleteFrom('instructions').where('order_id', '=', orderId).execute();
        await tx.db.deleteFrom('orders').where('id', '=', orderId).execute();
        await tx.record({ actor: caller.accountId, action: 'order.discarded', subject: `order:${orderId}`, data });
        await tx.publish({ type: 'order-removed', data: { id: orderId } }, audienceOf(record));
        return {};
      },
    },

    draftChange: {
      prepare: ({ callId }) => customerOfCall(callId),
      async write(tx, { orderId, callId, terms }, { caller }, prepared: PreparedCustomer) {
        const original = await loadOrder(tx.db, orderId);
        const seal = await requireCall(tx, { callId, caller, level: 'live', customerId: original.order.customer_id });
        const customer = await sealedCustomer(tx, seal, prepared);
        requireAmendable(original, 'replace');
        const drafted = await insertOrder(tx, seal, caller.accountId, customer, terms, orderId);
        return sealStep(options, tx, drafted.record, {
          actor: caller.accountId,
          action: 'change-drafted',
          data: { callId, instructionId: drafted.instructionId, replaces: orderId },
        });
      },
    },

    draftWithdrawal: {
      async write(tx, { orderId, callId }, { caller }) {
        const original = await loadOrder(tx.db, orderId);
        await requireCall(tx, { callId, caller, level: 'live', customerId: original.order.customer_id });
        requireAmendable(original, 'withdraw');
        if (
          original.instructions.some(
            ({ kind, state, call_id }) => kind === 'withdraw' && state !== 'submitted' && call_id === callId,
          )
        ) {
          throw new Problem('conflict', 'The withdrawal of this order is noted in this call already.');
        }
        const instruction = await insertInstruction(tx, orderId, 'withdraw', callId, caller.accountId);
        const record = { ...original, instructions: [...original.instructions, instruction] };
        return sealStep(options, tx, record, {
          actor: caller.accountId,
          action: 'withdrawal-drafted',
          data: { callId, instructionId: instruction.id },
        });
      },
    },
  };
}
