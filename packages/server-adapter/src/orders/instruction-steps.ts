import { canOrder, isActedOn, type OrderAction, type OrderState } from '@callweave/sdk/protocol';
import type { Caller } from '../http/operation.ts';
import { Problem } from '../problem.ts';
import type { Tx } from '../store/store.ts';
import { type InstructionRow, loadOrder, type OrderRecord } from './order-records.ts';

export interface Noted {
  readonly instruction: InstructionRow;
  readonly record: OrderRecord;
}

/** The named instructions with their orders; each must be this agent's. */
export async function loadInstructions(tx: Tx, ids: readonly string[], caller: Caller): Promise<Noted[]> {
  const twice = ids.findIndex((id, index) => ids.indexOf(id) !== index);
  if (twice >= 0)
    throw new Problem('invalid-input', 'An instruction is named twice.', {
      fields: [{ path: `instructionIds.${twice}`, message: 'is named twice' }],
    });
  const rows = await tx.db.selectFrom('instructions').selectAll().where('id', 'in', ids).execute();
  const noted: Noted[] = [];
  for (const [index, id] of ids.entries()) {
    const instruction = rows.find((row) => row.id === id);
    if (!instruction)
      throw new Problem('not-found', `There is no instruction ${id}.`, {
        fields: [{ path: `instructionIds.${index}`, message: 'does not exist' }],
      });
    if (instruction.agent_id !== caller.accountId)
      throw new Problem('call-not-yours', 'Another agent took this instruction.');
    noted.push({ instruction, record: await loadOrder(tx.db, instruction.order_id) });
  }
  return noted;
}

/** Refuses a change or withdrawal of an order that the broker has begun to act on (A9), or that is over. */
export function requireAmendable({ order }: OrderRecord, action: OrderAction & ('withdraw' | 'replace')): void {
  const state = order.state as OrderState;
  if (canOrder(state, action)) return;
  if (isActedOn(state))
    throw new Problem('order-already-acted', `The broker has acted on order ${order.number} already; it is ${state}.`);
  throw new Problem('order-state', `Order ${order.number || order.id} is ${state} and cannot be amended.`);
}
