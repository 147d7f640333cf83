import type { contract } from '@callweave/sdk/protocol';
import type { Implementation } from '../http/operation.ts';
import { createDrafting } from './drafts.ts';
import { readableOrder, readableOrders } from './order-access.ts';
import { recordsOf } from './order-records.ts';
import { showOrders } from './order-views.ts';
import type { OrdersOptions } from './orders-context.ts';
import { createReadBack } from './read-back.ts';
import { createSubmit } from './submit.ts';

/** The contract's `orders`. */
export function createOrders(options: OrdersOptions): Implementation<typeof contract.orders> {
  const { db } = options.store;
  return {
    async list(filter, { caller }) {
      const rows = await readableOrders(options, db, filter, caller);
      return { orders: await showOrders(options, db, await recordsOf(db, rows)) };
    },
    async get({ orderId }, { caller }) {
      const [order] = await showOrders(options, db, [await readableOrder(options, db, orderId, caller)]);
      if (!order) throw new Error('unreachable: a loaded order is shown');
      return order;
    },
    ...createDrafting(options),
    readBack: createReadBack(options),
    submit: createSubmit(options),
  };
}
