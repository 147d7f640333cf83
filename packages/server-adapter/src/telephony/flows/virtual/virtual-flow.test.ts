import { expect, it } from 'vitest';
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

describeStores('calls through fictitious numbers', (makeStore) => {
  /** One field caller with one number, or with two of two projects. */
  async function house(numbers: 1 | 2 = 1, more = {}) {
    const rig = await createVirtualRig(makeStore, more);
    const project = await rig.project('Bank branches', { numbering: 'CZ' });
    const caller = await rig.fieldCaller();
    const pairing = await rig.pair(project, FIRST, caller);
    if (numbers === 2) await rig.pair(await rig.project('Dealers', { numbering: 'CZ' }), SECOND, caller);
    return { rig, project, caller, pairing };
  }

  async function over(rig: VirtualRig): Promise<void> {
    for (const leg of [...rig.exchange.legsById.values()]) rig.exchange.farEnds(leg.id, 'normal');
    await rig.advance(30_000);
    expect(rig.exchange.leaks()).toEqual([]);
    expect(rig.errors).toEqual([]);
    expect(
      await rig.store.db.selectFrom('recordings').select('state').where('state', '!=', 'stored').execute(),
    ).toEqual([]);
    expect(await rig.store.db.selectFrom('calls').select('id').where('state', '!=', 'ended').execute()).toEqual([]);
    // What was written anywhere but in the table of field callers names no real number.
    for (const table of ['calls', 'legs', 'events', 'ledger', 'field_calls', 'callback_cases', 'recordings'] as const)
      expect(JSON.stringify(await rig.store.db.selectFrom(table).selectAll().execute()), table).not.toContain(
        REAL.slice(1),
      );
    await rig.stop();
  }

  it('one number: asks whom to call, and both talk; the other side sees the fictitious number', async () => {
    const { rig } = await house();
    const field = await rig.dials(REAL, ACCESS);
    expect(rig.exchange.hears(field)).toEqual(['virtual-enter-number']);
    await rig.keys(field, '541234567#');
    const callee = rig.ringingAtNumber(DEALER);
    expect(callee).toMatchObject({ from: FIRST });
    expect(rig.exchange.hears(field)).toEqual(['ringback']);
    rig.exchange.farAnswers(callee?.id ?? '');
    await rig.advance(1_000);
    expect(rig.exchange.joined(field, callee?.id ?? '')).toBe(true);
    expect(rig.exchange.tracks.size).toBe(2);
    expect(await rig.call()).toMatchObject({
      kind: 'virtual',
      direction: 'outbound',
      state: 'answered',
      callerNumber: FIRST,
      calledNumber: DEALER,
      presentedNumber: FIRST,
      recording: { state: 'recording' },
    });
    await rig.advance(5_000);
    rig.exchange.farEnds(field, 'normal');
    await rig.advance(10_000);
    expect(await rig.call()).toMatchObject({ state: 'ended', outcome: 'answered', recording: { state: 'stored' } });
    await over(rig);
  });

  it('several: ID, list, wrong ID, back, and the number in any form', async () => {
    const { rig } = await house(2);
    const field = await rig.dials(REAL, ACCESS);
    expect(rig.exchange.hears(field)).toEqual(['virtual-enter-id']);
    await rig.keys(field, '0#');
    expect(rig.exchange.hears(field)).toEqual([
      'virtual-list-id',
      'number',
      'virtual-list-number',
      'digits',
      'silence',
      'virtual-list-id',
      'number',
      'virtual-list-number',
      'digits',
      'silence',
      'virtual-enter-id',
    ]);
    await rig.keys(field, '7#');
    expect(rig.exchange.hears(field)).toEqual(['virtual-wrong-id', 'virtual-enter-id']);
    await rig.keys(field, '1#');
    expect(rig.exchange.hears(field)).toEqual(['virtual-enter-number']);
    await rig.keys(field, '*');
    expect(rig.exchange.hears(field)).toEqual(['virtual-enter-id']);
    await rig.keys(field, '2#');
    await rig.keys(field, '00420541234567#');
    expect(rig.ringingAtNumber(DEALER)).toMatchObject({ from: SECOND });
    await over(rig);
  });

  it('what is keyed without # counts after a while', async () => {
    const { rig } = await house(2);
    const field = await rig.dials(REAL, ACCESS);
    await rig.keys(field, '2');
    await rig.advance(6_500);
    expect(rig.exchange.hears(field)).toEqual(['virtual-enter-number']);
    await rig.keys(field, '541234567');
    await rig.advance(6_500);
    expect(rig.ringingAtNumber(DEALER)).toMatchObject({ from: SECOND });
    await over(rig);
  });

  it('three mistakes of any kind end it politely, and are logged', async () => {
    const { rig } = await house(2);
    const field = await rig.dials(REAL, ACCESS);
    await rig.keys(field, '9#');
    // Nothing at all, for as long as the prompt and the waiting take.
    await rig.advance(20_000);
    expect(rig.said(field)).toContain('virtual-nothing-entered');
    await rig.keys(field, '8#');
    expect(rig.exchange.hears(field)).toEqual(['virtual-too-many-mistakes', 'goodbye']);
    await rig.advance(10_000);
    expect(rig.exchange.legsById.has(field)).toBe(false);
    expect((await rig.attempts()).map(({ reason }) => reason)).toEqual(['too-many-mistakes']);
    expect(await rig.fieldCalls()).toEqual([]);
    await over(rig);
  });

  it('refuses rescue services, premium numbers, other countries and our own numbers, each with its reason', async () => {
    const { rig, project } = await house(1, { virtual: { mistakes: 10 } });
    await rig.operate('projects', 'update', {
      projectId: project.id,
      dialPolicy: { countries: ['420'], allowed: null, premium: ['+420900'] },
    });
    const field = await rig.dials(REAL, ACCESS);
    const refused = async (digits: string) => {
      await rig.keys(field, digits);
      return rig.exchange.hears(field)[0];
    };
    expect(await refused('158#')).toBe('virtual-emergency');
    expect(await refused('112#')).toBe('virtual-emergency');
    expect(await refused('900123456#')).toBe('virtual-number-refused');
    expect(await refused('0049301234567#')).toBe('virtual-number-refused');
    expect(await refused('12345#')).toBe('virtual-not-a-number');
    expect(await refused(`${FIRST.slice(4)}#`)).toBe('virtual-number-refused');
    expect(await refused(`${EXCHANGE.slice(4)}#`)).toBe('virtual-number-refused');
    expect([...rig.exchange.legsById.keys()]).toEqual([field]);
    expect((await rig.attempts()).length).toBe(7);
    await rig.keys(field, '541234567#');
    expect(rig.ringingAtNumber(DEALER)).toBeDefined();
    await over(rig);
  });

  it('somebody without a number, and one who hides theirs, are told so and logged', async () => {
    const { rig } = await house();
    for (const [from, reason] of [
      ['+420777000000', 'not-paired'],
      ['anonymous', 'withheld'],
    ] as const) {
      const stranger = await rig.dials(from, ACCESS);
      expect(rig.exchange.hears(stranger)).toEqual(['virtual-not-paired', 'goodbye']);
      await rig.advance(10_000);
      expect(rig.exchange.legsById.has(stranger)).toBe(false);
      expect((await rig.attempts())[0]).toMatchObject({ reason, called: ACCESS });
    }
    await over(rig);
  });

  it.each([
    ['busy', 'virtual-busy'],
    ['no-answer', 'virtual-no-answer'],
    ['rejected', 'virtual-busy'],
    ['unreachable', 'virtual-unreachable'],
    ['failed', 'virtual-failed'],
  ] as const)('%s: the reason is spoken', async (cause, key) => {
    const { rig } = await house();
    const field = await rig.dials(REAL, ACCESS);
    await rig.keys(field, '541234567#');
    const callee = rig.ringingAtNumber(DEALER);
    if (cause === 'no-answer') await rig.advance(46_000);
    else rig.exchange.farEnds(callee?.id ?? '', cause);
    await rig.advance(200);
    expect(rig.exchange.hears(field)).toEqual([key, 'goodbye']);
    expect(await rig.fieldCalls()).toMatchObject([{ state: 'ended', outcome: cause }]);
    await rig.advance(10_000);
    expect(await rig.call()).toMatchObject({ state: 'ended', outcome: cause });
    await over(rig);
  });

  it('an expired pairing, an ended project: told politely', async () => {
    const { rig, project, pairing } = await house();
    await rig.operate('pairings', 'end', { pairingId: pairing.id });
    expect(rig.exchange.hears(await rig.dials(REAL, ACCESS))).toEqual(['virtual-not-paired', 'goodbye']);
    await rig.operate('projects', 'end', { projectId: project.id });
    const dealer = await rig.dials(DEALER, FIRST);
    expect(rig.exchange.hears(dealer)).toEqual(['virtual-unknown-caller', 'goodbye']);
    await over(rig);
  });
});
