import { contract, type InputOf, type OutputOf, type Presence } from '@callweave/sdk/protocol';
import { afterEach, expect, it } from 'vitest';
import type { Caller } from '../http/operation.ts';
import { callerOf, change, read } from '../http/testing/invoke.ts';
import { describeStores } from '../store/testing.ts';
import { ring, talk } from '../telephony/flows/testing/dialling.ts';
import { createFlowRig, type FlowRig, type FlowRigOptions } from '../telephony/flows/testing/flow-rig.ts';
import { createTestDesk } from '../testing/desk.ts';
import { createPresence, type PresenceDomain, type PresencePolicy } from './index.ts';

const SUPERVISOR = callerOf('boss', 'supervisor');

describeStores('presence', (makeStore) => {
  const running: PresenceDomain[] = [];
  afterEach(() => Promise.all(running.splice(0).map((domain) => domain.stop())));

  async function start(rig: FlowRig, policy?: Partial<PresencePolicy>) {
    const presence = createPresence({
      store: rig.store,
      clock: rig.time,
      exchange: rig.exchange,
      policy,
      timers: rig.time,
      wrapUpExtended: (callId, accountId, until) => rig.centre.wrapUpExtended(callId, accountId, until),
      onError: (error) => rig.errors.push(String(error)),
    });
    running.push(presence);
    await presence.start();
    const settle = async () => {
      await rig.settle();
      await rig.during(presence.caughtUp());
    };
    const operations = presence.operations.presence;
    const act = <K extends 'setOwn' | 'set' | 'extendWrapUp'>(
      name: K,
      input: InputOf<(typeof contract.presence)[K]>,
      caller: Caller,
    ): Promise<OutputOf<(typeof contract.presence)[K]>> =>
      rig.during(
        change(rig.store, contract.presence[name], operations[name] as never, input as never, caller),
      ) as never;
    const all = async (): Promise<Record<string, Presence>> => {
      await settle();
      const { presences } = await read(contract.presence.list, operations.list, {}, SUPERVISOR);
      return Object.fromEntries(presences.map((each) => [each.accountId, each]));
    };
    /** What was published to this audience, in order. */
    const told = async (audience: string, accountId: string) => {
      await settle();
      const rows = await rig.store.db
        .selectFrom('events')
        .selectAll()
        .where('type', '=', 'presence')
        .orderBy('seq')
        .execute();
      return rows
        .filter((row) => (JSON.parse(row.audience) as string[]).includes(audience))
        .map(({ data }) => JSON.parse(data) as Presence)
        .filter((each) => each.accountId === accountId)
        .map(({ state }) => state);
    };
    return { presence, operations, settle, act, all, told };
  }

  async function house(options: FlowRigOptions = {}, policy?: Partial<PresencePolicy>) {
    const rig = await createFlowRig(makeStore, options);
    const first = await rig.account('first');
    const second = await rig.account('second');
    await rig.account('boss', { roles: ['supervisor'], registered: false });
    await rig.account('mobile', { device: { kind: 'number', number: '+989127654321' }, inGroup: true });
    await rig.customer({ responders: ['first', 'second'] });
    return { rig, first, second, ...(await start(rig, policy)) };
  }

  it('follows an agent through a call: ready, busy, wrap-up, ready; each with its instant, told to them and to supervisors', async () => {
    const { rig, all, told } = await house({ policy: { wrapUpSeconds: 30 } });
    expect(await all()).toMatchObject({
      first: { state: 'ready', phone: 'registered', callId: null },
      boss: { state: 'offline', phone: 'unregistered' },
      mobile: { state: 'ready', phone: 'telephone' },
    });
    const call = await talk(rig, 'first');
    expect((await all())['first']).toMatchObject({
      state: 'busy',
      callId: call.id,
      since: (await rig.call()).answeredAt,
    });
    await rig.advance(10_000);
    rig.exchange.farEnds(call.customer, 'normal');
    await rig.settle();
    expect((await all())['first']).toMatchObject({
      state: 'wrap-up',
      since: (await rig.call()).endedAt,
      wrapUp: { until: (await rig.call()).wrapUp?.until, extendable: true },
    });
    await rig.advance(31_000);
    expect((await all())['first']).toMatchObject({ state: 'ready', callId: null, wrapUp: null });
    expect(await told('role:supervisor', 'first')).toEqual(['ready', 'busy', 'wrap-up', 'ready']);
    expect(await told('account:first', 'first')).toEqual(['ready', 'busy', 'wrap-up', 'ready']);
    expect(await told('account:second', 'first')).toEqual([]);
    expect(rig.errors).toEqual([]);
  });

  it('shows whoever was brought into a call as busy, until they are out of it', async () => {
    const { rig, first, all } = await house({ policy: { wrapUpSeconds: 0 } });
    const { id, customer } = await talk(rig, 'first');
    await rig.calls('conference', { callId: id, target: { kind: 'agent', accountId: 'second' } }, first);
    expect((await all())['second']?.state).toBe('ready');
    rig.exchange.farAnswers(rig.exchange.ringingAt('second')[0] as string);
    await rig.settle();
    expect((await all())['second']).toMatchObject({ state: 'busy', callId: id });
    rig.exchange.farEnds(customer, 'normal');
    await rig.settle();
    expect(await all()).toMatchObject({ first: { state: 'ready' }, second: { state: 'ready', callId: null } });
  });

  it('shows a supervisor who listens or whispers as busy, and rings at them for nobody, until they leave', async () => {
    const { rig, all, told } = await house({ policy: { wrapUpSeconds: 0 } });
    const boss2 = await rig.account('boss2', { roles: ['supervisor'], inGroup: true });
    await rig.customer({ nationalCode: '0499370899', numbers: ['+989127777777'] });
    const supervise = (name: 'listen' | 'whisper' | 'leave', input: object) =>
      rig.run(contract.supervision[name], rig.centre.supervision[name], input as never, boss2);
    const { id } = await talk(rig, 'first');
    await supervise('listen', { callId: id, reason: 'training' });
    rig.exchange.farAnswers(rig.exchange.ringingAt('boss2')[0] as string);
    await rig.settle();
    expect((await all())['boss2']).toMatchObject({ state: 'busy', callId: id });
    const { since } = (await all())['boss2'] as Presence;
    await rig.advance(5_000);
    await supervise('whisper', { callId: id });
    expect((await all())['boss2']).toMatchObject({ state: 'busy', callId: id, since });
    // Goes to the group: another member of it is rung.
    await ring(rig, '+989127777777');
    expect(rig.exchange.ringingAt('boss2')).toEqual([]);
    expect((await rig.call()).routing).toContainEqual(expect.objectContaining({ accountId: 'boss2', result: 'busy' }));

    await rig.restart('go-on');
    expect((await all())['boss2']).toMatchObject({ state: 'busy', callId: id });
    await supervise('leave', { callId: id });
    expect((await all())['boss2']).toMatchObject({ state: 'ready', callId: null });
    expect((await told('role:supervisor', 'boss2')).at(-1)).toBe('ready');
    await ring(rig, '+989127777777');
    expect(rig.exchange.ringingAt('boss2')).toHaveLength(1);
    expect(rig.errors).toEqual([]);
  });

  it('is passed over while not ready or undisturbed, with a reason to be seen; ready again, it rings', async () => {
    const { rig, first, act, all } = await house();
    const declared = await act('setOwn', { ready: false, reason: 'lunch' }, first);
    expect(declared).toMatchObject({ state: 'not-ready', reason: 'lunch', declaredBy: 'first' });
    await rig.advance(60_000);
    // Saying the same again is no change.
    expect((await act('setOwn', { ready: false, reason: 'lunch' }, first)).since).toBe(declared.since);
    await ring(rig);
    expect((await rig.call()).routing).toMatchObject([
      { accountId: 'first', result: 'not-ready' },
      { accountId: 'second', result: 'ringing' },
    ]);
    await act('setOwn', { ready: true, doNotDisturb: true }, first);
    expect((await all())['first']).toMatchObject({ state: 'do-not-disturb', ready: true, reason: null });
    await ring(rig);
    expect((await rig.call()).routing[0]).toMatchObject({ accountId: 'first', result: 'not-ready' });
    await act('setOwn', { ready: true, doNotDisturb: false }, first);
    await ring(rig);
    expect(rig.exchange.ringingAt('first')).toHaveLength(1);
  });

  it('rings at a named responder who is not ready where the house wants it so, but never through do-not-disturb', async () => {
    const { rig, first, act } = await house({ policy: { notReadyResponders: 'ring' } });
    await act('setOwn', { ready: false, reason: 'training' }, first);
    const leg = await ring(rig);
    expect(rig.exchange.ringingAt('first')).toHaveLength(1);
    rig.exchange.farEnds(leg, 'normal');
    await act('setOwn', { ready: false, reason: 'training', doNotDisturb: true }, first);
    await ring(rig);
    expect(rig.exchange.ringingAt('first')).toHaveLength(0);
  });

  it('lets a supervisor set somebody, which is written down; a reason that is not listed is refused', async () => {
    const { rig, first, act, all } = await house();
    await expect(act('setOwn', { ready: false }, first)).rejects.toMatchObject({ code: 'unknown-reason' });
    await expect(act('setOwn', { ready: false, reason: 'golf' }, first)).rejects.toMatchObject({
      code: 'unknown-reason',
    });
    await expect(act('set', { accountId: 'nobody', ready: true }, SUPERVISOR)).rejects.toMatchObject({
      code: 'not-found',
    });
    await act('set', { accountId: 'first', ready: false, reason: 'meeting' }, SUPERVISOR);
    expect((await all())['first']).toMatchObject({ state: 'not-ready', reason: 'meeting', declaredBy: 'boss' });
    expect((await rig.ledger()).filter(({ action }) => action === 'presence.declared')).toMatchObject([
      { actor: 'boss', data: JSON.stringify({ doNotDisturb: false, ready: false, reason: 'meeting' }) },
    ]);
    await act('setOwn', { ready: true }, first);
    expect((await all())['first']).toMatchObject({ state: 'ready', declaredBy: 'first' });
  });

  it('extends a wrap-up once, and only while it runs; the agent is left alone until then', async () => {
    const { rig, first, act, all } = await house({ policy: { wrapUpSeconds: 30 } }, { wrapUpExtensionSeconds: 60 });
    await expect(act('extendWrapUp', {}, first)).rejects.toMatchObject({ code: 'wrap-up-not-extendable' });
    const call = await talk(rig, 'first');
    rig.exchange.farEnds(call.customer, 'normal');
    await rig.advance(20_000);
    const before = Date.parse((await rig.call()).wrapUp?.until ?? '');
    expect(await act('extendWrapUp', {}, first)).toMatchObject({
      state: 'wrap-up',
      wrapUp: { until: new Date(before + 60_000).toISOString(), extendable: false },
    });
    await expect(act('extendWrapUp', {}, first)).rejects.toMatchObject({ code: 'wrap-up-not-extendable' });
    await rig.advance(45_000);
    expect((await all())['first']).toMatchObject({ state: 'wrap-up' });
    await ring(rig);
    expect(rig.exchange.ringingAt('first')).toHaveLength(0);
    await rig.advance(30_000);
    expect((await all())['first']).toMatchObject({ state: 'ready' });
  });

  it('is right again after a call was lost, the phone went and the adapter was killed', async () => {
    const { rig, all, presence, first, act } = await house({ policy: { wrapUpSeconds: 0, resumeGraceSeconds: 5 } });
    await act('setOwn', { ready: false, reason: 'break' }, first);
    rig.exchange.unregister('second');
    expect(await all()).toMatchObject({ first: { state: 'not-ready' }, second: { state: 'offline' } });
    await act('setOwn', { ready: true }, first);
    const call = await talk(rig, 'first');
    expect((await all())['first']?.state).toBe('busy');

    // The exchange carries nothing on; phones come and go while nobody looks.
    await presence.stop();
    await rig.restart('die', () => rig.exchange.register('second'));
    const again = await start(rig);
    await rig.advance(3_000);
    expect(rig.exchange.legsById.has(call.agent)).toBe(false);
    expect(await again.all()).toMatchObject({ first: { state: 'ready', callId: null }, second: { state: 'ready' } });

    // The connection was away while a phone went.
    rig.exchange.disconnect();
    rig.exchange.unregister('first');
    rig.exchange.reconnect();
    await rig.advance(3_000);
    expect((await again.all())['first']).toMatchObject({ state: 'offline', phone: 'unregistered' });
  });

  it('knows no phone before the exchange is up, and after it went, without complaining; then every one of them', async () => {
    const { rig, all, presence } = await house();
    expect((await all())['first']).toMatchObject({ phone: 'registered' });
    await presence.stop();
    rig.exchange.disconnect();
    const again = await start(rig);
    expect(await again.all()).toMatchObject({
      first: { state: 'ready', phone: 'unknown' },
      boss: { state: 'ready', phone: 'unknown' },
      mobile: { phone: 'telephone' },
    });
    rig.exchange.reconnect();
    expect(await again.all()).toMatchObject({ first: { phone: 'registered' }, boss: { phone: 'unregistered' } });
    rig.exchange.disconnect();
    expect((await again.all())['first']).toMatchObject({ phone: 'unknown' });
    rig.exchange.reconnect();
    expect((await again.all())['first']).toMatchObject({ phone: 'registered' });
    expect(rig.errors).toEqual([]);
  });

  it('shows an agent what they are themselves, and whoever takes no calls nothing', async () => {
    const { operations, first } = await house();
    expect(await read(contract.presence.own, operations.own, {}, first)).toMatchObject({
      presence: { accountId: 'first' },
      reasons: [{ id: 'break' }, { id: 'lunch' }, { id: 'training' }, { id: 'meeting' }, { id: 'back-office' }],
    });
    await expect(read(contract.presence.own, operations.own, {}, callerOf('manager', 'manager'))).rejects.toMatchObject(
      { code: 'not-found' },
    );
  });

  it('over HTTP: an agent sees and sets themselves alone, a supervisor everybody, a manager only looks', async () => {
    const desk = await createTestDesk(await makeStore());
    const [agent, supervisor, manager] = [
      await desk.as('agent'),
      await desk.as('supervisor'),
      await desk.as('manager'),
    ];
    expect((await agent('GET', '/presence/own')).body).toMatchObject({ presence: { accountId: agent.accountId } });
    expect((await agent('GET', '/presence')).code).toBe('not-allowed');
    const other = `/presence/${supervisor.accountId}`;
    const lunch = { ready: false, reason: 'lunch' };
    expect((await agent('PATCH', other, lunch)).code).toBe('not-allowed');
    expect((await manager('PATCH', other, lunch)).code).toBe('not-allowed');
    expect((await agent('PATCH', '/presence/own', lunch)).body).toMatchObject({ state: 'not-ready', reason: 'lunch' });
    expect((await manager('GET', '/presence')).body.presences).toContainEqual(
      expect.objectContaining({ accountId: agent.accountId, state: 'not-ready', declaredBy: agent.accountId }),
    );
    expect((await supervisor('PATCH', `/presence/${agent.accountId}`, { ready: true })).body).toMatchObject({
      ready: true,
      declaredBy: supervisor.accountId,
    });
    expect((await supervisor('PATCH', `/presence/${manager.accountId}`, lunch)).code).toBe('not-found');
    expect((await agent('POST', '/presence/own/wrap-up')).code).toBe('wrap-up-not-extendable');
    expect((await agent('GET', '/queues')).body).toEqual({ queues: [] });
    await desk.stop();
  });
});
