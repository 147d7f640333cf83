import { contract, type Queue } from '@callweave/sdk/protocol';
import { describe, expect, it } from 'vitest';
import { callerOf } from '../../../http/testing/invoke.ts';
import { describeStores, type MakeStore } from '../../../store/testing.ts';
import { createFlowRig, type FlowRig, type FlowRigOptions, PUBLIC_NUMBER } from '../testing/flow-rig.ts';
import type { OverflowHandlers } from './overflow.ts';
import type { QueueOptions } from './queue-options.ts';

const DESK: QueueOptions = { id: 'desk', names: { en: 'Desk', fa: 'میز', cs: 'Přepážka' }, restSeconds: 5 };
const OTHER: QueueOptions = { id: 'other', names: { en: 'Other', fa: 'دیگر', cs: 'Jiná' }, members: ['spare'] };
const STRAIGHT = '+982181021399';
const SUPERVISOR = callerOf('boss', 'supervisor');
const caller = (index: number) => `+98912000000${index}`;

async function house(makeStore: MakeStore, queues: readonly QueueOptions[], options: FlowRigOptions = {}) {
  const rig = await createFlowRig(makeStore, { policy: { wrapUpSeconds: 0, greeting: [] }, ...options, queues });
  for (const id of ['a', 'b', 'c']) await rig.account(id, { inGroup: true });
  await rig.account('spare');
  return rig;
}

async function dial(rig: FlowRig, from: string, to = PUBLIC_NUMBER): Promise<string> {
  const leg = rig.exchange.dial(from, to);
  await rig.advance(100);
  return leg;
}

const ringsAt = (rig: FlowRig, ...accounts: string[]) =>
  accounts.filter((account) => rig.exchange.ringingAt(account).length > 0);

async function answer(rig: FlowRig, account: string): Promise<string> {
  const [leg] = rig.exchange.ringingAt(account);
  if (leg === undefined) throw new Error(`It does not ring at ${account}.`);
  rig.exchange.farAnswers(leg);
  await rig.settle();
  return leg;
}

const rowsOf = (rig: FlowRig) =>
  rig.store.db
    .selectFrom('calls')
    .select(['id', 'caller_number', 'state', 'outcome', 'queue', 'agent_id'])
    .orderBy('started_at')
    .execute();

async function placesOf(rig: FlowRig): Promise<[string, number][]> {
  return (await rowsOf(rig)).flatMap(({ caller_number, queue }) =>
    queue === null ? [] : [[caller_number, (JSON.parse(queue) as { position: number }).position]],
  );
}

async function overview(rig: FlowRig): Promise<Queue[]> {
  return (await rig.run(contract.queues.list, rig.centre.queues.list, {}, SUPERVISOR)).queues;
}

