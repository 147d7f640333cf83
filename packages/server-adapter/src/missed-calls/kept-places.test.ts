import { contract, type MissedCall } from '@callweave/sdk/protocol';
import { expect, it } from 'vitest';
import { read } from '../http/testing/invoke.ts';
import { createMessages } from '../messages/index.ts';
import { describeStores } from '../store/testing.ts';
import { keptPlaceOf } from '../telephony/flows/queue/callbacks.ts';
import { createFlowRig, type FlowRig, PUBLIC_NUMBER } from '../telephony/flows/testing/flow-rig.ts';
import { createMissedCalls } from './index.ts';
import { createMissedCallOperations } from './operations.ts';
import { DEFAULT_MISSED_CALL_POLICY } from './policy.ts';
import { SUPERVISOR } from './testing/case-rig.ts';

const CALLER = '+989120000001';
const OFFICE = '+982188776655';

describeStores('callers who kept their place in a queue', (makeStore) => {
  /** The only member talks, and somebody waits; missed calls are followed as in the adapter. */
  async function house() {
    const rig = await createFlowRig(makeStore, {
      policy: { wrapUpSeconds: 0, greeting: [] },
      queues: [
        {
          id: 'desk',
          names: { en: 'Desk', fa: 'میز', cs: 'Přepážka' },
          members: ['a'],
          restSeconds: 5,
          callbackAttempts: 2,
        },
      ],
    });
    const errors: unknown[] = [];
    const { store, directory } = rig;
    const missedCalls = createMissedCalls({
      store,
      directory,
      messages: createMessages({ store, sms: undefined }),
      clock: rig.time,
      keptPlace: keptPlaceOf,
      onError: (error) => errors.push(error),
    });
    await missedCalls.start?.();
    const { list } = createMissedCallOperations({ store, clock: rig.time, policy: DEFAULT_MISSED_CALL_POLICY });
    const cases = async (state: 'open' | 'closed' = 'open'): Promise<MissedCall[]> => {
      await rig.during(missedCalls.caughtUp());
      expect(errors).toEqual([]);
      return (await read(contract.missedCalls.list, list, { state }, SUPERVISOR)).missedCalls;
    };
    await rig.account('a');
    await dial(rig, '+989120000000');
    const [talking] = rig.exchange.ringingAt('a');
    rig.exchange.farAnswers(talking as string);
    await rig.settle();
    return {
      rig,
      cases,
      freeMember: () => rig.exchange.farEnds(talking as string, 'normal'),
      async stop() {
        await missedCalls.stop?.();
        expect(rig.errors).toEqual([]);
      },
    };
  }

  async function dial(rig: FlowRig, from: string): Promise<string> {
    const leg = rig.exchange.dial(from, PUBLIC_NUMBER);
    await rig.advance(5_000);
    return leg;
  }

  async function keepPlace(rig: FlowRig, leg: string, ...keys: string[]): Promise<void> {
    for (const each of ['1', ...keys, '1#']) {
      rig.exchange.farKeys(leg, each);
      await rig.advance(1_000);
    }
    await rig.advance(10_000);
    expect(rig.exchange.legsById.has(leg)).toBe(false);
  }

  const rungOutside = (rig: FlowRig) =>
    [...rig.exchange.legsById.values()].find((leg) => leg.origin === 'ring' && leg.device?.kind === 'number');

  /** The member takes the call that is made for them, and the customer's number is rung. */
  async function callsBack(rig: FlowRig): Promise<string> {
    for (let seconds = 0; rig.exchange.ringingAt('a').length === 0; seconds += 1) {
      expect(seconds).toBeLessThan(150);
      await rig.advance(1_000);
    }
    rig.exchange.farAnswers(rig.exchange.ringingAt('a')[0] as string);
    await rig.advance(500);
    const outside = rungOutside(rig);
    if (outside === undefined) throw new Error('Nobody outside is rung.');
    return outside.id;
  }

  async function calledBackInVain(rig: FlowRig): Promise<void> {
    for (const cause of ['busy', 'no-answer'] as const) {
      rig.exchange.farEnds(await callsBack(rig), cause);
      await rig.advance(500);
    }
  }

  it('are no missed call while they wait at home, and one when they could not be reached: once, also over a restart', async () => {
    const { rig, cases, freeMember, stop } = await house();
    await keepPlace(rig, await dial(rig, CALLER));
    expect(await cases()).toEqual([]);
    freeMember();
    await calledBackInVain(rig);
    const missed = { number: CALLER, calledNumber: PUBLIC_NUMBER, count: 1, attempts: 2, lastOutcome: 'missed' };
    expect(await cases()).toMatchObject([{ ...missed, state: 'open', claim: null }]);
    await rig.restart('go-on');
    await rig.advance(600_000);
    expect(await cases()).toMatchObject([missed]);
    expect(rig.exchange.ringingAt('a')).toEqual([]);

    // They ring again, and are answered.
    const leg = await dial(rig, CALLER);
    rig.exchange.farAnswers(rig.exchange.ringingAt('a')[0] as string);
    await rig.settle();
    expect(await cases()).toEqual([]);
    expect(await cases('closed')).toMatchObject([{ end: { reason: 'rang-again' } }]);
    rig.exchange.farEnds(leg, 'normal');
    await stop();
  });

  it('are looked for at the number that they keyed, also when their own was withheld', async () => {
    const { rig, cases, freeMember, stop } = await house();
    await keepPlace(rig, await dial(rig, ''), '02188776655#');
    freeMember();
    await calledBackInVain(rig);
    expect(await cases()).toMatchObject([{ number: OFFICE, count: 1, attempts: 2 }]);
    await stop();
  });

  it('are called no more, and missed by nobody, once they have rung again and were answered', async () => {
    const { rig, cases, freeMember, stop } = await house();
    await keepPlace(rig, await dial(rig, CALLER));
    freeMember();
    rig.exchange.farEnds(await callsBack(rig), 'busy');
    await rig.advance(500);
    const leg = await dial(rig, CALLER);
    rig.exchange.farAnswers(rig.exchange.ringingAt('a')[0] as string);
    await rig.advance(500);
    rig.exchange.farEnds(leg, 'normal');
    await rig.advance(900_000);
    expect(rig.exchange.ringingAt('a')).toEqual([]);
    expect(rungOutside(rig)).toBeUndefined();
    expect(await cases()).toEqual([]);
    expect((await rig.ledger()).map(({ action }) => action)).toContain('queue.rang-again');
    await stop();
  });
});
