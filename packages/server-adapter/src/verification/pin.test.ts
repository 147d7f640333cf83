import { describe, expect, it } from 'vitest';
import { requireCall } from '../calls/index.ts';
import { verificationSecrets } from '../customers/index.ts';
import { describeStores } from '../store/testing.ts';
import { createHouse, talk } from '../telephony/flows/testing/dialling.ts';
import type { FlowRig } from '../telephony/flows/testing/flow-rig.ts';

const PIN_ONLY = {
  declared: { questions: 0, pin: true },
  undeclared: { questions: 3, pin: true },
  attemptsPerCall: 3,
  failuresBeforeLock: 10,
  failuresPerHour: 200,
  validForSeconds: 1800,
  longHoldSeconds: 120,
} as const;

describeStores('PIN', (makeStore) => {
  async function asked() {
    const house = await createHouse(makeStore, { verificationPolicy: PIN_ONLY, policy: { wrapUpSeconds: 0 } });
    const call = await talk(house.rig, 'first');
    expect(await house.rig.verification('start', { callId: call.id }, house.first)).toMatchObject({
      state: 'asking',
      pin: 'required',
      questions: [],
    });
    return { ...house, ...call, customerId: house.customer.id };
  }
  async function collect({ rig, first, id }: Awaited<ReturnType<typeof asked>>) {
    const state = await rig.verification('collectPin', { callId: id }, first);
    await rig.settle();
    return state;
  }
  async function key(rig: FlowRig, leg: string, digits: string) {
    rig.exchange.farKeys(leg, digits);
    await rig.settle();
  }
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

  it('is keyed away from the agent and the recording, and must be changed in the first call', async () => {
    const house = await asked();
    const { rig, first, customer, agent, id, customerId } = house;
    await rig.advance(5_000);
    expect(await collect(house)).toMatchObject({ pin: 'collecting' });
    expect(rig.exchange.joined(customer, agent)).toBe(false);
    expect(rig.exchange.hears(customer)).toEqual(['enter-pin']);
    expect(rig.exchange.hears(agent)).toEqual(['hold-music']);
    expect([...rig.exchange.tracks.values()].map(({ paused }) => paused)).toEqual([true, true]);
    expect((await rig.call()).recording.state).toBe('paused');
    await expect(rig.verification('collectPin', { callId: id }, first)).rejects.toMatchObject({
      code: 'pin-not-possible',
    });
    await key(rig, customer, '1');
    // The first key silences the prompt.
    expect(rig.exchange.hears(customer)).toEqual([]);
    await key(rig, customer, '234#');
    expect(rig.exchange.hears(customer)).toEqual(['pin-accepted']);
    await rig.advance(2_000);
    expect(rig.exchange.joined(customer, agent)).toBe(true);
    expect(rig.exchange.hears(agent)).toEqual([]);
    expect([...rig.exchange.tracks.values()].map(({ paused }) => paused)).toEqual([false, false]);
    expect(await rig.call()).toMatchObject({
      recording: { state: 'recording' },
      verification: { state: 'passed', pin: 'change-required', attemptsLeft: 3 },
    });
    await expect(sealed(rig, id)).rejects.toMatchObject({ code: 'pin-change-missing' });

    // The change: too simple, different, then right.
    expect(await rig.verification('changePin', { callId: id }, first)).toMatchObject({ pin: 'changing' });
    await rig.settle();
    await key(rig, customer, '1111#');
    expect(rig.exchange.hears(customer)).toEqual(['pin-too-simple']);
    await rig.advance(1_600);
    await key(rig, customer, '8206#');
    expect(rig.exchange.hears(customer)).toEqual(['repeat-new-pin']);
    await key(rig, customer, '8205#');
    expect(rig.exchange.hears(customer)).toEqual(['pin-mismatch']);
    await rig.advance(1_600);
    await key(rig, customer, '8206#');
    await key(rig, customer, '8206#');
    await rig.advance(2_000);
    expect((await rig.call()).verification).toMatchObject({ state: 'passed', pin: 'changed' });
    expect(await sealed(rig, id)).toMatchObject({ customerId });
    const { pinHash, pinState } = await verificationSecrets(rig.store.db, customerId);
    expect(pinState).toBe('set');
    expect(await rig.secrets.verifySecret('8206', pinHash)).toBe(true);

    rig.exchange.farEnds(customer, 'normal');
    await rig.advance(3_000);
    const { gaps } = await rig.store.db.selectFrom('recordings').select('gaps').executeTakeFirstOrThrow();
    expect((JSON.parse(gaps) as { reason: string }[]).map(({ reason }) => reason)).toEqual(['pin', 'pin']);
    const [gap] = JSON.parse(gaps) as { fromMs: number; toMs: number }[];
    // The virtual clock goes on in steps while the database answers.
    expect(gap?.fromMs).toBeGreaterThanOrEqual(5_000);
    expect(gap?.fromMs).toBeLessThan(6_000);
    expect(gap?.toMs).toBeGreaterThan(6_400);
    // Nobody finds the digits again.
    const everything = JSON.stringify([
      await rig.ledger(),
      await rig.store.db.selectFrom('events').selectAll().execute(),
      await rig.store.db.selectFrom('verifications').selectAll().execute(),
    ]);
    expect(everything).not.toMatch(/"1234"|8206|8205|1111/);
    expect(rig.exchange.leaks()).toEqual([]);
    expect(rig.errors).toEqual([]);
  });

  it('that is wrong takes an attempt; three wrong ones fail; the customer hears it and is with the agent again', async () => {
    const house = await asked();
    const { rig, first, customer, agent, id, customerId } = house;
    for (const [tries, prompt, state] of [
      [2, 'pin-wrong', 'asking'],
      [1, 'pin-wrong', 'asking'],
      [0, 'pin-locked', 'failed'],
    ] as const) {
      await collect(house);
      await key(rig, customer, '9753#');
      expect(rig.exchange.hears(customer)).toEqual([prompt]);
      await rig.advance(2_000);
      expect((await rig.call()).verification).toMatchObject({ pin: 'wrong', attemptsLeft: tries, state });
      expect(rig.exchange.joined(customer, agent)).toBe(true);
    }
    await expect(rig.verification('collectPin', { callId: id }, first)).rejects.toMatchObject({
      code: 'verification-locked',
    });
    expect((await verificationSecrets(rig.store.db, customerId)).failures).toBe(3);
  });

  it('may be begun anew with the star, ends by itself after a pause, and costs nothing when nothing is keyed', async () => {
    const house = await asked();
    const { rig, customer } = house;
    await collect(house);
    await key(rig, customer, '99*1234');
    await rig.advance(9_000);
    expect((await rig.call()).verification).toMatchObject({ state: 'passed' });

    const silent = await asked();
    await collect(silent);
    await silent.rig.advance(14_000);
    expect((await silent.rig.call()).verification).toMatchObject({
      state: 'asking',
      pin: 'required',
      attemptsLeft: 3,
      reason: 'timeout',
    });
    expect(silent.rig.exchange.joined(silent.customer, silent.agent)).toBe(true);
    await collect(silent);
    await key(silent.rig, silent.customer, '12#');
    await silent.rig.settle();
    expect((await silent.rig.call()).verification).toMatchObject({ pin: 'required', attemptsLeft: 3 });
  });

  it('ends at the eighth digit', async () => {
    const house = await asked();
    await collect(house);
    await key(house.rig, house.customer, '12345678');
    expect(house.rig.exchange.hears(house.customer)).toEqual(['pin-wrong']);
  });

  describe('when somebody hangs up while it is keyed', () => {
    for (const who of ['customer', 'agent'] as const) {
      it(`the ${who}: the call ends, nothing leaks, the entry is closed`, async () => {
        const house = await asked();
        const { rig } = house;
        await collect(house);
        await key(rig, house.customer, '12');
        rig.exchange.farEnds(house[who], 'normal');
        await rig.advance(5_000);
        expect(await rig.call()).toMatchObject({
          state: 'ended',
          outcome: 'answered',
          verification: { pin: 'required', reason: 'hung-up' },
          recording: { state: 'stored' },
        });
        expect(rig.exchange.leaks()).toEqual([]);
        expect(rig.errors).toEqual([]);
      });
    }

    it('the agent’s line: the entry is given up and the customer waits for the agent', async () => {
      const house = await asked();
      const { rig, first, customer, agent, id } = house;
      await collect(house);
      rig.exchange.farEnds(agent, 'media-timeout');
      await rig.settle();
      expect((await rig.call()).verification).toMatchObject({ pin: 'required' });
      expect(rig.exchange.hears(customer)).toEqual(['hold-music']);
      await rig.calls('resume', { callId: id }, first);
      rig.exchange.farAnswers(rig.exchange.ringingAt('first')[0] as string);
      await rig.settle();
      expect(
        rig.exchange.joined(
          customer,
          rig.exchange.ringingAt('first')[0] ?? [...rig.exchange.legsById.keys()].at(-1) ?? '',
        ),
      ).toBe(true);
      expect((await rig.call()).recording.state).toBe('recording');
    });
  });

  it('that a restart interrupts is asked anew: the customer is with the agent again, and the recording goes on', async () => {
    const house = await asked();
    const { rig, first, customer, agent, id } = house;
    await rig.advance(3_000);
    await collect(house);
    await key(rig, customer, '12');
    await rig.restart('go-on', () => rig.advance(2_000));
    expect(await rig.calls('get', { callId: id }, first)).toMatchObject({
      recording: { state: 'recording' },
      verification: { pin: 'required', reason: 'restart' },
    });
    expect(rig.exchange.joined(customer, agent)).toBe(true);
    expect([...rig.exchange.tracks.values()].map(({ paused }) => paused)).toEqual([false, false]);
    await collect(house);
    await key(rig, customer, '1234#');
    await rig.advance(2_000);
    expect((await rig.call()).verification.state).toBe('passed');
  });
});
