import { describe, expect, it } from 'vitest';
import { describeStores } from '../../store/testing.ts';
import type { HangupCause } from '../exchange.ts';
import { createHouse, talk } from './testing/dialling.ts';
import { CUSTOMER_NUMBER, type FlowRig, type FlowRigOptions, PUBLIC_NUMBER } from './testing/flow-rig.ts';

describeStores('a call that goes out', (makeStore) => {
  const house = (options: FlowRigOptions = {}) => createHouse(makeStore, options);
  const rungNumber = (rig: FlowRig): string | undefined =>
    [...rig.exchange.legsById.values()].find(({ origin, device }) => origin === 'ring' && device?.kind === 'number')
      ?.id;
  const ownPhone = (rig: FlowRig): string => {
    const [leg] = rig.exchange.ringingAt('first');
    if (leg === undefined) throw new Error('The own phone does not ring.');
    return leg;
  };
  const answers = async (rig: FlowRig, leg: string | undefined) => {
    rig.exchange.farAnswers(leg as string);
    await rig.settle();
  };

  it('rings the agent first, then the number with our number as caller; matched, recorded, wrapped up', async () => {
    const { rig, first, customer } = await house();
    const dialled = await rig.calls('dial', { to: '0912 123 4567' }, first);
    expect(dialled).toMatchObject({
      direction: 'outbound',
      kind: 'desk',
      state: 'ringing',
      callerNumber: PUBLIC_NUMBER,
      calledNumber: CUSTOMER_NUMBER,
      presentedNumber: PUBLIC_NUMBER,
      customer: { id: customer.id },
      numberDeclared: true,
      agent: { id: 'first' },
      responderOrder: null,
    });
    const own = ownPhone(rig);
    expect(rig.exchange.headersOf(own)).toMatchObject({
      'X-Callweave-Call': dialled.id,
      'X-Callweave-Dial': dialled.id,
    });
    expect(rungNumber(rig)).toBeUndefined();
    await answers(rig, own);
    expect(rig.exchange.hears(own)).toEqual(['ringback']);
    const far = rungNumber(rig) as string;
    expect(rig.exchange.legsById.get(far)).toMatchObject({ from: PUBLIC_NUMBER, to: CUSTOMER_NUMBER });
    await answers(rig, far);
    expect(rig.exchange.joined(own, far)).toBe(true);
    expect(rig.exchange.hears(own)).toEqual([]);
    expect([...rig.exchange.tracks.keys()]).toHaveLength(2);
    expect(await rig.call()).toMatchObject({ state: 'answered', recording: { state: 'recording' } });
    await rig.advance(10_000);
    await rig.calls('hangup', { callId: dialled.id }, first);
    expect(await rig.call()).toMatchObject({ state: 'wrap-up', outcome: 'answered' });
    await rig.calls('wrapUp', { callId: dialled.id, disposition: 'done' }, first);
    await rig.advance(5_000);
    expect(await rig.call()).toMatchObject({ state: 'ended', recording: { state: 'stored' } });
    expect(rig.exchange.leaks()).toEqual([]);
    expect((await rig.ledger()).map(({ action }) => action)).toContain('call.dialled');
  });

  it.each([
    ['busy', 'busy'],
    ['no-answer', 'no-answer'],
    ['rejected', 'rejected'],
    ['unreachable', 'unreachable'],
    ['failed', 'failed'],
  ] as const)('tells how the number took it: %s', async (cause: HangupCause, outcome) => {
    const { rig, first } = await house();
    await rig.calls('dial', { to: CUSTOMER_NUMBER }, first);
    await answers(rig, ownPhone(rig));
    rig.exchange.farEnds(rungNumber(rig) as string, cause);
    await rig.settle();
    expect(await rig.call()).toMatchObject({ state: 'ended', outcome, wrapUp: null });
    expect(rig.exchange.leaks()).toEqual([]);
    // They may be rung and dial again at once.
    await rig.calls('dial', { to: CUSTOMER_NUMBER }, first);
  });

  it('rings nobody outside when the agent does not take it up, or gives up', async () => {
    const { rig, first } = await house();
    const { id } = await rig.calls('dial', { to: CUSTOMER_NUMBER }, first);
    await rig.calls('hangup', { callId: id }, first);
    expect(await rig.call()).toMatchObject({ state: 'ended', outcome: 'abandoned' });
    await rig.calls('dial', { to: CUSTOMER_NUMBER }, first);
    rig.exchange.farEnds(ownPhone(rig), 'rejected');
    await rig.settle();
    expect(await rig.call()).toMatchObject({ state: 'ended', outcome: 'abandoned' });
    await rig.calls('dial', { to: CUSTOMER_NUMBER }, first);
    await answers(rig, ownPhone(rig));
    const far = rungNumber(rig) as string;
    rig.exchange.farEnds([...rig.exchange.legsById.keys()].find((leg) => leg !== far) as string, 'normal');
    await rig.settle();
    expect(await rig.call()).toMatchObject({ state: 'ended', outcome: 'abandoned' });
    expect(rig.exchange.leaks()).toEqual([]);
  });

  it('refuses what may not be dialled, numbers that are not ours, and a second call', async () => {
    const { rig, first, other } = await house();
    const refused = (input: Parameters<typeof rig.calls<'dial'>>[1], code: string) =>
      expect(rig.calls('dial', input, first)).rejects.toMatchObject({ code });
    await refused({ to: '110' }, 'dial-emergency');
    await refused({ to: '+989091112222' }, 'dial-premium');
    await refused({ to: 'mother' }, 'dial-not-a-number');
    await refused({ to: CUSTOMER_NUMBER, callerId: '+989120000000' }, 'caller-id-not-ours');
    rig.exchange.unregister('first');
    await refused({ to: CUSTOMER_NUMBER }, 'exchange-unavailable');
    expect(await rig.call()).toMatchObject({ state: 'ended', outcome: 'failed' });
    rig.exchange.register('first');
    const { agent } = await talk(rig, 'first');
    await refused({ to: CUSTOMER_NUMBER }, 'in-a-call');
    expect(rig.exchange.legsById.has(agent)).toBe(true);
    await rig.calls('dial', { to: CUSTOMER_NUMBER, callerId: PUBLIC_NUMBER }, other);
  });

  it('is made by those who make calls, and not offered to those who only make them', async () => {
    const { rig } = await house();
    const inbound = await rig.account('takes', { callMode: 'inbound' });
    const outbound = await rig.account('makes', { callMode: 'outbound', inGroup: true });
    await expect(rig.calls('dial', { to: CUSTOMER_NUMBER }, inbound)).rejects.toMatchObject({ code: 'not-allowed' });
    expect(await rig.calls('dial', { to: CUSTOMER_NUMBER }, outbound)).toMatchObject({ agent: { id: 'makes' } });
    rig.exchange.farEnds(rig.exchange.ringingAt('makes')[0] as string, 'rejected');
    await rig.settle();
    rig.exchange.dial('anonymous', PUBLIC_NUMBER);
    await rig.advance(500);
    expect(rig.exchange.ringingAt('group1')).toHaveLength(1);
    expect(rig.exchange.ringingAt('makes')).toEqual([]);
    expect((await rig.call()).routing).toContainEqual(
      expect.objectContaining({ accountId: 'makes', result: 'outbound-only' }),
    );
  });

  it('is of the customer whom the agent means, whoever has that number', async () => {
    const { rig, first } = await house();
    const reza = await rig.customer({ name: 'Reza', nationalCode: '0499370899', numbers: ['+989120000002'] });
    const call = await rig.calls('dial', { to: CUSTOMER_NUMBER, customerId: reza.id }, first);
    expect(call).toMatchObject({ customer: { id: reza.id }, numberDeclared: false });
    await expect(rig.calls('dial', { to: CUSTOMER_NUMBER, customerId: 'nobody' }, first)).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  it('is found again after a restart, ringing or talking, and ends where its agent is gone', async () => {
    const { rig, first } = await house();
    await rig.calls('dial', { to: CUSTOMER_NUMBER }, first);
    const own = ownPhone(rig);
    await answers(rig, own);
    await rig.restart('go-on');
    const far = rungNumber(rig) as string;
    await answers(rig, far);
    expect(rig.exchange.joined(own, far)).toBe(true);
    await rig.restart('go-on');
    expect(await rig.call()).toMatchObject({ direction: 'outbound', state: 'answered', agent: { id: 'first' } });
    expect(rig.exchange.joined(own, far)).toBe(true);
    rig.exchange.farEnds(far, 'normal');
    await rig.advance(90_000);
    expect(rig.exchange.leaks()).toEqual([]);

    await rig.calls('dial', { to: CUSTOMER_NUMBER }, first);
    const again = ownPhone(rig);
    await answers(rig, again);
    await rig.restart('go-on', () => rig.exchange.farEnds(again, 'normal'));
    await rig.advance(5_000);
    expect(await rig.call()).toMatchObject({ state: 'ended', outcome: 'failed' });
    expect(rig.exchange.leaks()).toEqual([]);
  });

  it('can be handed on like any other', async () => {
    const { rig, first } = await house();
    const { id } = await rig.calls('dial', { to: CUSTOMER_NUMBER }, first);
    await answers(rig, ownPhone(rig));
    const far = rungNumber(rig) as string;
    await answers(rig, far);
    await rig.calls('transfer', { callId: id, mode: 'blind', target: { kind: 'agent', accountId: 'other' } }, first);
    const [leg] = rig.exchange.ringingAt('other');
    await answers(rig, leg);
    expect(rig.exchange.joined(far, leg as string)).toBe(true);
    expect(await rig.call()).toMatchObject({ state: 'answered', agent: { id: 'other' } });
  });

  describe('what an agent does with a call', () => {
    it('pauses the recording with a reason that is kept, and no order can be sealed meanwhile', async () => {
      const { rig, first } = await house();
      const { customer, id } = await talk(rig, 'first');
      await rig.advance(3_000);
      await rig.calls('pauseRecording', { callId: id, reason: 'payment-card' }, first);
      expect((await rig.call()).recording).toMatchObject({ state: 'paused', pauseReason: 'payment-card' });
      expect([...rig.exchange.tracks.values()].every(({ paused }) => paused)).toBe(true);
      await expect(rig.verification('changePin', { callId: id }, first)).rejects.toThrow();
      await rig.advance(4_000);
      await rig.restart('go-on');
      expect((await rig.call()).recording).toMatchObject({ state: 'paused', pauseReason: 'payment-card' });
      await rig.calls('resumeRecording', { callId: id }, first);
      expect((await rig.call()).recording).toMatchObject({ state: 'recording', pauseReason: null });
      expect([...rig.exchange.tracks.values()].some(({ paused }) => paused)).toBe(false);
      await expect(rig.calls('resumeRecording', { callId: id }, first)).rejects.toMatchObject({
        code: 'recording-not-running',
      });
      await rig.calls('pauseRecording', { callId: id, reason: 'secret' }, first);
      await rig.advance(2_000);
      rig.exchange.farEnds(customer, 'normal');
      await rig.advance(90_000);
      const { gaps } = await rig.store.db.selectFrom('recordings').select('gaps').executeTakeFirstOrThrow();
      expect(
        (JSON.parse(gaps) as { reason: string; fromMs: number; toMs: number }[]).map(({ reason }) => reason),
      ).toEqual(['payment-card', 'secret']);
    });

    it('tags it, during the call and after it, and nobody else does', async () => {
      const { rig, first, other } = await house();
      const { customer, id } = await talk(rig, 'first');
      expect(await rig.calls('tag', { callId: id, tags: ['complaint', 'complaint', 'شکایت'] }, first)).toMatchObject({
        tags: ['complaint', 'شکایت'],
      });
      await expect(rig.calls('tag', { callId: id, tags: [] }, other)).rejects.toMatchObject({ code: 'call-not-yours' });
      rig.exchange.farEnds(customer, 'normal');
      await rig.advance(90_000);
      expect(await rig.calls('tag', { callId: id, tags: ['done'] }, first)).toMatchObject({ tags: ['done'] });
    });

    it('sees whom to bring in', async () => {
      const { rig, first } = await house();
      await rig.account('away', { onLeave: true });
      const targets = await rig.calls('targets', {}, first);
      expect(targets.callerIds).toEqual([PUBLIC_NUMBER]);
      expect(targets.groupFree).toBe(2);
      expect(targets.agents.find(({ accountId }) => accountId === 'away')?.refusal).toBe('on-leave');
      expect(targets.agents.map(({ accountId }) => accountId)).not.toContain('first');
      expect((await rig.calls('targets', { search: 'other' }, first)).agents).toEqual([
        { accountId: 'other', name: 'Name of other', refusal: null },
      ]);
    });
  });
});
