import { expect, it } from 'vitest';
import type { Caller } from '../../../http/operation.ts';
import { describeStores } from '../../../store/testing.ts';
import { createVirtualRig, DEALER, EXCHANGE, FICTITIOUS, REAL, type VirtualRig } from '../testing/virtual-rig.ts';

const [FIRST] = FICTITIOUS;

describeStores('field callers who call from the page', (makeStore) => {
  async function house(device: 'browser' | 'number' = 'browser') {
    const rig = await createVirtualRig(makeStore);
    const me = await rig.account('jana', {
      roles: ['field-caller'],
      device: device === 'browser' ? { kind: 'browser' } : { kind: 'number', number: '+420777777777' },
    });
    const other = await rig.account('petr', { roles: ['field-caller'] });
    const project = await rig.project('Bank branches', { info: 'Ask for a mortgage.', numbering: 'CZ' });
    const caller = await rig.fieldCaller(REAL, { accountId: 'jana' });
    await rig.fieldCaller('+420601000222', { accountId: 'petr' });
    const pairing = await rig.pair(project, FIRST, caller);
    return { rig, me, other, project, pairing };
  }

  const refused = (work: Promise<unknown>) =>
    work.then(
      () => 'done',
      (error: { code?: string; message: string }) => error.code ?? error.message,
    );

  /** Every event of one kind that reached an account, in order. */
  async function events(rig: VirtualRig, type: string, account: Caller) {
    const rows = await rig.store.db.selectFrom('events').selectAll().where('type', '=', type).orderBy('seq').execute();
    return rows
      .filter(({ audience }) => (JSON.parse(audience) as string[]).includes(`account:${account.accountId}`))
      .map(({ data }) => JSON.parse(data) as Record<string, unknown>);
  }

  it('rings the browser phone, then the number, which sees the fictitious one', async () => {
    const { rig, me, pairing } = await house();
    expect(await rig.operate('fieldCalls', 'pairings', {}, me)).toMatchObject({
      pairings: [{ id: pairing.id, fictitiousNumber: FIRST, project: { info: 'Ask for a mortgage.' } }],
      exchangeNumber: EXCHANGE,
    });
    const call = await rig.operate('fieldCalls', 'dial', { pairingId: pairing.id, to: '541 234 567' }, me);
    expect(call).toMatchObject({ kind: 'out', state: 'own-phone', dialled: DEALER, fictitiousNumber: FIRST });
    const [own] = rig.exchange.ringingAt('jana');
    expect(rig.exchange.headersOf(own ?? '')).toMatchObject({
      'X-Callweave-Call': call.id,
      'X-Callweave-Dial': call.id,
    });
    expect(await refused(rig.operate('fieldCalls', 'dial', { pairingId: pairing.id, to: DEALER }, me))).toBe(
      'in-a-call',
    );
    rig.exchange.farAnswers(own ?? '');
    await rig.advance(500);
    const dealer = rig.ringingAtNumber(DEALER);
    expect(dealer).toMatchObject({ from: FIRST });
    rig.exchange.farAnswers(dealer?.id ?? '');
    await rig.advance(2_000);
    expect(rig.exchange.joined(own ?? '', dealer?.id ?? '')).toBe(true);
    expect(await rig.operate('fieldCalls', 'hangup', { callId: call.id }, me)).toMatchObject({
      state: 'ended',
      outcome: 'answered',
    });
    // Asking twice is no error.
    await rig.operate('fieldCalls', 'hangup', { callId: call.id }, me);
    expect((await events(rig, 'field-call', me)).map(({ state }) => state)).toEqual([
      'own-phone',
      'dialling',
      'answered',
      'ended',
    ]);
    await rig.advance(10_000);
    expect(rig.exchange.leaks()).toEqual([]);
    await rig.stop();
  });

  it('rings the paired telephone where calls do not reach them in the browser, and never another one', async () => {
    const { rig, me, pairing } = await house('number');
    await rig.operate('fieldCalls', 'dial', { pairingId: pairing.id, to: DEALER }, me);
    expect(rig.ringingAtNumber(REAL)).toMatchObject({ from: EXCHANGE });
    expect(rig.ringingAtNumber('+420777777777')).toBeUndefined();
    await rig.advance(26_000);
    expect(await rig.fieldCalls()).toMatchObject([{ state: 'ended', outcome: 'abandoned' }]);
    expect(rig.ringingAtNumber(DEALER)).toBeUndefined();
    await rig.stop();
  });

  it('refuses what the policy refuses, with its reason, before anything rings', async () => {
    const { rig, me, pairing, project } = await house();
    await rig.operate('projects', 'update', {
      projectId: project.id,
      dialPolicy: { countries: ['420'], allowed: [`${DEALER.slice(0, 7)}*`], premium: ['+420900'] },
    });
    for (const [to, code] of [
      ['112', 'dial-emergency'],
      ['1 5 8', 'dial-emergency'],
      ['900 123 456', 'dial-premium'],
      ['+49 30 901820', 'dial-country'],
      ['777 123 456', 'dial-not-listed'],
      ['12', 'dial-not-a-number'],
      [FIRST, 'dial-not-listed'],
      [EXCHANGE, 'dial-not-listed'],
    ] as const)
      expect(await refused(rig.operate('fieldCalls', 'dial', { pairingId: pairing.id, to }, me)), to).toBe(code);
    expect([...rig.exchange.legsById.keys()]).toEqual([]);
    expect(await rig.fieldCalls()).toEqual([]);
    await rig.stop();
  });

  it('a phone that is not there: the call ends, and says so', async () => {
    const { rig, me, pairing } = await house();
    rig.exchange.unregister('jana');
    expect(await refused(rig.operate('fieldCalls', 'dial', { pairingId: pairing.id, to: DEALER }, me))).toBe(
      'exchange-unavailable',
    );
    const { calls } = await rig.operate('fieldCalls', 'list', {}, me);
    expect(calls).toMatchObject([{ state: 'ended', outcome: 'abandoned' }]);
    // It is no call that goes on.
    rig.exchange.register('jana');
    await rig.operate('fieldCalls', 'dial', { pairingId: pairing.id, to: DEALER }, me);
    expect(rig.exchange.ringingAt('jana')).toHaveLength(1);
    await rig.stop();
  });

  it('a missed call is shown without a number, and returned by a click', async () => {
    const { rig, me, pairing } = await house();
    await rig.operate('fieldCalls', 'dial', { pairingId: pairing.id, to: DEALER }, me);
    rig.exchange.farAnswers(rig.exchange.ringingAt('jana')[0] ?? '');
    await rig.advance(500);
    rig.exchange.farEnds(rig.ringingAtNumber(DEALER)?.id ?? '', 'no-answer');
    await rig.advance(10_000);
    const dealer = await rig.dials(DEALER, FIRST);
    await rig.advance(26_000);
    expect(rig.exchange.hears(dealer)).toEqual(['virtual-nobody-answers', 'goodbye']);
    await rig.advance(10_000);
    const { calls, cases } = await rig.operate('fieldCalls', 'list', {}, me);
    expect(cases).toMatchObject([{ ordinal: 1, state: 'open', project: { name: 'Bank branches' } }]);
    expect(JSON.stringify(cases)).not.toContain(DEALER.slice(1));
    // Who dialled a number knows it; who was called does not tell theirs.
    expect(calls.map(({ kind, dialled }) => [kind, dialled])).toEqual([
      ['in', null],
      ['out', DEALER],
    ]);
    expect(JSON.stringify(await events(rig, 'callback-case', me))).not.toContain(DEALER.slice(1));
    const caseId = cases[0]?.id ?? '';
    const back = await rig.operate('fieldCalls', 'callBack', { caseId, via: 'telephone' }, me);
    expect(back).toMatchObject({ kind: 'callback', dialled: null });
    rig.exchange.farAnswers(rig.ringingAtNumber(REAL)?.id ?? '');
    await rig.advance(500);
    expect(rig.ringingAtNumber(DEALER)).toMatchObject({ from: FIRST });
    rig.exchange.farAnswers(rig.ringingAtNumber(DEALER)?.id ?? '');
    await rig.advance(500);
    expect((await rig.operate('fieldCalls', 'list', {}, me)).cases).toEqual([]);
    await rig.operate('fieldCalls', 'hangup', { callId: back.id }, me);
    expect(await refused(rig.operate('fieldCalls', 'callBack', { caseId }, me))).toBe('callback-closed');
    await rig.stop();
  });

  it('another field caller finds nothing of it', async () => {
    const { rig, me, other, pairing } = await house();
    const call = await rig.operate('fieldCalls', 'dial', { pairingId: pairing.id, to: DEALER }, me);
    expect(await refused(rig.operate('fieldCalls', 'dial', { pairingId: pairing.id, to: DEALER }, other))).toBe(
      'not-found',
    );
    expect(await refused(rig.operate('fieldCalls', 'hangup', { callId: call.id }, other))).toBe('not-found');
    expect(await refused(rig.operate('fieldCalls', 'callBack', { caseId: 'callback_1' }, other))).toBe('not-found');
    expect(await rig.operate('fieldCalls', 'list', {}, other)).toEqual({ calls: [], cases: [] });
    expect(await rig.operate('fieldCalls', 'pairings', {}, other)).toMatchObject({ pairings: [] });
    expect(await events(rig, 'field-call', other)).toEqual([]);
    await rig.operate('pairings', 'end', { pairingId: pairing.id });
    expect(await refused(rig.operate('fieldCalls', 'dial', { pairingId: pairing.id, to: DEALER }, me))).toBe(
      'pairing-over',
    );
    await rig.stop();
  });
});
