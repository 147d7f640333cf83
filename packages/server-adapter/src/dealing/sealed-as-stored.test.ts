import { expect, test } from 'vitest';
import { floorDealing } from '../connectors/dealing/floor.ts';
import { expireOrders, loadOrder, orderHash } from '../orders/index.ts';
import { BUY_FOLAD, createOrderRig, openInstruction, SELL_RIGHT } from '../orders/testing/order-rig.ts';
import { describeStores } from '../store/testing.ts';
import { createDealingWorker } from './dealing-worker.ts';

describeStores('every step', (makeStore) => {
  test('seals exactly what is stored', async () => {
    const rig = await createOrderRig(await makeStore());
    const { callId } = await rig.call(await rig.customer());
    const announce = () => createDealingWorker({ ...rig.options, connector: floorDealing() }).drain();
    const steps: string[] = [];

    /** The last line of every order carries the hash of its rows as the database gives them back. */
    async function check(): Promise<void> {
      for (const { id } of await rig.store.db.selectFrom('orders').select('id').execute()) {
        const line = await rig.store.db
          .selectFrom('ledger')
          .select(['action', 'data'])
          .where('subject', '=', `order:${id}`)
          .orderBy('seq', 'desc')
          .executeTakeFirstOrThrow();
        const { orderHash: sealed } = JSON.parse(line.data) as { orderHash: string };
        expect({ action: line.action, sealed }).toEqual({
          action: line.action,
          sealed: orderHash(await loadOrder(rig.store.db, id)),
        });
        if (!steps.includes(line.action)) steps.push(line.action);
      }
    }
    async function after<T>(step: Promise<T>): Promise<T> {
      const result = await step;
      await check();
      return result;
    }

    const order = await after(rig.draft(callId, BUY_FOLAD));
    await after(rig.edit(order.id, { ...BUY_FOLAD, quantity: 300 }));
    await after(rig.readBack(callId, [openInstruction(order)]));
    await after(rig.submit(callId, [openInstruction(order)]));
    await after(rig.withdraw(order.id, callId));
    await after(rig.discard(order.id));
    await after(announce());
    await after(rig.claim(order.id));
    await after(rig.release(order.id));
    await after(rig.claim(order.id));
    await after(rig.return(order.id, 'again, please'));
    const change = await after(rig.change(order.id, callId, SELL_RIGHT));
    await after(rig.readBack(callId, [openInstruction(change)]));
    await after(rig.submit(callId, [openInstruction(change)]));
    const [second, third, fourth] = await after(rig.submitted(callId, BUY_FOLAD, BUY_FOLAD, BUY_FOLAD));
    if (!second || !third || !fourth) throw new Error('no orders');
    await after(announce());
    for (const { id } of [second, third]) await after(rig.claim(id));
    await after(rig.accept(second.id));
    await after(rig.fill(second.id, 200));
    await after(rig.fill(second.id, 300));
    await after(rig.reject(third.id, 'no'));
    const withdrawal = await after(rig.withdraw(change.id, callId));
    await after(rig.readBack(callId, [openInstruction(withdrawal)]));
    await after(rig.submit(callId, [openInstruction(withdrawal)]));
    await after(expireOrders(rig.options, new Date(Date.now() + 3 * 86_400_000)));

    const all =
      'accepted announced change-drafted claimed drafted edited expired filled partly-filled read-back rejected released replaced returned submitted withdrawal-discarded withdrawal-drafted withdrawn';
    expect(steps.sort()).toEqual(all.split(' ').map((step) => `order.${step}`));
  });
});
