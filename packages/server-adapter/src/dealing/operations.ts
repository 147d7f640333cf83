import type { contract, OrderState } from '@callweave/sdk/protocol';
import type { Caller, Implementation } from '../http/operation.ts';
import { newId } from '../id.ts';
import {
  loadOrder,
  type OrderRecord,
  type OrdersOptions,
  recordsOf,
  sealStep,
  showOrders,
  stateAfter,
  termsOf,
  updateOrder,
} from '../orders/index.ts';
import { Problem } from '../problem.ts';
import type { Tx } from '../store/store.ts';

/** States in which an order lies on the dealing floor. */
const ON_FLOOR: readonly OrderState[] = ['announced', 'accepted', 'partly-filled'];

/** The contract's `dealing` (A12): what the dealing floor does with announced orders. */
export function createDealing(
  options: Pick<OrdersOptions, 'store' | 'accountNames'>,
): Implementation<typeof contract.dealing> {
  const { store } = options;

  async function onFloor(tx: Tx, orderId: string): Promise<OrderRecord> {
    const record = await loadOrder(tx.db, orderId);
    // A draft does not exist for the floor.
    if (record.order.submitted_at === null) throw new Problem('not-found', `There is no order ${orderId}.`);
    return record;
  }

  async function claimedBy(tx: Tx, orderId: string, caller: Caller): Promise<OrderRecord> {
    const record = await onFloor(tx, orderId);
    const { order } = record;
    if (!ON_FLOOR.includes(order.state as OrderState))
      throw new Problem('order-state', `Order ${order.number} is ${order.state}.`);
    if (order.claimed_by === null) throw new Problem('not-claimed', `Order ${order.number} is claimed by nobody.`);
    if (order.claimed_by !== caller.accountId)
      throw new Problem('claimed-by-other', `Order ${order.number} is claimed by another dealer.`);
    return record;
  }

  async function refuse(
    tx: Tx,
    input: { orderId: string; reason: string },
    caller: Caller,
    action: 'reject' | 'return',
  ) {
    const record = await claimedBy(tx, input.orderId, caller);
    const refused = await updateOrder(tx, record, {
      state: stateAfter(record, action),
      reason: input.reason,
      ...(action === 'return' && { claimed_by: null }),
    });
    return sealStep(options, tx, refused, {
      actor: caller.accountId,
      action: action === 'reject' ? 'rejected' : 'returned',
    });
  }

  return {
    async queue({ limit }) {
      const rows = await store.db
        .selectFrom('orders')
        .selectAll()
        .where('state', 'in', ON_FLOOR)
        .orderBy('submitted_at')
        .orderBy('number')
        .limit(limit)
        .execute();
      return { orders: await showOrders(options, store.db, await recordsOf(store.db, rows)) };
    },

    claim: {
      async write(tx, { orderId }, { caller }) {
        const record = await onFloor(tx, orderId);
        const { order } = record;
        if (!ON_FLOOR.includes(order.state as OrderState))
          throw new Problem('order-state', `Order ${order.number} is ${order.state}.`);
        if (order.claimed_by !== null && order.claimed_by !== caller.accountId)
          throw new Problem('claimed-by-other', `Order ${order.number} is claimed by another dealer.`);
        const mine =
          order.claimed_by === null ? await updateOrder(tx, record, { claimed_by: caller.accountId }) : record;
        return sealStep(options, tx, mine, { actor: caller.accountId, action: 'claimed' });
      },
    },

    release: {
      async write(tx, { orderId }, { caller }) {
        const released = await updateOrder(tx, await claimedBy(tx, orderId, caller), { claimed_by: null });
        return sealStep(options, tx, released, { actor: caller.accountId, action: 'released' });
      },
    },

    accept: {
      async write(tx, { orderId }, { caller }) {
        const record = await claimedBy(tx, orderId, caller);
        const accepted = await updateOrder(tx, record, { state: stateAfter(record, 'accept') });
        return sealStep(options, tx, accepted, { actor: caller.accountId, action: 'accepted' });
      },
    },

    fill: {
      async write(tx, { orderId, quantity, rial }, { caller }) {
        const record = await claimedBy(tx, orderId, caller);
        const openBefore = termsOf(record).quantity - record.order.filled_quantity;
        const state = stateAfter(record, 'fill', Math.max(0, openBefore - quantity));
        if (quantity > openBefore) {
          throw new Problem('overfill', `Only ${openBefore} of order ${record.order.number} is still open.`, {
            fields: [{ path: 'quantity', message: `must be at most ${openBefore}` }],
          });
        }
        const fillId = newId('fill', tx.now);
        const fill = {
          id: fillId,
          order_id: orderId,
          quantity,
          rial,
          dealer_id: caller.accountId,
          at: tx.now.toISOString(),
        };
        await tx.db.insertInto('fills').values(fill).execute();
        const moved = await updateOrder(tx, record, {
          state,
          filled_quantity: record.order.filled_quantity + quantity,
        });
        const filled = { ...moved, fills: [...moved.fills, fill] };
        return sealStep(options, tx, filled, {
          actor: caller.accountId,
          action: state === 'filled' ? 'filled' : 'partly-filled',
          data: { fillId, quantity, rial },
        });
      },
    },

    reject: { write: (tx, input, { caller }) => refuse(tx, input, caller, 'reject') },
    return: { write: (tx, input, { caller }) => refuse(tx, input, caller, 'return') },
  };
}
