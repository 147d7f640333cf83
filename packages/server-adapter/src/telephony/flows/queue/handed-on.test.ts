import { expect, it } from 'vitest';
import { callerOf } from '../../../http/testing/invoke.ts';
import { describeStores } from '../../../store/testing.ts';
import { type FlowRig, PUBLIC_NUMBER } from '../testing/flow-rig.ts';
import type { QueueOptions } from './queue-options.ts';
import { answer, caller, DESK, dial, house, OTHER, overview, ringsAt } from './testing/queue-house.ts';

const GROUP = { kind: 'group' } as const;
const OUTSIDE = '+982166778899';

describeStores('handing a call on to the group, behind which there is a queue', (makeStore) => {
  const own = callerOf('own', 'agent');

  /** A customer talks with their own responder, who is no member of the queue. */
  async function talking(queues: readonly QueueOptions[] = [DESK]) {
    const rig = await house(makeStore, queues);
    await rig.account('own');
    await rig.customer({ numbers: [caller(0)], responders: ['own'] });
    const customer = await dial(rig, caller(0));
    const agent = await answer(rig, 'own');
    expect(rig.exchange.joined(customer, agent)).toBe(true);
    return { rig, customer, agent, id: (await rig.call()).id };
  }

  /** Every member talks with somebody. */
  async function membersTalk(rig: FlowRig): Promise<Record<string, string>> {
    const legs: Record<string, string> = {};
    for (const [index, member] of ['a', 'b', 'c'].entries()) {
      await dial(rig, caller(index + 1));
      legs[member] = await answer(rig, member);
    }
    return legs;
  }

  const handOn = (rig: FlowRig, callId: string, by = own) =>
    rig.calls('transfer', { callId, mode: 'blind', target: GROUP }, by);
  const callOf = async (rig: FlowRig, callId: string) => rig.calls('get', { callId }, callerOf('boss', 'supervisor'));

  async function over(rig: FlowRig, customer: string, callId: string): Promise<void> {
    if (rig.exchange.legsById.has(customer)) rig.exchange.farEnds(customer, 'normal');
    for (const { id } of [...rig.exchange.legsById.values()]) rig.exchange.farEnds(id, 'normal');
    await rig.advance(60_000);
    expect(await callOf(rig, callId)).toMatchObject({ state: 'ended', outcome: 'answered', waiting: null });
    expect(rig.exchange.leaks()).toEqual([]);
    expect(rig.errors).toEqual([]);
  }

  it('rings at whom the strategy says, one after the other, until somebody has the customer', async () => {
    const { rig, customer, agent, id } = await talking();
    await handOn(rig, id);
    expect(rig.exchange.legsById.has(agent)).toBe(false);
    expect(ringsAt(rig, 'a', 'b', 'c')).toEqual(['a']);
    rig.exchange.farEnds(rig.exchange.ringingAt('a')[0] as string, 'rejected');
    await rig.advance(100);
    expect(ringsAt(rig, 'a', 'b', 'c')).toEqual(['b']);
    const next = await answer(rig, 'b');
    expect(rig.exchange.joined(customer, next)).toBe(true);
    expect(rig.exchange.hears(customer)).toEqual([]);
    expect(await callOf(rig, id)).toMatchObject({ state: 'answered', agent: { id: 'b' }, transfers: 1, waiting: null });
    // And on again, to the group without whom they just had.
    await handOn(rig, id, callerOf('b', 'agent'));
    await rig.advance(6_000);
    expect(ringsAt(rig, 'a', 'b', 'c')).toEqual(['c']);
    await answer(rig, 'c');
    await over(rig, customer, id);
  });

  it('waits with music and a place where nobody is free, behind who came before, and is rung at who becomes free', async () => {
    const { rig, customer, id } = await talking();
    const legs = await membersTalk(rig);
    const before = await dial(rig, caller(7));
    expect(await rig.calls('targets', {}, own)).toMatchObject({ groupFree: 0, groupWaiting: 1 });
    await handOn(rig, id);
    // The offer of a call back is for who has talked to nobody yet.
    expect(rig.exchange.hears(customer)).toEqual(['queue-position', 'number', 'queue-wait-short']);
    await rig.advance(5_000);
    expect(rig.exchange.hears(customer)).toEqual(['hold-music']);
    expect(await callOf(rig, id)).toMatchObject({
      state: 'queued',
      agent: null,
      waiting: { queueId: 'desk', position: 2 },
    });
    expect(await overview(rig)).toMatchObject([{ waiting: 2 }]);
    rig.exchange.farKeys(customer, '1');
    await rig.advance(1_000);
    expect(rig.exchange.hears(customer)).toEqual(['hold-music']);
    // Whoever handed them on may take part in other calls meanwhile.
    expect((await rig.calls('list', { state: 'open' }, own)).calls).toEqual([]);

    rig.exchange.farEnds(legs['b'] as string, 'normal');
    await rig.advance(100);
    expect(rig.exchange.joined(before, await answer(rig, 'b'))).toBe(true);
    rig.exchange.farEnds(legs['c'] as string, 'normal');
    await rig.advance(100);
    expect(rig.exchange.joined(customer, await answer(rig, 'c'))).toBe(true);
    await over(rig, customer, id);
  });

  it('is not rung at who handed it on, also where they alone are free, before the wait is over', async () => {
    const { rig, customer, id } = await talking([{ ...DESK, members: ['own'], maxWaitSeconds: 60 }]);
    await handOn(rig, id);
    await rig.advance(50_000);
    expect(ringsAt(rig, 'own')).toEqual([]);
    expect(rig.exchange.hears(customer)).toEqual(['hold-music']);
    await rig.advance(11_000);
    // Nobody came: back to who had them.
    expect(rig.exchange.joined(customer, await answer(rig, 'own'))).toBe(true);
    expect(await callOf(rig, id)).toMatchObject({ state: 'answered', agent: { id: 'own' }, waiting: null });
    await over(rig, customer, id);
  });

  it('hears goodbye only after the queue, and who handed it on, had their turn; never a box or a second wait', async () => {
    const { rig, customer, id } = await talking([
      { ...DESK, members: [], maxWaitSeconds: 60, whenLong: { kind: 'callback' } },
    ]);
    await handOn(rig, id);
    await rig.advance(61_000);
    rig.exchange.farEnds(rig.exchange.ringingAt('own')[0] as string, 'no-answer');
    await rig.settle();
    expect(rig.exchange.hears(customer)).toEqual(['nobody-available', 'goodbye']);
    await rig.advance(10_000);
    expect(rig.exchange.legsById.size).toBe(0);
    await over(rig, customer, id);
  });

  it('moves to the next queue where the first says so', async () => {
    const first: QueueOptions = {
      ...DESK,
      members: [],
      maxWaitSeconds: 30,
      whenLong: { kind: 'queue', queueId: 'other' },
    };
    const { rig, customer, id } = await talking([first, OTHER]);
    await handOn(rig, id);
    await rig.advance(31_000);
    expect(rig.exchange.joined(customer, await answer(rig, 'spare'))).toBe(true);
    await over(rig, customer, id);
  });

  it('is refused, and nobody lets go of the customer, where the queue is closed or full and nobody can be rung', async () => {
    const closed = { timeZone: 'Asia/Tehran', weekly: {} };
    for (const queue of [
      { ...DESK, members: [], hours: closed },
      { ...DESK, members: [], maxLength: 0 },
    ]) {
      const { rig, customer, agent, id } = await talking([queue]);
      expect(await rig.calls('targets', {}, own)).not.toHaveProperty('groupWaiting');
      await expect(handOn(rig, id)).rejects.toMatchObject({ code: 'target-unavailable' });
      expect(rig.exchange.joined(customer, agent)).toBe(true);
      expect(await callOf(rig, id)).toMatchObject({ state: 'answered', agent: { id: 'own' }, transfers: 0 });
      await over(rig, customer, id);
    }
  });

  it('ends when the customer gives up waiting; nobody is rung any more', async () => {
    const { rig, customer, id } = await talking();
    const legs = await membersTalk(rig);
    await handOn(rig, id);
    await rig.advance(20_000);
    rig.exchange.farEnds(customer, 'normal');
    await rig.settle();
    expect(await callOf(rig, id)).toMatchObject({ state: 'ended', outcome: 'answered', waiting: null });
    expect(await overview(rig)).toMatchObject([{ waiting: 0 }]);
    rig.exchange.farEnds(legs['a'] as string, 'normal');
    await rig.advance(1_000);
    expect(ringsAt(rig, 'a')).toEqual([]);
    await over(rig, customer, id);
  });

  it('goes on waiting in the same place after a restart, or on ringing', async () => {
    const { rig, customer, id } = await talking();
    const legs = await membersTalk(rig);
    await handOn(rig, id);
    await rig.advance(20_000);
    const before = await callOf(rig, id);
    await rig.restart('go-on');
    expect(await callOf(rig, id)).toMatchObject({ state: 'queued', waiting: before.waiting });
    expect(rig.exchange.hears(customer)[0]).toMatch(/queue-position|hold-music/);
    rig.exchange.farEnds(legs['a'] as string, 'normal');
    await rig.advance(100);
    expect(ringsAt(rig, 'a')).toEqual(['a']);
    expect(await callOf(rig, id)).toMatchObject({ state: 'ringing' });
    await rig.restart('go-on');
    const next = await answer(rig, 'a');
    expect(rig.exchange.joined(customer, next)).toBe(true);
    // The recording goes on: the customer, and each of the two agents.
    expect((await callOf(rig, id)).recording.state).toBe('recording');
    await over(rig, customer, id);
  });

  it('is found again when the adapter was killed between the agent’s going and the queue', async () => {
    const { rig, customer, agent, id } = await talking();
    await membersTalk(rig);
    // The hand-over is written; nothing after it.
    rig.breakStore(() => (rig.exchange.legsById.has(agent) ? undefined : new Error('simulated: killed')));
    const handing = handOn(rig, id).catch(() => {});
    await rig.settle();
    rig.breakStore(undefined);
    await rig.restart('go-on');
    await handing;
    await rig.advance(5_000);
    expect(await callOf(rig, id)).toMatchObject({ state: 'queued', waiting: { queueId: 'desk' } });
    expect(rig.exchange.legsById.has(customer)).toBe(true);
    for (const { id: leg } of [...rig.exchange.legsById.values()]) rig.exchange.farEnds(leg, 'normal');
    await rig.advance(60_000);
    expect(rig.exchange.leaks()).toEqual([]);
  });

  it('is tried again where the store is away in the moment in which the agent has gone', async () => {
    const { rig, customer, agent, id } = await talking();
    rig.breakStore(() => (rig.exchange.legsById.has(agent) ? undefined : new Error('simulated: the disk is full')));
    const handing = handOn(rig, id).catch(() => {});
    await rig.advance(10_000);
    rig.breakStore(undefined);
    await handing;
    await rig.advance(5_000);
    expect(rig.exchange.joined(customer, await answer(rig, ringsAt(rig, 'a', 'b', 'c')[0] as string))).toBe(true);
    expect(rig.errors.splice(0)).not.toEqual([]);
    await over(rig, customer, id);
  });

  it('goes the same way for a call that went out, and for one that comes back from whom it was handed to', async () => {
    const rig = await house(makeStore, [DESK]);
    const first = await rig.account('own');
    await rig.account('friend');
    const dialled = rig.calls('dial', { to: OUTSIDE }, first);
    await rig.settle();
    rig.exchange.farAnswers(rig.exchange.ringingAt('own')[0] as string);
    await rig.settle();
    const { id } = await dialled;
    const outside = [...rig.exchange.legsById.values()].find(({ to }) => to === OUTSIDE);
    expect(outside?.from).toBe(PUBLIC_NUMBER);
    const customer = outside?.id as string;
    rig.exchange.farAnswers(customer);
    await rig.settle();
    await rig.calls('transfer', { callId: id, mode: 'blind', target: { kind: 'agent', accountId: 'friend' } }, first);
    rig.exchange.farEnds(rig.exchange.ringingAt('friend')[0] as string, 'rejected');
    await rig.settle();
    rig.exchange.farEnds(rig.exchange.ringingAt('own')[0] as string, 'no-answer');
    await rig.advance(100);
    expect(await callOf(rig, id)).toMatchObject({ state: 'ringing', waiting: { queueId: 'desk', position: 1 } });
    const next = await answer(rig, 'a');
    expect(rig.exchange.joined(customer, next)).toBe(true);
    await handOn(rig, id, callerOf('a', 'agent'));
    expect(rig.exchange.joined(customer, await answer(rig, 'b'))).toBe(true);
    expect(await callOf(rig, id)).toMatchObject({ agent: { id: 'b' }, transfers: 2 });
    await over(rig, customer, id);
  });
});
