import { afterEach, beforeEach, expect, it } from 'vitest';
import { FakeSpotPlayer } from '../connectors/spotplayer/testing/fake-spotplayer.ts';
import { describeStores } from '../store/testing.ts';
import { courseRig, PLAYER_COURSE } from './testing/course-rig.ts';

describeStores('one licence for each order of a course', (makeStore) => {
  let service: FakeSpotPlayer;
  beforeEach(async () => {
    service = await new FakeSpotPlayer().listen();
  });
  afterEach(() => service.close());

  async function sold(options = {}) {
    const store = await makeStore();
    const rig = courseRig(store, service, options);
    const courseId = await rig.course();
    const order = await rig.buy(courseId);
    return { store, rig, courseId, order };
  }

  it('nothing is made before it is paid; then one, with the buyer on the picture', async () => {
    const { rig, order } = await sold();
    await rig.later();
    expect(service.licences).toEqual([]);
    await rig.pay(order);
    await rig.later();
    await rig.later();
    expect(await rig.row()).toMatchObject({ state: 'ready', licence_id: service.licences[0]?._id, reason: null });
    expect(service.licences).toHaveLength(1);
    expect(service.licences[0]?.body).toMatchObject({
      course: [PLAYER_COURSE],
      payload: order.id,
      name: 'Sara Ahmadi',
      watermark: { texts: [{ text: 'Sara Ahmadi' }, { text: '+989121234567' }] },
      device: { p0: 2 },
      offline: 30,
    });
    expect(service.broken).toEqual([]);
    await expect(rig.pay(order)).rejects.toThrow(/cannot be paid/);
  });

  it('asked again is the same order; what is owned is not sold again; after a refund it is', async () => {
    const { rig, order, courseId } = await sold();
    expect(await rig.buy(courseId)).toEqual(order);
    await rig.pay(order);
    await expect(rig.buy(courseId)).rejects.toMatchObject({ code: 'course-owned' });
    await rig.later();
    await rig.refund(order);
    expect(await rig.row(order.id)).toMatchObject({ state: 'refunded' });
    const second = await rig.buy(courseId);
    expect(second.id).not.toBe(order.id);
    expect(second.paymentId).not.toBe(order.paymentId);
    await expect(rig.buy(await rig.course(), { amount: 1, currency: 'IRR' })).rejects.toMatchObject({
      code: 'course-price-changed',
    });
  });

  it('refunded before it was made: none is made', async () => {
    const { rig, order } = await sold();
    await rig.pay(order);
    await rig.refund(order);
    await rig.later();
    expect(service.licences).toEqual([]);
    expect(await rig.row()).toMatchObject({ state: 'refunded', licence_id: null });
  });

  it('refunded while it is made: it stays refunded, and which licence that was is kept', async () => {
    const { rig, order } = await sold();
    await rig.pay(order);
    service.faults.push({ kind: 'slow' });
    const making = rig.later();
    await expect.poll(() => service.licences.length, { timeout: 20_000 }).toBe(1);
    await rig.refund(order);
    service.release();
    await making;
    expect(await rig.row()).toMatchObject({ state: 'refunded', licence_id: service.licences[0]?._id });
  });

  it('made, and not heard of: in doubt and never asked again', async () => {
    const { rig, order } = await sold({ timeoutMs: 500 });
    await rig.pay(order);
    service.faults.push({ kind: 'silence-after' });
    await rig.later();
    expect(await rig.row()).toMatchObject({ state: 'in-doubt', reason: 'timeout' });
    await rig.later();
    expect(service.licences).toHaveLength(1);
  });

  it('the player is not there: it waits; refused: a manager is told why', async () => {
    const store = await makeStore();
    const gone = await new FakeSpotPlayer().listen();
    await gone.close();
    const nobody = courseRig(store, gone);
    const order = await nobody.buy(await nobody.course());
    await nobody.pay(order);
    await nobody.later();
    expect(await nobody.row()).toMatchObject({ state: 'making', asked: 0, reason: 'unreachable' });
    const rig = courseRig(store, service);
    service.faults.push({ kind: 'answer', status: 200, body: '{"ex":{"msg":"no credit","code":7}}' });
    await rig.later(2 * 3_600_000);
    expect(await rig.row()).toMatchObject({ state: 'failed', reason: 'spotplayer-7' });
    expect(service.licences).toEqual([]);
  });

  it('many workers and payments at once make one licence each', async () => {
    const store = await makeStore();
    const rigs = [0, 1, 2].map(() => courseRig(store, service));
    const [first] = rigs as [ReturnType<typeof courseRig>];
    const orders = [];
    for (let i = 0; i < 8; i += 1) orders.push(await first.buy(await first.course()));
    await Promise.all(orders.map((order, i) => rigs[i % 3]?.pay(order)));
    await Promise.all(rigs.map((rig) => rig.later(0)));
    expect(service.licences.map(({ payload }) => payload).sort()).toEqual(orders.map(({ id }) => id).sort());
    for (const { id } of orders) expect(await first.row(id)).toMatchObject({ state: 'ready' });
  });
});
