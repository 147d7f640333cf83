import { describe, expect, it } from 'vitest';
import { describeStores } from '../../../store/testing.ts';
import {
  ACCESS,
  createVirtualRig,
  DEALER,
  EXCHANGE,
  FICTITIOUS,
  REAL,
  type VirtualRig,
} from '../testing/virtual-rig.ts';

const [FIRST, SECOND] = FICTITIOUS;

describeStores('an adapter that is killed during calls through fictitious numbers', (makeStore) => {
  async function house() {
    const rig = await createVirtualRig(makeStore);
    const caller = await rig.fieldCaller();
    await rig.pair(await rig.project('Bank branches'), FIRST, caller);
    await rig.pair(await rig.project('Dealers'), SECOND, caller);
    return rig;
  }

  async function menu(rig: VirtualRig) {
    const field = await rig.dials(REAL, ACCESS);
    await rig.keys(field, '1#');
    return { field };
  }

  async function dialling(rig: VirtualRig) {
    const { field } = await menu(rig);
    await rig.keys(field, `${DEALER.slice(4)}#`);
    return { field, callee: rig.ringingAtNumber(DEALER)?.id ?? '' };
  }

  async function talking(rig: VirtualRig) {
    const legs = await dialling(rig);
    rig.exchange.farAnswers(legs.callee);
    await rig.advance(2_000);
    expect(rig.exchange.joined(legs.field, legs.callee)).toBe(true);
    return legs;
  }

  /** The dealer was called, and calls back: it rings at the field caller. */
  async function calledBack(rig: VirtualRig) {
    const { field, callee } = await dialling(rig);
    rig.exchange.farEnds(callee, 'no-answer');
    await rig.advance(10_000);
    expect(rig.exchange.legsById.has(field)).toBe(false);
    const dealer = await rig.dials(DEALER, FIRST);
    return { dealer, field: rig.ringingAtNumber(REAL)?.id ?? '' };
  }

  async function over(rig: VirtualRig): Promise<void> {
    for (const leg of [...rig.exchange.legsById.values()]) rig.exchange.farEnds(leg.id, 'normal');
    await rig.advance(120_000);
    expect(rig.exchange.leaks()).toEqual([]);
    const { db } = rig.store;
    expect(await db.selectFrom('calls').select('id').where('state', '!=', 'ended').execute()).toEqual([]);
    expect(await db.selectFrom('field_calls').select('call_id').where('state', '!=', 'ended').execute()).toEqual([]);
    expect(await db.selectFrom('legs').select('id').where('state', '!=', 'ended').execute()).toEqual([]);
    expect(await db.selectFrom('recordings').select('id').where('state', 'not in', ['stored']).execute()).toEqual([]);
    expect(rig.errors).toEqual([]);
    await rig.stop();
  }

  describe('at an exchange that goes on', () => {
    it('in a menu: it is heard from the beginning', async () => {
      const rig = await house();
      const { field } = await menu(rig);
      await rig.restart('go-on');
      await rig.advance(200);
      // What was being said before is said to its end by the exchange itself.
      expect(rig.exchange.hears(field).at(-1)).toBe('virtual-enter-id');
      await rig.keys(field, '2#');
      await rig.keys(field, `${DEALER.slice(4)}#`);
      expect(rig.ringingAtNumber(DEALER)).toMatchObject({ from: SECOND });
      await over(rig);
    });

    it('while it rings at the other side: who answers is connected and recorded', async () => {
      const rig = await house();
      const { field, callee } = await dialling(rig);
      await rig.restart('go-on');
      await rig.advance(200);
      expect(rig.exchange.hears(field).at(-1)).toBe('ringback');
      rig.exchange.farAnswers(callee);
      await rig.advance(3_000);
      expect(rig.exchange.joined(field, callee)).toBe(true);
      expect(rig.exchange.tracks.size).toBe(2);
      await over(rig);
      expect(await rig.fieldCalls()).toMatchObject([{ outcome: 'answered' }]);
    });

    it('while it rings, and the answer comes while nobody is there to hear it', async () => {
      const rig = await house();
      const { field, callee } = await dialling(rig);
      await rig.restart('go-on', () => rig.exchange.farAnswers(callee));
      await rig.advance(500);
      expect(rig.exchange.joined(field, callee)).toBe(true);
      await over(rig);
    });

    it('while it rings, and the field caller gives up meanwhile', async () => {
      const rig = await house();
      const { field } = await dialling(rig);
      await rig.restart('go-on', () => rig.exchange.farEnds(field, 'normal'));
      await rig.advance(500);
      expect(rig.ringingAtNumber(DEALER)).toBeUndefined();
      await over(rig);
    });

    it('in a conversation: it goes on, recorded without a hole', async () => {
      const rig = await house();
      const { field, callee } = await talking(rig);
      await rig.restart('go-on');
      await rig.advance(2_000);
      expect(rig.exchange.joined(field, callee)).toBe(true);
      expect(await rig.call()).toMatchObject({ state: 'answered', recording: { state: 'recording' } });
      await over(rig);
      expect(await rig.call()).toMatchObject({ outcome: 'answered', recording: { state: 'stored' } });
    });

    it('while it rings at the field caller: answered, they talk', async () => {
      const rig = await house();
      const { dealer, field } = await calledBack(rig);
      await rig.restart('go-on');
      rig.exchange.farAnswers(field);
      await rig.advance(500);
      expect(rig.exchange.joined(dealer, field)).toBe(true);
      expect(await rig.cases()).toEqual([]);
      await over(rig);
    });

    it('while it rings at the field caller, who does not answer meanwhile: missed, once', async () => {
      const rig = await house();
      const { field } = await calledBack(rig);
      await rig.restart('go-on', () => rig.exchange.farEnds(field, 'no-answer'));
      await rig.advance(500);
      expect(await rig.cases()).toMatchObject([{ ordinal: 1, missed: 1 }]);
      expect(rig.sent).toHaveLength(1);
      await over(rig);
      expect(rig.sent).toHaveLength(1);
    });

    it('while the caller is told that nobody answers: not missed twice, no second message', async () => {
      const rig = await house();
      const { dealer } = await calledBack(rig);
      await rig.advance(25_500);
      expect(rig.exchange.hears(dealer)).toContain('virtual-nobody-answers');
      expect(rig.sent).toHaveLength(1);
      await rig.restart('go-on');
      await rig.advance(30_000);
      expect(await rig.cases()).toMatchObject([{ ordinal: 1, missed: 1 }]);
      expect(await rig.messages()).toHaveLength(1);
      await over(rig);
    });

    it('while their own phone rings for a call from the page: answered, it dials on; not answered, it ends', async () => {
      for (const answers of [true, false]) {
        const rig = await createVirtualRig(makeStore);
        const me = await rig.account('jana', { roles: ['field-caller'] });
        const caller = await rig.fieldCaller(REAL, { accountId: 'jana' });
        const pairing = await rig.pair(await rig.project('Bank branches'), FIRST, caller);
        const call = await rig.operate('fieldCalls', 'dial', { pairingId: pairing.id, to: DEALER }, me);
        const [own] = rig.exchange.ringingAt('jana');
        await rig.restart('go-on', () => {
          if (!answers) rig.exchange.farEnds(own ?? '', 'no-answer');
        });
        if (answers) {
          rig.exchange.farAnswers(own ?? '');
          await rig.advance(500);
          expect(rig.ringingAtNumber(DEALER)).toMatchObject({ from: FIRST });
          // It can be ended from the page as before.
          await rig.operate('fieldCalls', 'hangup', { callId: call.id }, me);
        }
        expect(await rig.fieldCalls()).toMatchObject([{ state: 'ended', outcome: answers ? 'abandoned' : 'failed' }]);
        expect(rig.ringingAtNumber(DEALER)).toBeUndefined();
        expect(await rig.cases()).toEqual([]);
        await over(rig);
      }
    });

    it('in the menu of callbacks: the same ordinals', async () => {
      const rig = await house();
      await calledBack(rig);
      await rig.advance(60_000);
      const field = await rig.dials(REAL, EXCHANGE);
      await rig.restart('go-on');
      await rig.advance(4_000);
      expect(rig.said(field)).toContain('virtual-one-callback');
      expect(rig.ringingAtNumber(DEALER)).toMatchObject({ from: FIRST });
      await over(rig);
    });
  });

  describe('at an exchange that dies with it', () => {
    it('in a menu: nothing is left', async () => {
      const rig = await house();
      await menu(rig);
      await rig.restart('die');
      expect(await rig.fieldCalls()).toEqual([]);
      await over(rig);
    });

    it('while it rings: ended and told apart', async () => {
      const rig = await house();
      await dialling(rig);
      await rig.restart('die');
      expect(await rig.fieldCalls()).toMatchObject([{ state: 'ended', outcome: 'failed' }]);
      await over(rig);
    });

    it('in a conversation: what was recorded is stored, and the gap is named', async () => {
      const rig = await house();
      await talking(rig);
      await rig.restart('die');
      await rig.advance(5_000);
      expect(await rig.call()).toMatchObject({ state: 'ended', outcome: 'answered', recording: { state: 'stored' } });
      await over(rig);
    });

    it('while it rings at the field caller: the call is not lost, they can return it', async () => {
      const rig = await house();
      await calledBack(rig);
      await rig.restart('die');
      expect(await rig.cases()).toMatchObject([{ ordinal: 1, missed: 1, state: 'open' }]);
      expect(rig.sent).toHaveLength(1);
      await over(rig);
    });
  });

  it('a store that is away when a call is missed: written and sent once, when it is back', async () => {
    const rig = await house();
    const { dealer } = await calledBack(rig);
    rig.breakStore(() => new Error('simulated: the disk is full'));
    await rig.advance(26_000);
    expect(rig.sent).toEqual([]);
    rig.breakStore(undefined);
    await rig.advance(5_000);
    expect(rig.said(dealer)).toContain('virtual-nobody-answers');
    expect(rig.sent).toHaveLength(1);
    expect(await rig.cases()).toMatchObject([{ missed: 1 }]);
    await over(rig);
  });

  it('a connection to the exchange that was away: who answered or left meanwhile has', async () => {
    const rig = await house();
    const { field, callee } = await dialling(rig);
    rig.exchange.disconnect();
    rig.exchange.farAnswers(callee);
    await rig.advance(2_000);
    rig.exchange.reconnect();
    await rig.advance(1_000);
    expect(rig.exchange.joined(field, callee)).toBe(true);
    rig.exchange.disconnect();
    rig.exchange.farEnds(callee, 'normal');
    await rig.advance(2_000);
    rig.exchange.reconnect();
    await rig.advance(5_000);
    expect(rig.exchange.legsById.has(field)).toBe(false);
    expect(await rig.call()).toMatchObject({ outcome: 'answered' });
    await over(rig);
  });
});
