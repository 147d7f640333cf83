import { contract } from '@callweave/sdk/protocol';
import { expect, it } from 'vitest';
import { callerOf } from '../../../http/testing/invoke.ts';
import { describeStores } from '../../../store/testing.ts';
import { createFlowRig, type FlowRig, PUBLIC_NUMBER } from '../testing/flow-rig.ts';
import type { QueueOptions } from './queue-options.ts';

const DESK: QueueOptions = {
  id: 'desk',
  names: { en: 'Desk', fa: 'میز', cs: 'Přepážka' },
  members: ['a'],
  restSeconds: 5,
  callbackAttempts: 2,
};
const ONE = '+989120000001';
const TWO = '+989120000002';
const OTHER = '+982188776655';

describeStores('keeping one’s place', (makeStore) => {
  /** The only member talks, and a caller waits. */
  async function house(more: Partial<QueueOptions> = {}) {
    const rig = await createFlowRig(makeStore, {
      policy: { wrapUpSeconds: 0, greeting: [] },
      queues: [{ ...DESK, ...more }],
    });
    await rig.account('a');
    const talking = await dial(rig, '+989120000000');
    rig.exchange.farAnswers(rig.exchange.ringingAt('a')[0] as string);
    await rig.settle();
    return { rig, freeMember: () => rig.exchange.farEnds(talking, 'normal') };
  }

  async function dial(rig: FlowRig, from: string): Promise<string> {
    const leg = rig.exchange.dial(from, PUBLIC_NUMBER);
    await rig.advance(5_000);
    return leg;
  }

  async function press(rig: FlowRig, leg: string, keys: string): Promise<void> {
    rig.exchange.farKeys(leg, keys);
    await rig.advance(1_000);
  }

  /** Presses the key, and confirms the number of the caller. */
  async function keepPlace(rig: FlowRig, leg: string): Promise<void> {
    await press(rig, leg, '1');
    await press(rig, leg, '1#');
    await rig.advance(10_000);
  }

  const callbacksOf = (rig: FlowRig) =>
    rig.store.db.selectFrom('queue_callbacks').selectAll().orderBy('since').execute();
  const rungOutside = (rig: FlowRig) =>
    [...rig.exchange.legsById.values()].find((leg) => leg.origin === 'ring' && leg.device?.kind === 'number');
  const callOf = async (rig: FlowRig, number: string) =>
    rig.store.db.selectFrom('calls').selectAll().where('caller_number', '=', number).executeTakeFirstOrThrow();
  const line = async (rig: FlowRig) =>
    (await rig.run(contract.queues.list, rig.centre.queues.list, {}, callerOf('boss', 'supervisor'))).queues[0];

  it('is offered with the place; who wants it hears the number, confirms it and hangs up with a promise', async () => {
    const { rig } = await house();
    const leg = rig.exchange.dial(ONE, PUBLIC_NUMBER);
    await rig.advance(100);
    expect(rig.exchange.hears(leg)).toEqual(['queue-position', 'number', 'queue-callback-offer', 'digits']);
    await rig.advance(5_000);
    await press(rig, leg, '1');
    expect(rig.exchange.hears(leg)).toEqual(['callback-number-is', 'digits', 'callback-confirm']);
    await press(rig, leg, '1#');
    expect(rig.exchange.hears(leg)).toEqual(['callback-agreed', 'goodbye']);
    await rig.advance(5_000);
    expect(rig.exchange.legsById.has(leg)).toBe(false);
    expect(await callOf(rig, ONE)).toMatchObject({ state: 'ended', outcome: 'callback', queue: null });
    expect(await callbacksOf(rig)).toMatchObject([{ number: ONE, called_number: PUBLIC_NUMBER, state: 'waiting' }]);
    expect(await line(rig)).toMatchObject({ waiting: 0, callbacks: 1 });
    expect(rig.errors).toEqual([]);
  });

  it('is called when it is their turn: before who came later, an agent first, then they, from the number they know', async () => {
    const { rig, freeMember } = await house();
    await keepPlace(rig, await dial(rig, ONE));
    const later = await dial(rig, TWO);
    freeMember();
    await rig.advance(200);
    const [agentLeg] = rig.exchange.ringingAt('a');
    expect(rig.exchange.legsById.get(agentLeg as string)?.from).toBe(ONE);
    // It rings: nobody has asked for it in a page.
    expect(rig.exchange.headersOf(agentLeg as string)).not.toHaveProperty('X-Callweave-Dial');
    expect(rungOutside(rig)).toBeUndefined();
    rig.exchange.farAnswers(agentLeg as string);
    await rig.advance(200);
    const outside = rungOutside(rig);
    expect(outside).toMatchObject({ to: ONE, from: PUBLIC_NUMBER });
    rig.exchange.farAnswers(outside?.id as string);
    await rig.advance(200);
    expect(rig.exchange.joined(agentLeg as string, outside?.id as string)).toBe(true);
    expect(await callbacksOf(rig)).toMatchObject([{ state: 'done' }]);
    expect(rig.exchange.legsById.has(later)).toBe(true);
    rig.exchange.farEnds(agentLeg as string, 'normal');
    await rig.advance(200);
    expect(rig.exchange.legsById.get(rig.exchange.ringingAt('a')[0] as string)?.from).toBe(TWO);
    expect((await rig.ledger()).map(({ action }) => action)).toEqual(
      expect.arrayContaining(['queue.place-kept', 'queue.called-back']),
    );
  });

  it('may be on another number of the country; what costs or rescues is refused, and who keys nothing waits on', async () => {
    const { rig } = await house();
    const leg = await dial(rig, ONE);
    await press(rig, leg, '1');
    await press(rig, leg, '110#');
    expect(rig.exchange.hears(leg)).toEqual(['callback-number-wrong']);
    await rig.advance(600);
    expect(rig.exchange.hears(leg)).toEqual(['callback-enter-number']);
    await press(rig, leg, '0042077712345#');
    await rig.advance(600);
    await press(rig, leg, '02188776655#');
    expect(await callbacksOf(rig)).toEqual([]);
    await press(rig, leg, '#');
    await rig.advance(3_000);
    expect(rig.exchange.hears(leg)[0]).toMatch(/queue-position|hold-music/);
    expect(await line(rig)).toMatchObject({ waiting: 1 });

    await press(rig, leg, '1');
    await press(rig, leg, '02188776655#');
    await press(rig, leg, '1#');
    await rig.advance(10_000);
    expect(await callbacksOf(rig)).toMatchObject([{ number: OTHER }]);
  });

  it('is kept over a restart, also one in the middle of the call back', async () => {
    const { rig, freeMember } = await house();
    await keepPlace(rig, await dial(rig, ONE));
    await rig.restart('go-on');
    expect(await line(rig)).toMatchObject({ callbacks: 1 });
    freeMember();
    await rig.advance(500);
    const [agentLeg] = rig.exchange.ringingAt('a');
    rig.exchange.farAnswers(agentLeg as string);
    await rig.advance(500);
    expect(rungOutside(rig)).toMatchObject({ to: ONE });
    await rig.restart('go-on', () => rig.advance(2_000));
    rig.exchange.farAnswers(rungOutside(rig)?.id as string);
    await rig.advance(1_000);
    expect(await callbacksOf(rig)).toMatchObject([{ state: 'done' }]);

    // Died while the member was being rung: nobody was reached, and nothing is forgotten.
    const other = await house();
    await keepPlace(other.rig, await dial(other.rig, ONE));
    other.freeMember();
    await other.rig.advance(500);
    expect(other.rig.exchange.ringingAt('a')).toHaveLength(1);
    await other.rig.restart('die');
    await other.rig.advance(60_000);
    expect(await callbacksOf(other.rig)).toMatchObject([{ state: 'calling', attempts: 0 }]);
    expect(other.rig.exchange.ringingAt('a')).toHaveLength(1);
  });

  it('is not lost because a member does not take it, or is not there', async () => {
    const { rig, freeMember } = await house();
    await keepPlace(rig, await dial(rig, ONE));
    freeMember();
    await rig.advance(500);
    rig.exchange.farEnds(rig.exchange.ringingAt('a')[0] as string, 'rejected');
    await rig.advance(1_000);
    expect(await callbacksOf(rig)).toMatchObject([{ state: 'waiting', attempts: 0 }]);
    rig.exchange.unregister('a');
    await rig.advance(120_000);
    expect(rig.exchange.ringingAt('a')).toEqual([]);
    const calls = await rig.store.db.selectFrom('calls').select('id').where('direction', '=', 'outbound').execute();
    expect(calls).toHaveLength(1);
    rig.exchange.register('a');
    await rig.advance(30_000);
    expect(rig.exchange.ringingAt('a')).toHaveLength(1);
  });

  it('is tried as often as the queue says; then the call they came with reads as missed', async () => {
    const { rig, freeMember } = await house();
    await keepPlace(rig, await dial(rig, ONE));
    freeMember();
    for (const cause of ['busy', 'no-answer'] as const) {
      for (let seconds = 0; rig.exchange.ringingAt('a').length === 0; seconds += 1) {
        expect(seconds).toBeLessThan(150);
        await rig.advance(1_000);
      }
      rig.exchange.farAnswers(rig.exchange.ringingAt('a')[0] as string);
      await rig.advance(500);
      rig.exchange.farEnds(rungOutside(rig)?.id as string, cause);
      await rig.advance(500);
    }
    expect(await callbacksOf(rig)).toMatchObject([{ state: 'failed', attempts: 2 }]);
    expect(await callOf(rig, ONE)).toMatchObject({ state: 'ended', outcome: 'missed' });
    expect(
      (await rig.events('role:supervisor')).some(
        ({ callerNumber, outcome }) => callerNumber === ONE && outcome === 'missed',
      ),
    ).toBe(true);
    await rig.advance(600_000);
    expect(rig.exchange.ringingAt('a')).toEqual([]);
    expect(rig.exchange.leaks()).toEqual([]);
  });

  it('is offered instead of goodbye where the queue says so, and nobody is called outside the opening hours', async () => {
    const { rig, freeMember } = await house({
      hours: {
        timeZone: 'Asia/Tehran',
        weekly: { sunday: [{ from: '12:00', to: '13:00' }], monday: [{ from: '09:00', to: '10:00' }] },
      },
      whenClosed: { kind: 'callback' },
      ringSeconds: 10,
    });
    freeMember();
    // Half past twelve in Tehran when the clock starts.
    await rig.advance(3_600_000);
    const leg = rig.exchange.dial(ONE, PUBLIC_NUMBER);
    await rig.advance(100);
    expect(rig.exchange.hears(leg)).toContain('callback-confirm');
    await press(rig, leg, '1#');
    await rig.advance(600_000);
    expect(rig.exchange.ringingAt('a')).toEqual([]);
    expect(await callbacksOf(rig)).toMatchObject([{ state: 'waiting' }]);
    await rig.advance(Date.parse('2026-11-23T05:30:30.000Z') - rig.time.now().getTime());
    expect(await callbacksOf(rig)).toMatchObject([{ state: 'waiting' }]);
    await rig.advance(61_000);
    expect(await callbacksOf(rig)).toMatchObject([
      { state: expect.stringMatching(/calling|waiting/), callback_call_id: expect.any(String) },
    ]);
  });
});
