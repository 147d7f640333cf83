import { contract, DEFAULT_VERIFICATION_POLICY } from '@callweave/sdk/protocol';
import { describe, expect, it } from 'vitest';
import { requireCall } from '../calls/index.ts';
import { verificationSecrets } from '../customers/index.ts';
import { change } from '../http/testing/invoke.ts';
import { describeStores } from '../store/testing.ts';
import { createHouse, talk } from '../telephony/flows/testing/dialling.ts';
import { type FlowRig, type FlowRigOptions, QUESTIONS } from '../telephony/flows/testing/flow-rig.ts';

const UNDECLARED = '+989129999999';
const RIGHT = new Map<string, string>(QUESTIONS.map(({ text, answer }) => [text, answer]));
const rightFor = (text: string) => RIGHT.get(text) ?? '';

describeStores('verification', (makeStore) => {
  /** A customer whose PIN is no longer the initial one, talking to the first responder. */
  async function verified(options: FlowRigOptions = {}) {
    const house = await createHouse(makeStore, options);
    await house.rig.store.write((tx) =>
      tx.db.updateTable('customers').set({ pin_state: 'set' }).where('id', '=', house.customer.id).execute(),
    );
    const call = await talk(house.rig, 'first');
    return { ...house, callId: call.id, call };
  }
  const secretsOf = (rig: FlowRig, id: string) => verificationSecrets(rig.store.db, id);
  async function pass(rig: FlowRig, callId: string, agent: Parameters<FlowRig['calls']>[2]) {
    let state = await rig.verification('start', { callId }, agent);
    for (const { id, text } of state.questions)
      state = await rig.verification('answer', { callId, questionId: id, answer: rightFor(text) }, agent);
    return state;
  }
  const sealed = (rig: FlowRig, callId: string, accountId = 'first') =>
    rig.during(
      rig.write((tx) =>
        requireCall(tx, { callId, caller: { accountId, name: '', roles: ['agent'], branch: '' }, level: 'sealed' }),
      ),
    );

  describe('the ladder', () => {
    it('asks one question from a declared number and three from another, passes on right answers in any script', async () => {
      const { rig, first, callId } = await verified();
      const started = await rig.verification('start', { callId }, first);
      expect(started).toMatchObject({ state: 'asking', pin: 'not-required', attemptsLeft: 3 });
      expect(started.questions).toHaveLength(1);
      await expect(sealed(rig, callId)).rejects.toMatchObject({ code: 'verification-missing' });
      const { id, text } = started.questions[0] as { id: string; text: string };
      const asHeard = rightFor(text).replace('ی', 'ي').replace('۱۲', ' 12 ').toUpperCase();
      const passed = await rig.verification('answer', { callId, questionId: id, answer: asHeard }, first);
      expect(passed).toMatchObject({ state: 'passed', attemptsLeft: 3, reason: null });
      expect(await sealed(rig, callId)).toMatchObject({ callId, recordingOffsetMs: expect.any(Number) });

      await rig.calls('hangup', { callId }, first);
      await rig.calls('wrapUp', { callId, disposition: 'x' }, first);
      const { other } = { other: await rig.account('g0', { inGroup: true }) };
      const again = await talk(rig, 'g0', UNDECLARED);
      await expect(rig.verification('start', { callId: again.id }, other)).rejects.toMatchObject({
        code: 'call-without-customer',
      });
      const { customer } = { customer: await rig.directory.findByNumber('+989121234567') };
      await rig.calls('chooseCustomer', { callId: again.id, customerId: customer[0]?.id as string }, other);
      // What was proven in the first call proves nothing in this one.
      await expect(sealed(rig, again.id, 'g0')).rejects.toMatchObject({ code: 'verification-missing' });
      expect((await rig.verification('start', { callId: again.id }, other)).questions).toHaveLength(3);
    });

    it('draws anew for every call but never twice in one, so that easy questions cannot be waited for', async () => {
      const { rig, first, callId } = await verified();
      const one = await rig.verification('start', { callId }, first);
      for (let i = 0; i < 5; i += 1)
        expect((await rig.verification('start', { callId }, first)).questions).toEqual(one.questions);
    });

    it('is done by the agent of the call alone, while it goes on', async () => {
      const { rig, first, second, callId } = await verified();
      await expect(rig.verification('start', { callId }, second)).rejects.toMatchObject({ code: 'call-not-yours' });
      await expect(rig.verification('answer', { callId, questionId: 'q', answer: 'x' }, first)).rejects.toMatchObject({
        code: 'verification-not-open',
      });
      await rig.verification('start', { callId }, first);
      await expect(
        rig.verification('answer', { callId, questionId: 'another', answer: 'x' }, first),
      ).rejects.toMatchObject({ code: 'question-not-asked' });
      await rig.calls('hangup', { callId }, first);
      await expect(rig.verification('start', { callId }, first)).rejects.toMatchObject({ code: 'call-not-live' });
    });

    it('cannot be climbed without questions and PIN', async () => {
      const { rig, first } = await createHouse(makeStore);
      const bare = await rig.customer({
        name: 'B',
        nationalCode: '0499370899',
        numbers: ['+989120000002'],
        responders: ['first'],
        questions: [],
      });
      await rig.store.write((tx) =>
        tx.db.updateTable('customers').set({ pin_hash: null, pin_state: 'none' }).where('id', '=', bare.id).execute(),
      );
      const { id } = await talk(rig, 'first', '+989120000002');
      await expect(rig.verification('start', { callId: id }, first)).rejects.toMatchObject({ code: 'no-questions' });
    });
  });

  describe('attempts', () => {
    it('are three a call: then it has failed, and starting again gives no new ones', async () => {
      const { rig, first, callId, customer } = await verified();
      const { questions } = await rig.verification('start', { callId }, first);
      const guess = { callId, questionId: questions[0]?.id as string, answer: 'wrong' };
      expect(await rig.verification('answer', guess, first)).toMatchObject({
        state: 'asking',
        attemptsLeft: 2,
        questions: [{ result: 'wrong' }],
      });
      await rig.verification('answer', guess, first);
      expect(await rig.verification('answer', guess, first)).toMatchObject({
        state: 'failed',
        attemptsLeft: 0,
        reason: 'wrong-answers',
      });
      await expect(
        rig.verification('answer', { ...guess, answer: rightFor(questions[0]?.text as string) }, first),
      ).rejects.toMatchObject({ code: 'verification-locked' });
      await expect(rig.verification('start', { callId }, first)).rejects.toMatchObject({ code: 'verification-locked' });
      expect((await secretsOf(rig, customer.id)).failures).toBe(3);
    });

    it('hold against a thousand guesses at once: three are compared, not one more', async () => {
      const { rig, first, callId, customer } = await verified();
      const { questions } = await rig.verification('start', { callId }, first);
      const centre = rig.centre.verification.answer;
      const guesses = Array.from({ length: 1_000 }, (_, index) =>
        change(
          rig.store,
          contract.verification.answer,
          centre as never,
          { callId, questionId: questions[0]?.id as string, answer: `guess ${index}` },
          first,
        ).then(
          () => 'compared',
          (error: { code?: string }) => error.code,
        ),
      );
      const results = await rig.during(Promise.all(guesses));
      expect(results.filter((result) => result === 'compared')).toHaveLength(3);
      expect(new Set(results)).toEqual(new Set(['compared', 'verification-locked']));
      expect(await secretsOf(rig, customer.id)).toMatchObject({ failures: 3, locked: false });
    }, 120_000);

    it('of all customers together are capped within an hour, whoever asks, and free again afterwards', async () => {
      const { rig, first, callId } = await verified({
        verificationPolicy: { ...DEFAULT_VERIFICATION_POLICY, failuresPerHour: 2 },
      });
      const { questions } = await rig.verification('start', { callId }, first);
      const guess = { callId, questionId: questions[0]?.id as string, answer: 'no' };
      await rig.verification('answer', guess, first);
      await rig.verification('answer', guess, first);
      await expect(rig.verification('answer', guess, first)).rejects.toMatchObject({
        code: 'too-many-requests',
        retryAfterSeconds: 600,
      });
      await rig.advance(61 * 60_000);
      const right = { ...guess, answer: rightFor(questions[0]?.text as string) };
      expect(await rig.verification('answer', right, first)).toMatchObject({ state: 'passed' });
    });

    it('are ten in a row over all calls: then the customer is locked until a supervisor releases them', async () => {
      const { rig, first, customer } = await createHouse(makeStore, { policy: { wrapUpSeconds: 0 } });
      let locked: string | undefined;
      for (let calls = 0; calls < 4; calls += 1) {
        const { id } = await talk(rig, 'first');
        const { questions } = await rig.verification('start', { callId: id }, first);
        for (let tries = 0; tries < 3 && locked === undefined; tries += 1) {
          const state = await rig.verification(
            'answer',
            { callId: id, questionId: questions[0]?.id as string, answer: 'no' },
            first,
          );
          if (state.state === 'locked') locked = `${calls}.${tries}`;
        }
        await rig.calls('hangup', { callId: id }, first);
      }
      // 3 + 3 + 3 + 1
      expect(locked).toBe('3.0');
      expect(await secretsOf(rig, customer.id)).toMatchObject({ failures: 10, locked: true });
      const { id } = await talk(rig, 'first');
      await expect(rig.verification('start', { callId: id }, first)).rejects.toMatchObject({
        code: 'verification-locked',
      });
      await rig.run(
        contract.customers.unlock,
        rig.operations.unlock,
        { customerId: customer.id, reason: 'came to the branch' },
        { accountId: 's', name: 's', roles: ['supervisor'], branch: '' },
      );
      expect(await pass(rig, id, first)).toMatchObject({ state: 'passed' });
      expect((await secretsOf(rig, customer.id)).failures).toBe(0);
    });

    it('that are right are given back, also the tenth', async () => {
      const { rig, first, callId, customer } = await verified();
      await rig.store.write((tx) =>
        tx.db.updateTable('customers').set({ failures: 9 }).where('id', '=', customer.id).execute(),
      );
      expect(await pass(rig, callId, first)).toMatchObject({ state: 'passed', attemptsLeft: 3 });
      expect(await secretsOf(rig, customer.id)).toMatchObject({ failures: 0, locked: false });
    });
  });

  describe('what ends it', () => {
    it('time: it is expired for everyone who looks, and for orders', async () => {
      const { rig, first, callId } = await verified();
      await pass(rig, callId, first);
      await rig.advance(30 * 60_000 + 1_000);
      expect((await rig.call()).verification).toMatchObject({ state: 'expired', reason: 'time' });
      await expect(sealed(rig, callId)).rejects.toMatchObject({ code: 'verification-missing' });
      // The page learns it without asking.
      expect((await rig.events('account:first')).at(-1)?.verification).toMatchObject({
        state: 'expired',
        reason: 'time',
      });
      expect(await pass(rig, callId, first)).toMatchObject({ state: 'passed' });
    });

    it('a long hold, and not a short one', async () => {
      const { rig, first, callId, call } = await verified();
      await pass(rig, callId, first);
      rig.exchange.farHolds(call.agent, true);
      await rig.advance(110_000);
      rig.exchange.farHolds(call.agent, false);
      await rig.settle();
      expect((await rig.call()).verification.state).toBe('passed');
      rig.exchange.farHolds(call.agent, true);
      await rig.advance(121_000);
      expect((await rig.call()).verification).toMatchObject({ state: 'expired', reason: 'long-hold' });
      expect((await rig.events('account:first')).at(-1)?.verification.state).toBe('expired');
    });

    it('another customer on the line; attempts used up stay used up', async () => {
      const { rig, first, callId, customer } = await verified();
      const other = await rig.customer({
        name: 'B',
        nationalCode: '0499370899',
        numbers: ['+989120000002'],
        responders: ['first'],
      });
      const { questions } = await rig.verification('start', { callId }, first);
      await rig.verification('answer', { callId, questionId: questions[0]?.id as string, answer: 'no' }, first);
      await rig.calls('chooseCustomer', { callId, customerId: other.id }, first);
      expect((await rig.call()).verification).toMatchObject({ state: 'expired', reason: 'customer-changed' });
      await expect(
        rig.verification('answer', { callId, questionId: questions[0]?.id as string, answer: 'x' }, first),
      ).rejects.toMatchObject({ code: 'verification-not-open' });
      expect(await rig.verification('start', { callId }, first)).toMatchObject({
        attemptsLeft: 2,
        questions: { length: 3 },
      });
      await rig.calls('chooseCustomer', { callId, customerId: customer.id }, first);
      expect((await rig.call()).verification.state).toBe('expired');
    });
  });

  it('leaves a line for every step, and nothing of any answer anywhere', async () => {
    const { rig, first, callId } = await verified();
    const { questions } = await rig.verification('start', { callId }, first);
    await rig.verification('answer', { callId, questionId: questions[0]?.id as string, answer: 'Zanzibar' }, first);
    await rig.verification(
      'answer',
      { callId, questionId: questions[0]?.id as string, answer: rightFor(questions[0]?.text as string) },
      first,
    );
    const lines = await rig.ledger();
    expect(lines.filter(({ action }) => action.startsWith('verification.')).map(({ action }) => action)).toEqual([
      'verification.started',
      'verification.answered',
      'verification.passed',
      'verification.answered',
    ]);
    const everything = JSON.stringify([
      lines,
      await rig.store.db.selectFrom('events').selectAll().execute(),
      await rig.store.db.selectFrom('verifications').selectAll().execute(),
    ]);
    for (const secret of ['Zanzibar', ...QUESTIONS.map(({ answer }) => answer)])
      expect(everything).not.toContain(secret);
    expect(JSON.stringify(lines)).not.toMatch(/Sara|\+98912/);
  });
});
