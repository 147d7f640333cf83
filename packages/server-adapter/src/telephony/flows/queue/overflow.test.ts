import { expect, it } from 'vitest';
import { describeStores } from '../../../store/testing.ts';
import type { OverflowHandlers } from './overflow.ts';
import type { QueueOptions } from './queue-options.ts';
import { answer, caller, DESK, dial, house, OTHER, overview, ringsAt, STRAIGHT } from './testing/queue-house.ts';

describeStores('callers whom a queue cannot keep', (makeStore) => {
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
