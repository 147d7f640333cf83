import type { contract } from '@callweave/sdk/protocol';
import { type MadeLicence, PlayerError } from '../connectors/spotplayer/course-player.ts';
import type { Implementation } from '../http/operation.ts';
import { Problem } from '../problem.ts';
import type { Tx } from '../store/store.ts';
import { changeOrder, type OrderRow, requireOrder, toOrder } from './course-rows.ts';
import type { CoursesContext } from './courses-context.ts';
import { enqueueLicence } from './outbox-entries.ts';

const WAITING = ['in-doubt', 'failed'] as const;

/** The contract's `courseOrders`: what managers see of orders, and how one that has no licence gets it. */
export function createOrderOperations(context: CoursesContext): Implementation<typeof contract.courseOrders> {
  const { store, options, wake } = context;

  async function unsettled(db: Tx['db'], orderId: string): Promise<OrderRow> {
    const row = await requireOrder(db, orderId);
    if (!WAITING.some((state) => state === row.state))
      throw new Problem('course-order-state', `The order is ${row.state}: nobody has to look at it.`);
    return row;
  }

  return {
    async list({ show, before, limit }) {
      let query = store.db.selectFrom('course_orders').selectAll().orderBy('id', 'desc').limit(limit);
      if (show === 'attention') query = query.where('state', 'in', WAITING);
      if (before !== undefined) query = query.where('id', '<', before);
      const { count } = await store.db
        .selectFrom('course_orders')
        .select((eb) => eb.fn.countAll<number | string>().as('count'))
        .where('state', 'in', WAITING)
        .executeTakeFirstOrThrow();
      return { orders: (await query.execute()).map(toOrder), attention: Number(count) };
    },
    setLicence: {
      async prepare({ orderId, licenceId }, { request }): Promise<MadeLicence> {
        await unsettled(store.db, orderId);
        const found = await options?.player.read(licenceId, request.signal).catch((cause: unknown) => {
          if (!(cause instanceof PlayerError)) throw cause;
          throw new Problem('player-unavailable', 'The player did not tell whether there is such a licence.', {
            cause,
          });
        });
        if (found?.orderId !== orderId)
          throw new Problem('licence-not-found', 'The player has no licence of this id for this order.');
        return found;
      },
      async write(tx, { orderId }, { caller }, { id, key, url }: MadeLicence) {
        await unsettled(tx.db, orderId);
        await tx.record({
          actor: caller.accountId,
          action: 'course-order.licence-found',
          subject: `course-order:${orderId}`,
          data: { licence: id },
        });
        const licence = { licence_id: id, licence_key: key, licence_url: url };
        return changeOrder(tx, orderId, { ...licence, state: 'ready', reason: null });
      },
    },
    makeAgain: {
      async write(tx, { orderId }, { caller }) {
        const { state } = await unsettled(tx.db, orderId);
        await tx.record({
          actor: caller.accountId,
          action: 'course-order.make-again',
          subject: `course-order:${orderId}`,
          data: { was: state },
        });
        await enqueueLicence(tx, orderId);
        tx.afterCommit(wake);
        return changeOrder(tx, orderId, { state: 'making', asked: 0, reason: null });
      },
    },
  };
}