describeStores('queue', (makeStore) => {
  describe('who rings', () => {
    it('rings at everybody free for the first in line, and at whoever becomes free for the next', async () => {
      const rig = await house(makeStore, [{ ...DESK, strategy: 'ring-all' }]);
      const one = await dial(rig, caller(1));
      expect(ringsAt(rig, 'a', 'b', 'c')).toEqual(['a', 'b', 'c']);
      const two = await dial(rig, caller(2));
      const agent = await answer(rig, 'b');
      expect(rig.exchange.joined(one, agent)).toBe(true);
      // The two who lost the first call have the second at once.
      expect(ringsAt(rig, 'a', 'b', 'c')).toEqual(['a', 'c']);
      expect(rig.exchange.joined(two, await answer(rig, 'c'))).toBe(true);
      expect(rig.errors).toEqual([]);
    });

    it('takes whoever has been idle for longest, one caller each', async () => {
      const rig = await house(makeStore, [DESK]);
      const order: string[] = [];
      for (let round = 0; round < 6; round += 1) {
        const leg = await dial(rig, caller(round));
        const [account] = ringsAt(rig, 'a', 'b', 'c');
        order.push(account as string);
        await answer(rig, account as string);
        await rig.advance(30_000);
        rig.exchange.farEnds(leg, 'normal');
        await rig.advance(1_000);
      }
      expect(order).toEqual(['a', 'b', 'c', 'a', 'b', 'c']);
    });

    it('goes round, past who is not free', async () => {
      const rig = await house(makeStore, [{ ...DESK, strategy: 'round-robin', members: ['c', 'a', 'b'] }]);
      const legs = [await dial(rig, caller(1)), await dial(rig, caller(2))];
      expect(ringsAt(rig, 'a', 'b', 'c')).toEqual(['a', 'c']);
      await answer(rig, 'c');
      await answer(rig, 'a');
      rig.exchange.farEnds(legs[0] as string, 'normal');
      await rig.advance(1_000);
      await dial(rig, caller(3));
      // b's turn; c is free again, and was before.
      expect(ringsAt(rig, 'a', 'b', 'c')).toEqual(['b']);
    });

    it('leaves a member alone for a while who did not take it, and rings at the next; of each the latest turn is kept', async () => {
      const rig = await house(makeStore, [{ ...DESK, members: ['a', 'b'], ringSeconds: 8 }]);
      const leg = await dial(rig, caller(1));
      await rig.advance(9_000);
      expect(ringsAt(rig, 'a', 'b')).toEqual(['b']);
      rig.exchange.farEnds(rig.exchange.ringingAt('b')[0] as string, 'rejected');
      await rig.advance(100);
      expect(ringsAt(rig, 'a', 'b')).toEqual([]);
      expect(rig.exchange.hears(leg)).toEqual(['hold-music']);
      await rig.advance(5_000);
      expect(ringsAt(rig, 'a', 'b')).toEqual(['a']);
      expect((await rig.call()).routing).toMatchObject([
        { accountId: 'b', result: 'declined' },
        { accountId: 'a', result: 'ringing' },
      ]);
    });

    it('gives the longest waiter over all queues to a member of several', async () => {
      const rig = await house(makeStore, [
        { ...DESK, members: ['a'] },
        { ...OTHER, members: ['a'], numbers: [STRAIGHT] },
      ]);
      const busy = await dial(rig, caller(1));
      await answer(rig, 'a');
      await dial(rig, caller(2), STRAIGHT);
      await rig.advance(1_000);
      await dial(rig, caller(3));
      rig.exchange.farEnds(busy, 'normal');
      await rig.advance(100);
      const [leg] = rig.exchange.ringingAt('a');
      expect(rig.exchange.legsById.get(leg as string)?.from).toBe(caller(2));
    });

    it('rings at once when a member becomes ready, has their phone again, or joins the group', async () => {
      const rig = await house(makeStore, [DESK]);
      const notReady = (id: string, ready: 0 | 1) =>
        rig.write(async (tx) => {
          const columns = { ready, reason: 'lunch', do_not_disturb: 0 as const, declared_at: null, declared_by: null };
          await tx.db
            .insertInto('presences')
            .values({
              account_id: id,
              ...columns,
              phone: 'registered',
              extended_call: null,
              shown: null,
              call_id: null,
              since: '',
            })
            .onConflict((conflict) => conflict.column('account_id').doUpdateSet(columns))
            .execute();
          await tx.publish({ type: 'presence', data: { accountId: id } as never }, [`account:${id}`]);
        });
      await notReady('a', 0);
      await notReady('b', 0);
      rig.exchange.unregister('c');
      await dial(rig, caller(1));
      await dial(rig, caller(2));
      expect(ringsAt(rig, 'a', 'b', 'c')).toEqual([]);
      await notReady('b', 1);
      await rig.advance(100);
      expect(ringsAt(rig, 'a', 'b', 'c')).toEqual(['b']);
      // Not rung in vain again and again while it is unreachable, but at once when it is back.
      rig.exchange.register('c');
      await rig.advance(100);
      expect(ringsAt(rig, 'a', 'b', 'c')).toEqual(['b', 'c']);
    });

    it('stands behind the customers’ own responders, but a number of its own leads straight to it', async () => {
      const rig = await house(makeStore, [{ ...DESK, numbers: [STRAIGHT] }]);
      await rig.account('own');
      await rig.customer({ numbers: [caller(1)], responders: ['own'] });
      const leg = await dial(rig, caller(1));
      expect(ringsAt(rig, 'own', 'a')).toEqual(['own']);
      expect((await rig.call()).waiting).toBeNull();
      rig.exchange.farEnds(rig.exchange.ringingAt('own')[0] as string, 'rejected');
      await rig.advance(100);
      expect(ringsAt(rig, 'own', 'a')).toEqual(['a']);
      expect((await rig.call()).waiting).toMatchObject({ queueId: 'desk', position: 1 });
      rig.exchange.farEnds(leg, 'normal');
      await rig.advance(100);
      await dial(rig, caller(1), STRAIGHT);
      expect(ringsAt(rig, 'own', 'b')).toEqual(['b']);
    });
  });

  describe('the line', () => {
    it('tells each their place and, once enough were answered, the time; then plays music', async () => {
      const rig = await house(makeStore, [{ ...DESK, members: ['a'], callbackKey: null }]);
      await dial(rig, caller(0));
      await answer(rig, 'a');
      const [one, two] = [await dial(rig, caller(1)), await dial(rig, caller(2))];
      expect(rig.exchange.hears(two)).toEqual(['queue-position', 'number']);
      await rig.advance(3_000);
      expect(rig.exchange.hears(one)).toEqual(['hold-music']);
      expect(await placesOf(rig)).toEqual([
        [caller(1), 1],
        [caller(2), 2],
      ]);
      expect(await overview(rig)).toMatchObject([
        { id: 'desk', open: true, waiting: 2, callbacks: 0, members: 1, free: 0, secondsPerPlace: null },
      ]);
    });

    it('moves up when somebody goes, which is told to the pages with the next announcement and not for every step', async () => {
      const rig = await house(makeStore, [{ ...DESK, members: ['a'], announceEverySeconds: 30 }]);
      await dial(rig, caller(0));
      await answer(rig, 'a');
      const legs = [];
      for (const index of [1, 2, 3, 4]) legs.push(await dial(rig, caller(index)));
      const before = (await rig.events('role:supervisor')).length;
      rig.exchange.farEnds(legs[0] as string, 'normal');
      rig.exchange.farEnds(legs[1] as string, 'normal');
      await rig.advance(1_000);
      // Two calls that ended: nothing of the two who moved up.
      expect((await rig.events('role:supervisor')).length - before).toBe(2);
      await rig.advance(30_000);
      expect(await placesOf(rig)).toEqual([
        [caller(3), 1],
        [caller(4), 2],
      ]);
      expect((await rig.events('role:supervisor')).length - before).toBe(4);
    });

    it('learns what a place costs, and keeps it over a restart', async () => {
      const rig = await house(makeStore, [{ ...DESK, members: ['a'], callbackKey: null }]);
      for (let round = 0; round < 4; round += 1) {
        const talking = await dial(rig, caller(0));
        await answer(rig, 'a');
        const waiter = await dial(rig, caller(1));
        await rig.advance(180_000);
        rig.exchange.farEnds(talking, 'normal');
        await rig.advance(100);
        await answer(rig, 'a');
        rig.exchange.farEnds(waiter, 'normal');
        await rig.advance(6_000);
      }
      const [queue] = await overview(rig);
      // Half of them found somebody at once, the other half waited for three minutes.
      expect(queue?.secondsPerPlace).toBeGreaterThan(60);
      expect(queue?.secondsPerPlace).toBeLessThan(180);
      await rig.restart('go-on');
      expect((await overview(rig))[0]?.secondsPerPlace).toBe(queue?.secondsPerPlace);
      await dial(rig, caller(2));
      await answer(rig, 'a');
      const leg = await dial(rig, caller(3));
      expect(rig.exchange.hears(leg)).toEqual(['queue-position', 'number', 'queue-wait-minutes', 'number']);
    });

    it('keeps everybody in their place over a restart, with the time they have waited', async () => {
      const rig = await house(makeStore, [{ ...DESK, members: ['a'], maxWaitSeconds: 120 }]);
      await dial(rig, caller(0));
      const agent = await answer(rig, 'a');
      for (const index of [1, 2, 3]) {
        await dial(rig, caller(index));
        await rig.advance(5_000);
      }
      const before = (await rowsOf(rig)).map(({ caller_number, queue }) => [
        caller_number,
        JSON.parse(queue ?? 'null'),
      ]);
      await rig.restart('go-on', () => rig.advance(10_000));
      const after = (await rowsOf(rig)).map(({ caller_number, queue }) => [caller_number, JSON.parse(queue ?? 'null')]);
      expect(after).toEqual(before);
      rig.exchange.farEnds(agent, 'normal');
      await rig.advance(3_000);
      const [leg] = rig.exchange.ringingAt('a');
      expect(rig.exchange.legsById.get(leg as string)?.from).toBe(caller(1));
      rig.exchange.farAnswers(leg as string);
      // Two minutes from when they came, not from the restart.
      await rig.advance(101_000);
      expect((await rowsOf(rig)).map(({ caller_number, state }) => [caller_number, state])).toEqual([
        [caller(0), 'ended'],
        [caller(1), 'answered'],
        [caller(2), 'ended'],
        [caller(3), 'queued'],
      ]);
      expect(rig.errors).toEqual([]);
    });

    it('forgets who gives up', async () => {
      const rig = await house(makeStore, [{ ...DESK, members: ['a'] }]);
      await dial(rig, caller(0));
      await answer(rig, 'a');
      const leg = await dial(rig, caller(1));
      rig.exchange.farEnds(leg, 'normal');
      await rig.advance(100);
      expect(await rig.call()).toMatchObject({ state: 'ended', outcome: 'abandoned', waiting: null });
      expect((await overview(rig))[0]).toMatchObject({ waiting: 0, longestSince: null });
    });
  });

  describe('who cannot be kept', () => {
    it('is let go politely after the longest wait, also while it rings in vain', async () => {
      const rig = await house(makeStore, [{ ...DESK, members: ['a'], maxWaitSeconds: 30, ringSeconds: 20 }]);
      const leg = await dial(rig, caller(1));
      await rig.advance(35_000);
      // It rang at the thirtieth second: whoever is being rung may still answer.
      expect(rig.exchange.legsById.has(leg)).toBe(true);
      await rig.advance(20_000);
      expect(await rig.call()).toMatchObject({ state: 'ended', outcome: 'missed', waiting: null });
      expect(rig.exchange.leaks()).toEqual([]);
    });

    it('goes to another queue when the line is full, and to goodbye when that is full too', async () => {
      const rig = await house(makeStore, [
        { ...DESK, members: [], maxLength: 1, whenFull: { kind: 'queue', queueId: 'other' } },
        { ...OTHER, members: [], maxLength: 1, whenFull: { kind: 'queue', queueId: 'desk' } },
      ]);
      await dial(rig, caller(1));
      await dial(rig, caller(2));
      expect((await rig.call()).waiting).toMatchObject({ queueId: 'other', position: 1 });
      const leg = await dial(rig, caller(3));
      expect(rig.exchange.hears(leg)).toEqual(['nobody-available', 'goodbye']);
      await rig.advance(5_000);
      expect(await rig.call()).toMatchObject({ state: 'ended', outcome: 'missed' });
    });

    it('takes its time along into the next queue', async () => {
      const rig = await house(makeStore, [
        { ...DESK, members: [], maxWaitSeconds: 60, whenLong: { kind: 'queue', queueId: 'other' } },
        { ...OTHER, members: ['a'], numbers: [STRAIGHT] },
      ]);
      const first = await dial(rig, caller(0), STRAIGHT);
      await answer(rig, 'a');
      await dial(rig, caller(1));
      await rig.advance(30_000);
      await dial(rig, caller(2), STRAIGHT);
      await rig.advance(40_000);
      rig.exchange.farEnds(first, 'normal');
      await rig.advance(100);
      const [leg] = rig.exchange.ringingAt('a');
      expect(rig.exchange.legsById.get(leg as string)?.from).toBe(caller(1));
    });

    it('is told that it is closed, and goes on as the queue says', async () => {
      const closed: QueueOptions = {
        ...DESK,
        hours: { timeZone: 'Asia/Tehran', weekly: { monday: [{ from: '08:00', to: '16:00' }] } },
      };
      const rig = await house(makeStore, [closed]);
      const leg = await dial(rig, caller(1));
      expect(rig.exchange.hears(leg)).toEqual(['queue-closed', 'goodbye']);
      expect(ringsAt(rig, 'a', 'b', 'c')).toEqual([]);
      // The clock of these tests stands at a Sunday.
      expect(await overview(rig)).toMatchObject([{ open: false, opensAt: '2026-11-23T04:30:00.000Z', closesAt: null }]);
      await rig.advance(24 * 3_600_000);
      await dial(rig, caller(2));
      expect(ringsAt(rig, 'a', 'b', 'c')).toEqual(['a']);
      expect(await overview(rig)).toMatchObject([{ open: true, opensAt: null, closesAt: '2026-11-23T12:30:00.000Z' }]);
    });

    it('leaves a message where somebody takes them, and hears goodbye where nobody does', async () => {
      const taken: string[] = [];
      const overflow: OverflowHandlers = {
        async voicemail(call, box) {
          if (box !== 'desk-box') return false;
          taken.push(call.session.callerNumber);
          call.onDigit((digit) => {
            taken.push(digit);
            call.session.post(() => call.end('missed'));
          });
          return true;
        },
      };
      const full = (box: string): QueueOptions => ({ ...DESK, maxLength: 0, whenFull: { kind: 'voicemail', box } });
      const rig = await house(makeStore, [full('desk-box')], { overflow });
      const leg = await dial(rig, caller(1));
      rig.exchange.farKeys(leg, '#');
      await rig.advance(1_000);
      expect(taken).toEqual([caller(1), '#']);
      expect(await rig.call()).toMatchObject({ outcome: 'missed' });
      const without = await house(makeStore, [full('no-box')], { overflow });
      const other = await dial(without, caller(1));
      expect(without.exchange.hears(other)).toEqual(['nobody-available', 'goodbye']);
    });
  });
});
