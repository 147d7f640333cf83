import { beforeEach, expect, test } from 'vitest';
import type { DealingConnector, DealingMessage } from '../connectors/dealing/dealing-connector.ts';
import { floorDealing } from '../connectors/dealing/floor.ts';
import { DeliveryError } from '../connectors/delivery-error.ts';
import { forgetDelivered } from '../connectors/outbox-worker.ts';
import { expireOrders } from '../orders/index.ts';
import {
  BUY_FOLAD,
  BUY_SAFFRON,
  createOrderRig,
  DEALER,
  type OrderRig,
  openInstruction,
  SECOND_DEALER,
  SELL_RIGHT,
} from '../orders/testing/order-rig.ts';
import { describeStores } from '../store/testing.ts';
import { createDealingWorker } from './dealing-worker.ts';

const problem = (code: string) => expect.objectContaining({ code });

describeStores('dealing floor', (makeStore) => {
  let rig: OrderRig;
  let callId: string;

  beforeEach(async () => {
    rig = await createOrderRig(await makeStore());
    callId = (await rig.call(await rig.customer())).callId;
  });

  const workerWith = (connector: DealingConnector) =>
    createDealingWorker({ ...rig.options, connector, backoffMs: [60_000] });
  /** The pauses are over. */
  const makeDue = () =>
    rig.store.write((tx) =>
      tx.db
        .updateTable('outbox')
        .set({ next_at: '2020-01-01T00:00:00.000Z' })
        .where('delivered_at', 'is', null)
        .execute(),
    );

  async function announced(): Promise<string> {
    const [order] = await rig.submitted(callId, BUY_FOLAD);
    await workerWith(floorDealing()).drain();
    return order?.id ?? '';
  }

  test('a submitted order reaches the queue through the outbox, once', async () => {
    const [first, second] = await rig.submitted(callId, BUY_FOLAD, SELL_RIGHT);
    await rig.draft(callId, BUY_SAFFRON);
    expect((await rig.queue()).orders).toEqual([]);
    const worker = workerWith(floorDealing());
    await Promise.all([worker.drain(), workerWith(floorDealing()).drain(), worker.drain()]);
    expect((await rig.queue()).orders.map(({ id, state, number }) => [id, state, number])).toEqual([
      [first?.id, 'announced', 1],
      [second?.id, 'announced', 2],
    ]);
    const lines = await rig.store.db
      .selectFrom('ledger')
      .select('subject')
      .where('action', '=', 'order.announced')
      .execute();
    expect(lines).toHaveLength(2);
  });

  test('filled in parts: every step is one of the table, the desk is told, the rest cannot be overfilled', async () => {
    const id = await announced();
    await expect(rig.accept(id)).rejects.toEqual(problem('not-claimed'));
    expect((await rig.claim(id)).claimedBy).toEqual({ id: DEALER.accountId, name: `Name of ${DEALER.accountId}` });
    await expect(rig.fill(id, 100)).rejects.toEqual(problem('order-state'));
    expect((await rig.accept(id)).state).toBe('accepted');
    await expect(rig.accept(id)).rejects.toEqual(problem('order-state'));
    expect(await rig.fill(id, 200, 5_100)).toMatchObject({ state: 'partly-filled', filledQuantity: 200 });
    await expect(rig.fill(id, 301)).rejects.toMatchObject({ code: 'overfill', fields: [{ path: 'quantity' }] });
    await expect(rig.reject(id, 'too late')).rejects.toEqual(problem('order-state'));
    const done = await rig.fill(id, 300, 5_120);
    expect(done).toMatchObject({
      state: 'filled',
      filledQuantity: 500,
      fills: [
        { quantity: 200, rial: 5_100, dealerId: DEALER.accountId },
        { quantity: 300, rial: 5_120 },
      ],
    });
    await expect(rig.fill(id, 1)).rejects.toEqual(problem('order-state'));
    expect((await rig.queue()).orders).toEqual([]);
    const last = await rig.store.db.selectFrom('events').selectAll().orderBy('seq', 'desc').executeTakeFirstOrThrow();
    expect(JSON.parse(last.data)).toEqual(done);
    expect(JSON.parse(last.audience)).toEqual(expect.arrayContaining(['account:account_agent', 'role:dealer']));
  });

  test('one dealer wins a claim, however many try at once', async () => {
    const id = await announced();
    const tries = await Promise.allSettled(
      Array.from({ length: 20 }, (_, index) => rig.claim(id, { ...DEALER, accountId: `account_dealer_${index}` })),
    );
    const winners = tries.filter(({ status }) => status === 'fulfilled');
    expect(winners).toHaveLength(1);
    for (const loser of tries)
      if (loser.status === 'rejected') expect(['claimed-by-other', 'conflict']).toContain(loser.reason.code);
  });

  test('what another dealer has is theirs until they release it', async () => {
    const id = await announced();
    await rig.claim(id);
    await expect(rig.claim(id, SECOND_DEALER)).rejects.toEqual(problem('claimed-by-other'));
    for (const act of [
      () => rig.release(id, SECOND_DEALER),
      () => rig.accept(id, SECOND_DEALER),
      () => rig.reject(id, 'no', SECOND_DEALER),
      () => rig.return(id, 'no', SECOND_DEALER),
    ])
      await expect(act()).rejects.toEqual(problem('claimed-by-other'));
    expect((await rig.claim(id)).claimedBy?.id).toBe(DEALER.accountId);
    expect((await rig.release(id)).claimedBy).toBeNull();
    await rig.claim(id, SECOND_DEALER);
    await rig.accept(id, SECOND_DEALER);
    expect((await rig.fill(id, 500, 1, SECOND_DEALER)).state).toBe('filled');
  });

  test('rejected is the end; returned can be withdrawn or changed by a new call', async () => {
    const rejected = await announced();
    await rig.claim(rejected);
    expect(await rig.reject(rejected, 'نماد متوقف است')).toMatchObject({ state: 'rejected', reason: 'نماد متوقف است' });
    await expect(rig.withdraw(rejected, callId)).rejects.toEqual(problem('order-state'));

    const returned = await announced();
    await rig.claim(returned);
    await rig.accept(returned);
    await expect(rig.change(returned, callId, SELL_RIGHT)).rejects.toEqual(problem('order-already-acted'));
    await expect(rig.withdraw(returned, callId)).rejects.toEqual(problem('order-already-acted'));
    expect(await rig.return(returned, 'قیمت خارج از دامنه')).toMatchObject({ state: 'returned', claimedBy: null });
    const change = await rig.change(returned, callId, SELL_RIGHT);
    await rig.readBack(callId, [openInstruction(change)]);
    expect((await rig.submit(callId, [openInstruction(change)])).orders.map(({ state }) => state)).toEqual([
      'submitted',
      'replaced',
    ]);
  });

  test('acting wins over a change that was read back in the meantime', async () => {
    const id = await announced();
    const change = await rig.change(id, callId, SELL_RIGHT);
    const withdrawal = await rig.withdraw(id, callId);
    const ids = [openInstruction(change), openInstruction(withdrawal)] as const;
    await rig.readBack(callId, [...ids]);
    await rig.claim(id);
    await rig.accept(id);
    await expect(rig.submit(callId, [ids[0]])).rejects.toEqual(problem('order-already-acted'));
    await expect(rig.submit(callId, [ids[1]])).rejects.toEqual(problem('order-already-acted'));
    await expect(rig.readBack(callId, [ids[0]])).rejects.toEqual(problem('order-already-acted'));
  });

  test('drafts do not exist for the floor', async () => {
    const draft = await rig.draft(callId, BUY_FOLAD);
    await expect(rig.claim(draft.id)).rejects.toEqual(problem('not-found'));
    await expect(rig.accept(draft.id)).rejects.toEqual(problem('not-found'));
    const [submitted] = await rig.submitted(callId, BUY_FOLAD);
    await expect(rig.claim(submitted?.id ?? '')).rejects.toEqual(problem('order-state'));
  });

  test('an order system that fails is tried again with the same id; nothing overtakes within a chain', async () => {
    const [order] = await rig.submitted(callId, BUY_FOLAD);
    if (!order) throw new Error('no order');
    const change = await rig.change(order.id, callId, SELL_RIGHT);
    await rig.readBack(callId, [openInstruction(change)]);
    await rig.submit(callId, [openInstruction(change)]);
    const withdrawal = await rig.withdraw(change.id, callId);
    await rig.readBack(callId, [openInstruction(withdrawal)]);
    await rig.submit(callId, [openInstruction(withdrawal)]);

    const attempts: DealingMessage[] = [];
    let failures = 3;
    const flaky: DealingConnector = {
      name: 'flaky',
      async deliver(message) {
        attempts.push(message);
        if (failures > 0) {
          failures -= 1;
          throw new DeliveryError('not now', { retryable: true });
        }
      },
    };
    const worker = workerWith(flaky);
    for (let i = 0; i < 8; i += 1) {
      await worker.drain();
      await makeDue();
    }
    expect(attempts.map(({ type }) => type)).toEqual(['new', 'new', 'new', 'new', 'replace', 'cancel']);
    expect(new Set(attempts.map(({ id }) => id)).size).toBe(3);
    expect(attempts[4]).toMatchObject({
      order: { id: change.id, terms: SELL_RIGHT },
      original: { id: order.id },
      fix: { 35: 'G', 11: change.id, 41: order.id },
    });
    // Withdrawn before it was announced: it stays withdrawn.
    expect((await rig.get(change.id)).state).toBe('cancelled');
    expect((await rig.get(order.id)).state).toBe('replaced');
    expect(await rig.store.db.selectFrom('outbox').select('id').where('delivered_at', 'is', null).execute()).toEqual(
      [],
    );
  });

  test('a refusal waits for a person, is kept with its reason, and holds up no other order', async () => {
    const [refused, other] = await rig.submitted(callId, BUY_FOLAD, SELL_RIGHT);
    const picky: DealingConnector = {
      name: 'picky',
      async deliver({ order }) {
        if (order.id === refused?.id) throw new DeliveryError('The order system answered 422.', { retryable: false });
      },
    };
    const worker = workerWith(picky);
    for (let i = 0; i < 3; i += 1) await worker.drain();
    expect((await rig.get(refused?.id ?? '')).state).toBe('submitted');
    expect((await rig.get(other?.id ?? '')).state).toBe('announced');
    const [row] = await rig.store.db.selectFrom('outbox').selectAll().where('delivered_at', 'is', null).execute();
    expect(row).toMatchObject({ attempts: 1, last_error: 'The order system answered 422.' });
  });

  test('started, it delivers what is there and what comes; stopped, it leaves the rest for later', async () => {
    let delivering = () => {};
    const begun = new Promise<void>((resolve) => {
      delivering = resolve;
    });
    let signalled = false;
    const slow: DealingConnector = {
      name: 'slow',
      deliver: (_message, signal) =>
        new Promise((_resolve, reject) => {
          delivering();
          signal.addEventListener('abort', () => {
            signalled = true;
            reject(signal.reason);
          });
        }),
    };
    const [order] = await rig.submitted(callId, BUY_FOLAD);
    const stuck = workerWith(slow);
    stuck.start();
    await begun;
    await stuck.stop();
    expect(signalled).toBe(true);
    expect((await rig.get(order?.id ?? '')).state).toBe('submitted');
    const next = workerWith(floorDealing());
    next.start();
    await expect.poll(async () => (await rig.get(order?.id ?? '')).state, { timeout: 5000 }).toBe('announced');
    const [later] = await rig.submitted(callId, SELL_RIGHT);
    next.wake();
    await expect.poll(async () => (await rig.get(later?.id ?? '')).state, { timeout: 5000 }).toBe('announced');
    await next.stop();
  });

  test('validity ends with the day of the market', async () => {
    const until = {
      ...BUY_FOLAD,
      validity: { kind: 'until' as const, day: new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10) },
    };
    const [day, gtc, untilDay] = await rig.submitted(callId, BUY_FOLAD, SELL_RIGHT, until);
    const states = async () =>
      [await rig.get(day?.id ?? ''), await rig.get(gtc?.id ?? ''), await rig.get(untilDay?.id ?? '')].map(
        ({ state }) => state,
      );
    const inDays = (days: number) => new Date(Date.now() + days * 86_400_000);
    expect(await expireOrders(rig.options, new Date())).toBe(0);
    expect(await expireOrders(rig.options, inDays(1.2))).toBe(1);
    expect(await states()).toEqual(['expired', 'submitted', 'submitted']);
    expect(await expireOrders(rig.options, inDays(5))).toBe(1);
    expect(await states()).toEqual(['expired', 'submitted', 'expired']);
    expect(await expireOrders(rig.options, inDays(5))).toBe(0);
  });

  test('what was delivered long ago is dropped from the outbox; what waits is kept', async () => {
    await announced();
    await rig.submitted(callId, SELL_RIGHT);
    await forgetDelivered(rig.store, new Date(Date.now() - 60_000));
    expect(await rig.store.db.selectFrom('outbox').select('id').execute()).toHaveLength(2);
    await forgetDelivered(rig.store, new Date(Date.now() + 60_000));
    const left = await rig.store.db.selectFrom('outbox').select('delivered_at').execute();
    expect(left).toEqual([{ delivered_at: null }]);
  });
});
