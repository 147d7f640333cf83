import type { contract } from '@callweave/sdk/protocol';
import type { Implementation } from '../http/operation.ts';
import { Problem } from '../problem.ts';
import type { Tx } from '../store/store.ts';
import { requireStillOwned, subjectOf } from './owner-operations.ts';
import type { TransferParts } from './transfer-parts.ts';
import {
  changeTransfer,
  findTransfer,
  newOwnerOf,
  notThere,
  stateAfter,
  type TransferRow,
  toReviewed,
} from './transfer-rows.ts';
import { TICKET_NOTE } from './wording.ts';

type Reviews = Pick<Implementation<typeof contract.transfers>, 'list' | 'approve' | 'reject'>;

/** What the house does. */
export function createReviewOperations(parts: TransferParts): Reviews {
  const { store, messages } = parts;

  async function lookedAt(tx: Tx, id: string, revision: number, action: 'approve' | 'reject') {
    const row = await findTransfer(tx.db, id);
    if (row === undefined) throw notThere(id);
    const state = stateAfter(row, action, 'manager', tx.now);
    if (row.revision !== revision) throw new Problem('conflict', 'The transfer has changed since it was looked at.');
    return { row, state };
  }

  /** To both, who may be far from any page. The message holds no name. */
  async function tellOwners(tx: Tx, row: TransferRow, outcome: 'approved' | 'rejected'): Promise<void> {
    const owner = await parts.findBuyer(tx.db, row.customer_id);
    const people = [
      ...(owner === undefined ? [] : [{ side: 'owner', telephone: owner.telephone, locale: owner.locale }]),
      { side: 'new-owner', ...newOwnerOf(row) },
    ];
    for (const { side, telephone, locale } of people)
      await messages.send(tx, {
        to: telephone,
        template: `transfer-${outcome}`,
        values: {},
        locale,
        purpose: 'transfer-decision',
        dedupeKey: `transfer-decision:${row.id}:${side}`,
      });
  }

  return {
    async list({ state, deviceId, limit }) {
      let query = store.db.selectFrom('transfers').selectAll().orderBy('id', 'desc').limit(limit);
      if (state !== undefined) query = query.where('state', '=', state);
      if (deviceId !== undefined) query = query.where('device_id', '=', deviceId);
      const transfers = [];
      for (const row of await query.execute()) transfers.push(await toReviewed(store.db, row, parts));
      return { transfers };
    },

    approve: {
      async write(tx, { transferId, revision, buyer }, { caller }) {
        const { row, state } = await lookedAt(tx, transferId, revision, 'approve');
        await requireStillOwned(tx, parts, row);
        const owed = await parts.balanceOf(tx.db, row.customer_id);
        if (row.debt_rule === 'paid-first' && owed.amount > 0)
          throw new Problem('transfer-debt', 'The present owner still owes something.');
        const newOwner = newOwnerOf(row);
        const known = await parts.findBuyerByNationalCode(tx.db, newOwner.nationalCode);
        if (known === undefined && buyer === undefined)
          throw new Problem('transfer-new-buyer', 'The new owner is no buyer yet.');
        const customerId =
          known?.customerId ??
          (await parts.makeBuyer(
            tx,
            {
              ...newOwner,
              operator: buyer?.operator ?? '',
              address: buyer?.address ?? { city: '', street: '', building: '' },
            },
            caller.accountId,
          ));
        const owner = await parts.findBuyer(tx.db, row.customer_id);
        // Before the device moves: whoever had it is told of their tickets, and nobody else.
        await parts.closeTickets(tx, {
          deviceId: row.device_id,
          note: TICKET_NOTE[owner?.locale ?? 'fa'],
          by: { id: caller.accountId, name: caller.name },
        });
        await parts.moveToOwner(tx, {
          deviceId: row.device_id,
          customerId,
          transferId: row.id,
          actor: caller.accountId,
        });
        await tx.record({
          actor: caller.accountId,
          action: 'transfer.approved',
          subject: subjectOf(row),
          data: { deviceId: row.device_id, from: row.customer_id, to: customerId },
        });
        const after = await changeTransfer(tx, parts, row, {
          state,
          decided_by: caller.accountId,
          decided_name: caller.name,
          decided_at: tx.now.toISOString(),
          new_customer_id: customerId,
        });
        await tellOwners(tx, row, 'approved');
        return toReviewed(tx.db, after, parts);
      },
    },

    reject: {
      async write(tx, { transferId, revision, reason }, { caller }) {
        const { row, state } = await lookedAt(tx, transferId, revision, 'reject');
        // The reason stands in the table: the chain holds no free text.
        await tx.record({
          actor: caller.accountId,
          action: 'transfer.rejected',
          subject: subjectOf(row),
          data: { deviceId: row.device_id },
        });
        const after = await changeTransfer(tx, parts, row, {
          state,
          decided_by: caller.accountId,
          decided_name: caller.name,
          decided_at: tx.now.toISOString(),
          reason,
        });
        await tellOwners(tx, row, 'rejected');
        return toReviewed(tx.db, after, parts);
      },
    },
  };
}
