import { describe, expect, it } from 'vitest';
import { describeStores } from '../../../store/testing.ts';
import {
  answer,
  caller,
  DESK,
  dial,
  house,
  OTHER,
  overview,
  placesOf,
  ringsAt,
  rowsOf,
  STRAIGHT,
} from './testing/queue-house.ts';

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
        // Also a restart does not make the last the first.
        if (round === 2) await rig.restart('go-on');
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

    it('rings at nobody any more once a fax machine is heard, and tells it so', async () => {
      const rig = await house(makeStore, [DESK]);
      const leg = await dial(rig, caller(1));
      expect(ringsAt(rig, 'a', 'b', 'c')).toEqual(['a']);
      rig.exchange.hearFaxTone(leg);
      await rig.settle();
      expect(ringsAt(rig, 'a', 'b', 'c')).toEqual([]);
      expect(rig.exchange.hears(leg)).toEqual(['no-fax', 'goodbye']);
      expect((await overview(rig))[0]).toMatchObject({ waiting: 0 });
      await rig.advance(10_000);
      expect(await rowsOf(rig)).toMatchObject([{ state: 'ended', outcome: 'rejected' }]);
      expect(rig.exchange.leaks()).toEqual([]);
      expect(rig.errors).toEqual([]);
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
});
