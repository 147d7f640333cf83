import { describe, expect, it } from 'vitest';
import type { Caller } from '../../http/operation.ts';
import { describeStores } from '../../store/testing.ts';
import { createHouse, talk } from './testing/dialling.ts';
import { CUSTOMER_NUMBER, type FlowRig, type FlowRigOptions, PUBLIC_NUMBER } from './testing/flow-rig.ts';

const OUTSIDE = '+982166778899';
const NO_PIN: FlowRigOptions['verificationPolicy'] = {
  declared: { questions: 0, pin: true },
  undeclared: { questions: 0, pin: true },
  attemptsPerCall: 3,
  failuresBeforeLock: 10,
  failuresPerHour: 200,
  validForSeconds: 600,
  longHoldSeconds: 600,
};

describeStores('handing a call on', (makeStore) => {
  const house = (options: FlowRigOptions = {}) => createHouse(makeStore, options);
  const toAgent = (accountId: string) => ({ kind: 'agent', accountId }) as const;
  const outside = { kind: 'number', number: '021 6677 8899' } as const;
  const rung = (rig: FlowRig, account: string): string => {
    const [leg] = rig.exchange.ringingAt(account);
    if (leg === undefined) throw new Error(`It does not ring at ${account}.`);
    return leg;
  };
  const rungOutside = (rig: FlowRig): string => {
    const leg = [...rig.exchange.legsById.values()].find(({ origin, to }) => origin === 'ring' && to === OUTSIDE);
    if (leg === undefined) throw new Error('Nobody outside is rung.');
    expect(leg.from).toBe(PUBLIC_NUMBER);
    return leg.id;
  };
  const answers = async (rig: FlowRig, leg: string) => {
    rig.exchange.farAnswers(leg);
    await rig.settle();
  };
  const over = async (rig: FlowRig, customer: string) => {
    rig.exchange.farEnds(customer, 'normal');
    await rig.advance(90_000);
    expect(rig.exchange.leaks()).toEqual([]);
    expect(await rig.call()).toMatchObject({ state: 'ended', outcome: 'answered', parties: [] });
    expect(rig.errors).toEqual([]);
  };
  const transfer = (rig: FlowRig, callId: string, mode: 'blind' | 'attended', target: unknown, agent: Caller) =>
    rig.calls('transfer', { callId, mode, target: target as never }, agent);

  describe('blind', () => {
    it('rings at the other agent while the customer hears ringing; verification is void; the first agent is free', async () => {
      const { rig, first, other } = await house({ verificationPolicy: NO_PIN });
      const { customer, agent, id } = await talk(rig, 'first');
      await rig.verification('start', { callId: id }, first);
      await rig.verification('collectPin', { callId: id }, first);
      rig.exchange.farKeys(customer, '1234#');
      await rig.advance(5_000);
      expect((await rig.call()).verification.state).toBe('passed');

      await transfer(rig, id, 'blind', toAgent('other'), first);
      expect(rig.exchange.legsById.has(agent)).toBe(false);
      expect(rig.exchange.hears(customer)).toEqual(['ringback']);
      expect(await rig.call()).toMatchObject({
        state: 'ringing',
        agent: { id: 'other' },
        responderOrder: 'transfer',
        transfers: 1,
        verification: { state: 'expired', reason: 'transfer' },
      });
      // The first agent's page lets go of it, and of what it showed.
      expect((await rig.events('account:first')).at(-1)).toMatchObject({ id, state: 'ended', customer: null });
      await expect(rig.calls('hold', { callId: id, held: true }, first)).rejects.toMatchObject({
        code: 'call-not-yours',
      });

      const leg = rung(rig, 'other');
      await answers(rig, leg);
      expect(rig.exchange.joined(customer, leg)).toBe(true);
      expect(rig.exchange.hears(customer)).toEqual([]);
      expect(await rig.call()).toMatchObject({ state: 'answered', agent: { id: 'other' } });
      // Both agents are on one recording.
      expect([...rig.exchange.tracks.values()].filter(({ endedAt }) => endedAt === undefined)).toHaveLength(2);
      // Whoever handed it on can be rung at once: they have nothing to write.
      const next = await talk(rig, 'first', CUSTOMER_NUMBER);
      expect(rig.exchange.joined(next.customer, next.agent)).toBe(true);
      rig.exchange.farEnds(next.customer, 'normal');
      await rig.calls('hangup', { callId: id }, other);
      await rig.advance(90_000);
      expect(rig.exchange.leaks()).toEqual([]);
    });

    it('comes back to who handed it on when nobody takes it, and then to the group', async () => {
      const { rig, first } = await house();
      const { customer, id } = await talk(rig, 'first');
      await transfer(rig, id, 'blind', toAgent('other'), first);
      rig.exchange.farEnds(rung(rig, 'other'), 'rejected');
      await rig.settle();
      rig.exchange.farEnds(rung(rig, 'first'), 'no-answer');
      await rig.settle();
      await answers(rig, rung(rig, 'group2'));
      const call = await rig.call();
      expect(call).toMatchObject({ state: 'answered', agent: { id: 'group2' } });
      expect(call.routing.map(({ accountId, result }) => `${accountId} ${result}`).slice(1)).toEqual([
        'other declined',
        'first no-answer',
        'group1 answered-elsewhere',
        'group2 answered',
      ]);
      await over(rig, customer);
    });

    it('goes to the group, and to a number outside, which then has the customer without an agent', async () => {
      const { rig, first, group } = await house();
      const { customer, id } = await talk(rig, 'first');
      await transfer(rig, id, 'blind', { kind: 'group' }, first);
      await answers(rig, rung(rig, 'group1'));
      await transfer(rig, id, 'blind', outside, group);
      const leg = rungOutside(rig);
      expect(await rig.call()).toMatchObject({
        state: 'queued',
        agent: null,
        parties: [{ number: OUTSIDE, state: 'ringing' }],
      });
      await answers(rig, leg);
      expect(rig.exchange.joined(customer, leg)).toBe(true);
      expect(await rig.call()).toMatchObject({
        state: 'answered',
        agent: null,
        transfers: 2,
        parties: [{ number: OUTSIDE, state: 'talking', accountId: null }],
      });
      rig.exchange.farEnds(leg, 'normal');
      await rig.advance(1_000);
      expect(rig.exchange.legsById.size).toBe(0);
      await over(rig, customer);
    });

    it('brings a call to a number that does not answer back', async () => {
      const { rig, first } = await house();
      const { customer, id } = await talk(rig, 'first');
      await transfer(rig, id, 'blind', outside, first);
      rig.exchange.farEnds(rungOutside(rig), 'busy');
      await rig.settle();
      await answers(rig, rung(rig, 'first'));
      expect(await rig.call()).toMatchObject({ state: 'answered', agent: { id: 'first' }, transfers: 1 });
      await over(rig, customer);
    });

    it('says at once who cannot be rung, and what may not be dialled, and changes nothing', async () => {
      const { rig, first } = await house();
      await rig.account('away', { onLeave: true });
      await rig.account('gone', { registered: false });
      const { customer, agent, id } = await talk(rig, 'first');
      for (const target of [toAgent('away'), toAgent('gone'), toAgent('first'), toAgent('nobody')])
        await expect(transfer(rig, id, 'blind', target, first)).rejects.toMatchObject({ code: 'target-unavailable' });
      const refused = { '110': 'dial-emergency', '+989091234567': 'dial-premium', hello: 'dial-not-a-number' };
      for (const [number, code] of Object.entries(refused))
        await expect(transfer(rig, id, 'blind', { kind: 'number', number }, first)).rejects.toMatchObject({ code });
      expect(rig.exchange.joined(customer, agent)).toBe(true);
      expect(await rig.call()).toMatchObject({ state: 'answered', agent: { id: 'first' }, transfers: 0 });
      await over(rig, customer);
    });
  });

  describe('attended', () => {
    it('lets the agents speak alone while the customer hears music, and then leaves them together', async () => {
      const { rig, first, other } = await house();
      const { customer, agent, id } = await talk(rig, 'first');
      await transfer(rig, id, 'attended', toAgent('other'), first);
      const leg = rung(rig, 'other');
      expect(rig.exchange.headersOf(leg)['X-Callweave-Call']).toBe(id);
      expect(rig.exchange.hears(customer)).toEqual(['hold-music']);
      expect(rig.exchange.hears(agent)).toEqual(['ringback']);
      expect(await rig.call()).toMatchObject({
        state: 'answered',
        agent: { id: 'first' },
        parties: [{ accountId: 'other', name: 'Name of other', state: 'ringing' }],
        hold: { since: expect.any(String) },
      });
      // It rings at them: they may see it, decline it, and nothing more.
      expect((await rig.calls('list', { state: 'open' }, other)).calls).toHaveLength(1);
      await expect(rig.calls('hold', { callId: id, held: true }, other)).rejects.toMatchObject({
        code: 'call-not-yours',
      });

      await answers(rig, leg);
      expect(rig.exchange.joined(agent, leg)).toBe(true);
      expect(rig.exchange.joined(customer, agent)).toBe(false);
      expect((await rig.events('account:other')).at(-1)?.parties).toMatchObject([{ state: 'consulting' }]);

      await rig.calls('completeTransfer', { callId: id }, first);
      expect(rig.exchange.joined(customer, leg)).toBe(true);
      expect(rig.exchange.hears(customer)).toEqual([]);
      expect(rig.exchange.legsById.has(agent)).toBe(false);
      expect(await rig.call()).toMatchObject({
        agent: { id: 'other' },
        transfers: 1,
        parties: [],
        hold: { since: null },
      });
      expect((await rig.events('account:first')).at(-1)?.state).toBe('ended');
      // From here on it is theirs altogether.
      await rig.calls('hangup', { callId: id }, other);
      expect(await rig.call()).toMatchObject({ state: 'wrap-up', agent: { id: 'other' } });
      await over(rig, customer);
    });

    it('is completed by hanging up, and cancelled by a word, by a refusal and by who was asked', async () => {
      const { rig, first, other } = await house();
      const { customer, agent, id } = await talk(rig, 'first');
      const backWithCustomer = async () => {
        expect(rig.exchange.joined(customer, agent)).toBe(true);
        expect(rig.exchange.hears(customer)).toEqual([]);
        expect(rig.exchange.hears(agent)).toEqual([]);
        expect(await rig.call()).toMatchObject({ agent: { id: 'first' }, hold: { since: null }, transfers: 0 });
        expect(rig.exchange.ringingAt('other')).toEqual([]);
      };
      await transfer(rig, id, 'attended', toAgent('other'), first);
      await rig.calls('cancelTransfer', { callId: id }, first);
      await backWithCustomer();
      await transfer(rig, id, 'attended', toAgent('other'), first);
      await rig.calls('decline', { callId: id }, other);
      await backWithCustomer();
      expect((await rig.call()).parties).toMatchObject([{ accountId: 'other', state: 'failed', reason: 'declined' }]);
      await transfer(rig, id, 'attended', toAgent('other'), first);
      await answers(rig, rung(rig, 'other'));
      await rig.calls('hangup', { callId: id }, other);
      await backWithCustomer();
      await transfer(rig, id, 'attended', outside, first);
      rig.exchange.farEnds(rungOutside(rig), 'busy');
      await rig.settle();
      await backWithCustomer();
      expect((await rig.call()).parties).toMatchObject([{ number: OUTSIDE, state: 'failed', reason: 'busy' }]);

      await transfer(rig, id, 'attended', toAgent('other'), first);
      const leg = rung(rig, 'other');
      await answers(rig, leg);
      rig.exchange.farEnds(agent, 'normal');
      await rig.settle();
      expect(rig.exchange.joined(customer, leg)).toBe(true);
      expect(await rig.call()).toMatchObject({ agent: { id: 'other' }, transfers: 1 });
      await over(rig, customer);
    });

    it('ends for everybody when the customer hangs up meanwhile', async () => {
      const { rig, first } = await house();
      const { customer, id } = await talk(rig, 'first');
      await transfer(rig, id, 'attended', toAgent('other'), first);
      await answers(rig, rung(rig, 'other'));
      rig.exchange.farEnds(customer, 'normal');
      await rig.settle();
      expect(rig.exchange.legsById.size).toBe(0);
      expect((await rig.events('account:other')).at(-1)?.state).toBe('ended');
      await over(rig, customer);
      await talk(rig, 'other').catch(() => {});
    });

    it('keeps the customer waiting, and the one who was asked, while the agent’s page is reloaded', async () => {
      const { rig, first } = await house();
      const { customer, agent, id } = await talk(rig, 'first');
      await transfer(rig, id, 'attended', toAgent('other'), first);
      const leg = rung(rig, 'other');
      await answers(rig, leg);
      rig.exchange.farEnds(agent, 'failed');
      await rig.settle();
      await rig.calls('resume', { callId: id }, first);
      const back = rung(rig, 'first');
      await answers(rig, back);
      expect(rig.exchange.joined(back, leg)).toBe(true);
      expect(rig.exchange.hears(customer)).toEqual(['hold-music']);
      await rig.calls('completeTransfer', { callId: id }, first);
      expect(rig.exchange.joined(customer, leg)).toBe(true);
      await over(rig, customer);
    });
  });

  describe('three', () => {
    it('hear each other, one may be removed, and who was consulted may be let in', async () => {
      const { rig, first } = await house();
      const { customer, agent, id } = await talk(rig, 'first');
      await rig.calls('conference', { callId: id, target: toAgent('other') }, first);
      // They go on talking while it rings.
      expect(rig.exchange.joined(customer, agent)).toBe(true);
      expect(rig.exchange.hears(customer)).toEqual([]);
      const leg = rung(rig, 'other');
      await answers(rig, leg);
      for (const [a, b] of [
        [customer, agent],
        [customer, leg],
        [agent, leg],
      ] as const)
        expect(rig.exchange.joined(a, b)).toBe(true);
      const [party] = (await rig.call()).parties;
      expect(party).toMatchObject({ accountId: 'other', state: 'talking' });
      await expect(transfer(rig, id, 'blind', toAgent('second'), first)).rejects.toMatchObject({
        code: 'third-in-call',
      });
      await rig.calls('removeParty', { callId: id, partyId: party?.id as string }, first);
      expect(rig.exchange.legsById.has(leg)).toBe(false);
      expect((await rig.call()).parties).toEqual([]);

      await transfer(rig, id, 'attended', outside, first);
      const consulted = rungOutside(rig);
      await answers(rig, consulted);
      expect(rig.exchange.joined(customer, consulted)).toBe(false);
      await rig.calls('conference', { callId: id }, first);
      expect(rig.exchange.joined(customer, consulted)).toBe(true);
      expect(rig.exchange.joined(agent, consulted)).toBe(true);
      expect(await rig.call()).toMatchObject({
        hold: { since: null },
        parties: [{ number: OUTSIDE, state: 'talking' }],
      });
      rig.exchange.farEnds(consulted, 'normal');
      await rig.settle();
      expect(rig.exchange.joined(customer, agent)).toBe(true);
      await over(rig, customer);
    });
  });

  describe('after a restart', () => {
    it('finds a consultation: the customer still waits, and the call can be handed over', async () => {
      const { rig, first } = await house();
      const { customer, agent, id } = await talk(rig, 'first');
      await transfer(rig, id, 'attended', toAgent('other'), first);
      const leg = rung(rig, 'other');
      await answers(rig, leg);
      await rig.restart('go-on');
      expect(rig.exchange.joined(agent, leg)).toBe(true);
      expect(rig.exchange.joined(customer, agent)).toBe(false);
      expect(rig.exchange.hears(customer)).toContain('hold-music');
      await rig.calls('completeTransfer', { callId: id }, first);
      expect(rig.exchange.joined(customer, leg)).toBe(true);
      await rig.restart('go-on');
      expect(await rig.call()).toMatchObject({ state: 'answered', agent: { id: 'other' }, transfers: 1 });
      expect(rig.exchange.joined(customer, leg)).toBe(true);
      await over(rig, customer);
    });

    it('brings the customer back from a consultation whose other side is gone, and keeps three together', async () => {
      const { rig, first } = await house();
      const { customer, agent, id } = await talk(rig, 'first');
      await transfer(rig, id, 'attended', toAgent('other'), first);
      const leg = rung(rig, 'other');
      await answers(rig, leg);
      await rig.restart('go-on', () => rig.exchange.farEnds(leg, 'normal'));
      expect(rig.exchange.joined(customer, agent)).toBe(true);
      expect(await rig.call()).toMatchObject({ parties: [], hold: { since: null } });
      await rig.calls('conference', { callId: id, target: outside }, first);
      const third = rungOutside(rig);
      await answers(rig, third);
      await rig.restart('go-on');
      expect(rig.exchange.joined(customer, third)).toBe(true);
      expect((await rig.call()).parties).toMatchObject([{ number: OUTSIDE, state: 'talking' }]);
      await over(rig, customer);
    });

    it('goes on ringing at whom it was handed to', async () => {
      const { rig, first } = await house();
      const { customer, id } = await talk(rig, 'first');
      await transfer(rig, id, 'blind', toAgent('other'), first);
      await rig.restart('go-on');
      const leg = rung(rig, 'other');
      await answers(rig, leg);
      expect(rig.exchange.joined(customer, leg)).toBe(true);
      expect(await rig.call()).toMatchObject({ state: 'answered', agent: { id: 'other' }, transfers: 1 });
      await over(rig, customer);
    });
  });

  it('when the store is away nothing is handed on, and everybody talks on', async () => {
    const { rig, first } = await house();
    const { customer, agent, id } = await talk(rig, 'first');
    rig.breakStore(() => new Error('simulated: the disk is full'));
    for (const mode of ['blind', 'attended'] as const)
      await expect(transfer(rig, id, mode, toAgent('other'), first)).rejects.toThrow('simulated');
    await expect(rig.calls('conference', { callId: id, target: outside }, first)).rejects.toThrow('simulated');
    rig.breakStore(undefined);
    expect(rig.exchange.joined(customer, agent)).toBe(true);
    expect(rig.exchange.hears(customer)).toEqual([]);
    await transfer(rig, id, 'blind', toAgent('other'), first);
    await answers(rig, rung(rig, 'other'));
    await over(rig, customer);
  });
});
