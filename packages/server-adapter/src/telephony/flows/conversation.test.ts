import { describe, expect, it } from 'vitest';
import { requireCall } from '../../calls/index.ts';
import { describeStores } from '../../store/testing.ts';
import { ExchangeError } from '../exchange.ts';
import { createHouse, ring, talk } from './testing/dialling.ts';
import { CUSTOMER_NUMBER, type FlowRig, type FlowRigOptions, PUBLIC_NUMBER } from './testing/flow-rig.ts';

describeStores('conversation', (makeStore) => {
  const house = (options: FlowRigOptions = {}) =>
    createHouse(makeStore, { ...options, policy: { wrapUpSeconds: 0, ...options.policy } });
  const gaps = async (rig: FlowRig) =>
    JSON.parse((await rig.store.db.selectFrom('recordings').select('gaps').executeTakeFirstOrThrow()).gaps) as {
      fromMs: number;
      toMs: number;
      reason: string;
    }[];

  describe('hold', () => {
    it('follows the agent’s phone, gives the customer music, and adds the times up', async () => {
      const { rig } = await house();
      const { customer, agent } = await talk(rig, 'first');
      rig.exchange.farHolds(agent, true);
      await rig.advance(10_000);
      expect(rig.exchange.hears(customer)).toEqual(['hold-music']);
      expect((await rig.call()).hold.since).not.toBeNull();
      await rig.advance(20_000);
      // Music that ended is played again.
      expect(rig.exchange.hears(customer)).toEqual(['hold-music']);
      rig.exchange.farHolds(agent, false);
      await rig.settle();
      expect(rig.exchange.hears(customer)).toEqual([]);
      expect((await rig.call()).hold).toEqual({ since: null, totalMs: 30_000, alertAfterMs: 60_000 });
    });

    it('is done by the exchange for a responder on their own telephone', async () => {
      const { rig, first } = await house();
      const { customer, id } = await talk(rig, 'first');
      expect(await rig.calls('hold', { callId: id, held: true }, first)).toMatchObject({
        state: 'answered',
        hold: { since: expect.any(String) },
      });
      expect(rig.exchange.legsById.get(customer)?.onHold).toBe(true);
      await rig.calls('hold', { callId: id, held: false }, first);
      expect(rig.exchange.legsById.get(customer)?.onHold).toBe(false);
    });
  });

  describe('an agent whose line is lost', () => {
    it('is rung back in when they ask, under their old call, while the customer hears music; both parts are recorded', async () => {
      const { rig, first } = await house();
      const { customer, agent, id } = await talk(rig, 'first');
      await rig.advance(4_000);
      await rig.calls('resume', { callId: id }, first);
      expect(rig.exchange.legsById.has(agent)).toBe(false);
      const [again] = rig.exchange.ringingAt('first');
      expect(rig.exchange.headersOf(again as string)).toMatchObject({
        'X-Callweave-Call': id,
        'X-Callweave-Resume': '1',
      });
      expect(rig.exchange.hears(customer)).toEqual(['hold-music']);
      rig.exchange.farAnswers(again as string);
      await rig.settle();
      expect(rig.exchange.joined(customer, again as string)).toBe(true);
      expect(rig.exchange.hears(customer)).toEqual([]);
      expect(await rig.call()).toMatchObject({ id, state: 'answered', recording: { state: 'recording' } });
      await rig.advance(5_000);
      rig.exchange.farEnds(customer, 'normal');
      await rig.advance(3_000);
      expect((await rig.call()).recording.state).toBe('stored');
      const row = await rig.store.db
        .selectFrom('recordings')
        .select(['tracks', 'duration_ms'])
        .executeTakeFirstOrThrow();
      expect((JSON.parse(row.tracks) as { role: string }[]).map(({ role }) => role)).toEqual([
        'customer',
        'agent',
        'agent',
      ]);
      expect(rig.exchange.leaks()).toEqual([]);
    });

    it('keeps the customer when the line dies by itself, and rings as soon as the phone is back', async () => {
      const { rig } = await house();
      const { customer, agent } = await talk(rig, 'first');
      rig.exchange.unregister('first');
      rig.exchange.farEnds(agent, 'media-timeout');
      await rig.advance(5_000);
      expect(rig.exchange.hears(customer)).toEqual(['hold-music']);
      rig.exchange.register('first');
      await rig.settle();
      const [again] = rig.exchange.ringingAt('first');
      rig.exchange.farAnswers(again as string);
      await rig.advance(30_000);
      expect(rig.exchange.joined(customer, again as string)).toBe(true);
      expect((await rig.call()).state).toBe('answered');
    });

    it('ends the call when they do not come back in time', async () => {
      const { rig, first } = await house({ policy: { resumeGraceSeconds: 20 } });
      const { agent, id } = await talk(rig, 'first');
      rig.exchange.farEnds(agent, 'media-timeout');
      await rig.advance(19_000);
      expect((await rig.call()).state).toBe('answered');
      await rig.advance(4_000);
      expect(await rig.call()).toMatchObject({ state: 'ended', outcome: 'answered', recording: { state: 'stored' } });
      expect(rig.exchange.leaks()).toEqual([]);
      await expect(rig.calls('resume', { callId: id }, first)).rejects.toMatchObject({ code: 'call-not-live' });
    });

    it('says when the phone cannot be rung', async () => {
      const { rig, first } = await house();
      const { id } = await talk(rig, 'first');
      rig.exchange.unregister('first');
      await expect(rig.calls('resume', { callId: id }, first)).rejects.toMatchObject({ code: 'exchange-unavailable' });
      rig.exchange.register('first');
      await rig.settle();
      expect(rig.exchange.ringingAt('first')).toHaveLength(1);
    });
  });

  describe('recording', () => {
    const sealed = (rig: FlowRig, callId: string) =>
      rig.during(
        rig.write((tx) =>
          requireCall(tx, {
            callId,
            caller: { accountId: 'first', name: '', roles: ['agent'], branch: '' },
            level: 'sealed',
          }),
        ),
      );

    it('that cannot begin, or breaks, lets people talk but refuses orders, and the agent is told', async () => {
      for (const how of ['at once', 'later'] as const) {
        const { rig } = await house({
          faults:
            how === 'at once'
              ? { fault: (command) => (command === 'record' ? new ExchangeError('failed', 'disk full') : undefined) }
              : {},
        });
        const { customer, agent, id } = await talk(rig, 'first');
        if (how === 'later') rig.exchange.recordingBreaks(`${id}.agent.1`);
        await rig.settle();
        expect(rig.exchange.joined(customer, agent)).toBe(true);
        expect((await rig.events('account:first')).at(-1)?.recording.state).toBe('failed');
        await expect(sealed(rig, id)).rejects.toMatchObject({ code: 'recording-missing' });
      }
    });

    it('is fetched again when the exchange is away at the hang-up, and nothing is lost', async () => {
      const { rig } = await house();
      const { customer } = await talk(rig, 'first');
      await rig.advance(2_000);
      rig.exchange.farEnds(customer, 'normal');
      rig.exchange.disconnect();
      await rig.advance(8_000);
      expect((await rig.call()).recording.state).toBe('storing');
      rig.exchange.reconnect();
      await rig.advance(40_000);
      expect((await rig.call()).recording.state).toBe('stored');
      expect(await gaps(rig)).toEqual([]);
      expect(rig.exchange.leaks()).toEqual([]);
    });
  });

  describe('an exchange that was away', () => {
    it('takes up what happened meanwhile: an end, an answer, a new caller', async () => {
      const { rig } = await house();
      await rig.customer({ name: 'B', nationalCode: '0499370899', numbers: ['+989120000002'], responders: ['second'] });
      const talking = await talk(rig, 'first');
      const waiting = await ring(rig, '+989120000002');
      const [ringing] = rig.exchange.ringingAt('second');
      rig.exchange.disconnect();
      rig.exchange.farEnds(talking.customer, 'normal');
      rig.exchange.farAnswers(ringing as string);
      const third = rig.exchange.dial('+989120000009', PUBLIC_NUMBER);
      await rig.advance(6_000);
      rig.exchange.reconnect();
      await rig.advance(6_000);
      expect(
        await rig.store.db
          .selectFrom('calls')
          .select(['state', 'outcome'])
          .where('id', '=', talking.id)
          .executeTakeFirst(),
      ).toEqual({ state: 'ended', outcome: 'answered' });
      expect(rig.exchange.legsById.has(talking.agent)).toBe(false);
      expect(rig.exchange.joined(waiting, ringing as string)).toBe(true);
      expect(rig.exchange.ringingAt('group1')).toHaveLength(1);
      expect(rig.exchange.legsById.has(third)).toBe(true);
    });
  });

  describe('a restart of the adapter', () => {
    it('finds a conversation that the exchange carried on: joined, recorded, and ended as ever', async () => {
      const { rig, first } = await house();
      const { customer, agent, id } = await talk(rig, 'first');
      await rig.advance(3_000);
      await rig.restart('go-on', () => rig.advance(2_000));
      expect(await rig.calls('get', { callId: id }, first)).toMatchObject({
        state: 'answered',
        recording: { state: 'recording' },
      });
      expect(rig.exchange.joined(customer, agent)).toBe(true);
      await ring(rig, '+989120000009');
      rig.exchange.farHolds(agent, true);
      await rig.settle();
      expect((await rig.calls('get', { callId: id }, first)).hold.since).not.toBeNull();
      await rig.calls('hangup', { callId: id }, first);
      await rig.advance(3_000);
      expect(await rig.calls('get', { callId: id }, first)).toMatchObject({
        state: 'ended',
        outcome: 'answered',
        recording: { state: 'stored' },
      });
      expect(await gaps(rig)).toEqual([]);
      expect(rig.errors).toEqual([]);
    });

    it('keeps the agent busy, waits for one whose line was lost meanwhile, and lets them come back', async () => {
      const { rig, first } = await house();
      const { customer, agent, id } = await talk(rig, 'first');
      await rig.restart('go-on', () => {
        rig.exchange.farEnds(agent, 'media-timeout');
      });
      expect(rig.exchange.hears(customer)).toEqual(['hold-music']);
      await rig.calls('resume', { callId: id }, first);
      const [again] = rig.exchange.ringingAt('first');
      rig.exchange.farAnswers(again as string);
      await rig.settle();
      expect(rig.exchange.joined(customer, again as string)).toBe(true);
      await ring(rig);
      expect((await rig.call()).routing[0]).toMatchObject({ accountId: 'first', result: 'busy' });
    });

    it('rings on where it stopped, at whoever was being rung', async () => {
      const { rig } = await house();
      const customer = await ring(rig);
      rig.exchange.farEnds(rig.exchange.ringingAt('first')[0] as string, 'busy');
      await rig.settle();
      const old = rig.exchange.ringingAt('second');
      await rig.restart('go-on');
      await rig.advance(1_000);
      expect(rig.exchange.ringingAt('first')).toEqual([]);
      const [again] = rig.exchange.ringingAt('second');
      expect(old).not.toContain(again);
      rig.exchange.farAnswers(again as string);
      await rig.advance(5_000);
      expect(rig.exchange.joined(customer, again as string)).toBe(true);
      expect((await rig.call()).routing.map(({ result }) => result)).toEqual(['busy', 'failed', 'answered']);
    });

    it('joins an agent who answered while it was away', async () => {
      const { rig } = await house();
      const customer = await ring(rig);
      await rig.advance(5_000);
      const [agent] = rig.exchange.ringingAt('first');
      await rig.restart('go-on', () => rig.exchange.farAnswers(agent as string));
      await rig.settle();
      expect(rig.exchange.joined(customer, agent as string)).toBe(true);
      expect(await rig.call()).toMatchObject({ state: 'answered', agent: { id: 'first' } });
    });

    it('ends a call that died with it, and stores what was recorded, with the gap named', async () => {
      const { rig } = await house();
      await talk(rig, 'first');
      await rig.advance(2_000);
      await rig.restart('die', () => rig.advance(5_000));
      await rig.advance(3_000);
      expect(await rig.call()).toMatchObject({ state: 'ended', outcome: 'answered', recording: { state: 'stored' } });
      const [gap] = await gaps(rig);
      expect(gap).toMatchObject({ reason: 'restart' });
      expect(gap?.fromMs).toBeGreaterThanOrEqual(2_000);
      expect(rig.exchange.leaks()).toEqual([]);

      await ring(rig);
      await rig.restart('die');
      expect(await rig.call()).toMatchObject({ state: 'ended', outcome: 'failed' });
    });

    it('hangs up legs of calls that are over, and goes on with a wrap-up', async () => {
      const { rig, first } = await house({ policy: { wrapUpSeconds: 30 } });
      const { customer, id } = await talk(rig, 'first');
      rig.exchange.farEnds(customer, 'normal');
      await rig.advance(5_000);
      await rig.restart('go-on');
      expect((await rig.calls('get', { callId: id }, first)).state).toBe('wrap-up');
      await rig.advance(31_000);
      expect((await rig.calls('get', { callId: id }, first)).state).toBe('ended');
      await ring(rig);
      expect(rig.exchange.ringingAt('first')).toHaveLength(1);
    });
  });

  it('stops without losing what it knows: the next start goes on', async () => {
    const { rig, first } = await house();
    const { customer, agent, id } = await talk(rig, 'first');
    await rig.stop();
    expect(rig.exchange.joined(customer, agent)).toBe(true);
    await rig.restart('go-on');
    expect((await rig.calls('get', { callId: id }, first)).state).toBe('answered');
  });

  it('ends a call in the ledger and the store also when the store was away for a while', async () => {
    const { rig } = await house();
    const { customer } = await talk(rig, 'first', CUSTOMER_NUMBER);
    rig.breakStore(() => new Error('the disk is full'));
    rig.exchange.farEnds(customer, 'normal');
    await rig.advance(6_000);
    expect(rig.exchange.legsById.size).toBe(0);
    rig.breakStore(undefined);
    await rig.advance(6_000);
    expect(await rig.call()).toMatchObject({ state: 'ended', outcome: 'answered' });
    expect((await rig.ledger()).filter(({ action }) => action === 'call.ended')).toHaveLength(1);
  });
});
