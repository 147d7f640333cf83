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

describeStores('missed and called back', (makeStore) => {
  /** A field caller who has called the dealer from each of their numbers. */
  async function called(numbers: 1 | 2 = 1) {
    const rig = await createVirtualRig(makeStore);
    const caller = await rig.fieldCaller();
    const projects = [await rig.project('Bank branches')];
    await rig.pair(projects[0]!, FIRST, caller);
    if (numbers === 2) {
      projects.push(await rig.project('Dealers'));
      await rig.pair(projects[1]!, SECOND, caller);
    }
    for (let id = 1; id <= numbers; id += 1) await dialOut(rig, id, numbers, DEALER);
    return { rig, caller, projects };
  }

  async function dialOut(rig: VirtualRig, id: number, numbers: number, to: string): Promise<void> {
    const field = await rig.dials(REAL, ACCESS);
    if (numbers > 1) await rig.keys(field, `${id}#`);
    await rig.keys(field, `${to.slice(4)}#`);
    rig.exchange.farEnds(rig.ringingAtNumber(to)?.id ?? '', 'no-answer');
    await rig.advance(10_000);
  }

  async function miss(rig: VirtualRig, fictitious: string, from: string = DEALER): Promise<void> {
    const dealer = await rig.dials(from, fictitious);
    const field = rig.ringingAtNumber(REAL);
    expect(field, 'rings at the field caller').toMatchObject({ from: EXCHANGE });
    await rig.advance(26_000);
    expect(rig.exchange.hears(dealer)).toEqual(['virtual-nobody-answers', 'goodbye']);
    await rig.advance(10_000);
  }

  it('rings at the field caller with the exchange’s number; answered: they talk', async () => {
    const { rig } = await called();
    const dealer = await rig.dials(DEALER, FIRST);
    const field = rig.ringingAtNumber(REAL);
    expect(field).toMatchObject({ from: EXCHANGE });
    expect(rig.exchange.legsById.get(dealer)?.state).toBe('ringing');
    rig.exchange.farAnswers(field?.id ?? '');
    await rig.advance(500);
    expect(rig.exchange.joined(dealer, field?.id ?? '')).toBe(true);
    expect(rig.exchange.tracks.size).toBe(2);
    rig.exchange.farEnds(dealer, 'normal');
    await rig.advance(5_000);
    expect(await rig.call()).toMatchObject({
      direction: 'inbound',
      callerNumber: DEALER,
      calledNumber: FIRST,
      outcome: 'answered',
    });
    expect(await rig.cases()).toEqual([]);
    expect(await rig.messages()).toEqual([]);
    await rig.stop();
  });

  it('missed: one case, one message without a number; again: the same case', async () => {
    const { rig, projects } = await called();
    await miss(rig, FIRST);
    expect(await rig.cases()).toMatchObject([{ ordinal: 1, state: 'open', missed: 1 }]);
    await miss(rig, FIRST);
    // Who gives up before the telephone does has been missed as well.
    const impatient = await rig.dials(DEALER, FIRST);
    await rig.advance(3_000);
    rig.exchange.farEnds(impatient, 'normal');
    await rig.advance(1_000);
    expect(rig.ringingAtNumber(REAL)).toBeUndefined();
    expect(await rig.cases()).toMatchObject([{ ordinal: 1, state: 'open', missed: 3 }]);
    expect(await rig.messages()).toHaveLength(1);
    expect(rig.sent).toMatchObject([
      {
        to: REAL,
        locale: 'cs',
        template: 'field-missed-call',
        values: { ordinal: 1, project: projects[0]?.name, exchange: EXCHANGE },
      },
    ]);
    await rig.stop();
  });

  it('one missed call: announced and connected at once; the other side sees the fictitious number; it closes', async () => {
    const { rig } = await called();
    await miss(rig, FIRST);
    const field = await rig.dials(REAL, EXCHANGE);
    expect(rig.exchange.hears(field)).toEqual(['virtual-one-callback']);
    await rig.advance(3_000);
    const dealer = rig.ringingAtNumber(DEALER);
    expect(dealer).toMatchObject({ from: FIRST });
    expect(await rig.cases()).toMatchObject([{ state: 'open' }]);
    rig.exchange.farAnswers(dealer?.id ?? '');
    await rig.advance(500);
    expect(rig.exchange.joined(field, dealer?.id ?? '')).toBe(true);
    expect(await rig.cases()).toMatchObject([{ state: 'closed', reason: 'connected' }]);
    rig.exchange.farEnds(field, 'normal');
    await rig.advance(5_000);
    expect(rig.exchange.hears(await rig.dials(REAL, EXCHANGE))).toEqual(['virtual-no-callback', 'goodbye']);
    await rig.stop();
  });

  it('several: the ordinal from the message is keyed', async () => {
    const { rig } = await called(2);
    await miss(rig, SECOND);
    await miss(rig, FIRST);
    expect(await rig.cases()).toMatchObject([
      { ordinal: 1, fictitious_number: SECOND },
      { ordinal: 2, fictitious_number: FIRST },
    ]);
    const field = await rig.dials(REAL, EXCHANGE);
    expect(rig.exchange.hears(field)).toEqual(['virtual-enter-ordinal']);
    await rig.keys(field, '3#');
    expect(rig.exchange.hears(field)).toEqual(['virtual-wrong-ordinal', 'virtual-enter-ordinal']);
    await rig.keys(field, '2#');
    const dealer = rig.ringingAtNumber(DEALER);
    expect(dealer).toMatchObject({ from: FIRST });
    rig.exchange.farAnswers(dealer?.id ?? '');
    await rig.advance(500);
    rig.exchange.farEnds(field, 'normal');
    await rig.advance(5_000);
    // The other one keeps its ordinal; a new one takes the free place.
    await miss(rig, FIRST);
    expect((await rig.cases()).filter(({ state }) => state === 'open')).toMatchObject([
      { ordinal: 1, fictitious_number: SECOND },
      { ordinal: 1 + 1, fictitious_number: FIRST },
    ]);
    expect((await rig.messages()).length).toBe(3);
    await rig.stop();
  });

  it('a callback that nobody answers stays open; one that is too old closes', async () => {
    const { rig } = await called();
    await miss(rig, FIRST);
    const field = await rig.dials(REAL, EXCHANGE);
    await rig.advance(3_000);
    rig.exchange.farEnds(rig.ringingAtNumber(DEALER)?.id ?? '', 'busy');
    await rig.advance(200);
    expect(rig.exchange.hears(field)).toEqual(['virtual-busy', 'goodbye']);
    await rig.advance(10_000);
    expect(await rig.cases()).toMatchObject([{ state: 'open' }]);
    await rig.advance(73 * 3_600_000);
    expect(rig.exchange.hears(await rig.dials(REAL, EXCHANGE))).toEqual(['virtual-no-callback', 'goodbye']);
    await rig.endOverdue();
    expect(await rig.cases()).toMatchObject([{ state: 'closed', reason: 'expired' }]);
    await rig.stop();
  });

  it('answered when they ring again: the case closes by itself', async () => {
    const { rig } = await called();
    await miss(rig, FIRST);
    await rig.dials(DEALER, FIRST);
    rig.exchange.farAnswers(rig.ringingAtNumber(REAL)?.id ?? '');
    await rig.advance(500);
    expect(await rig.cases()).toMatchObject([{ state: 'closed', reason: 'connected' }]);
    await rig.stop();
  });

  it('an unknown caller is told politely and logged; so is one whose field caller is no longer there', async () => {
    const { rig, projects } = await called();
    const stranger = await rig.dials('+420777123456', FIRST);
    expect(rig.exchange.hears(stranger)).toEqual(['virtual-unknown-caller', 'goodbye']);
    expect(await rig.attempts()).toMatchObject([{ reason: 'unknown-caller', called: FIRST }]);
    await miss(rig, FIRST);
    await rig.operate('projects', 'end', { projectId: projects[0]!.id });
    expect(await rig.cases()).toMatchObject([{ state: 'closed', reason: 'pairing-over' }]);
    const dealer = await rig.dials(DEALER, FIRST);
    expect(rig.exchange.hears(dealer)).toEqual(['virtual-number-over', 'goodbye']);
    expect((await rig.attempts())[0]).toMatchObject({ reason: 'project-over' });
    // The desk’s own number, and numbers of nobody, are no business of this flow.
    const customer = await rig.dials('+420777123456', '+420999999999');
    expect(rig.exchange.legsById.has(customer)).toBe(false);
    await rig.stop();
  });
});
