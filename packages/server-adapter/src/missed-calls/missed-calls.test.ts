import { afterEach, describe, expect, it } from 'vitest';
import type { DirectoryCustomer } from '../customers/index.ts';
import { callerOf } from '../http/testing/invoke.ts';
import { startService } from '../messages/testing/message-rig.ts';
import { describeStores } from '../store/testing.ts';
import { createTestDesk } from '../testing/desk.ts';
import {
  answered,
  at,
  callback,
  createCaseRig,
  missed,
  NUMBER,
  RESPONDER,
  SECOND,
  STRANGER,
  SUPERVISOR,
  ZAHRA,
} from './testing/case-rig.ts';

const zahra: DirectoryCustomer = {
  ...ZAHRA,
  numbers: [NUMBER],
  responders: [RESPONDER.accountId, SECOND.accountId],
  contractSignedOn: null,
  locale: 'fa',
};
const directory = { findById: async (id: string) => (id === ZAHRA.id ? zahra : undefined) };

describeStores('missed calls', (makeStore) => {
  const stops: (() => Promise<unknown> | undefined)[] = [];
  const rigOn = async (...options: Parameters<typeof createCaseRig> extends [unknown, ...infer R] ? R : never) => {
    const store = await makeStore();
    const rig = await createCaseRig(store, { directory, ...options[0] });
    stops.push(() => rig.stop());
    return { ...rig, rig, store };
  };
  afterEach(async () => {
    for (const stop of stops.splice(0)) await stop();
  });

  describe('what opens a case', () => {
    it('one per caller with a count, however often they ring and however often a call is told', async () => {
      const { tell, list, rig } = await rigOn();
      const [first, second] = [missed(1), missed(5, { outcome: 'abandoned' })];
      await tell(first, first, second, first, second);
      expect(await list()).toMatchObject([
        {
          number: NUMBER,
          calledNumber: '+982181021380',
          customer: ZAHRA,
          count: 2,
          attempts: 0,
          firstAt: at(1, 20),
          lastAt: at(5, 20),
          lastOutcome: 'abandoned',
          state: 'open',
          claim: null,
          message: null,
          end: null,
        },
      ]);
      // Its recording is stored later, after a restart: it is the same call.
      await rig.restart();
      await tell({ ...first, recording: { ...first.recording, state: 'stored' } });
      expect(await list()).toMatchObject([{ count: 2 }]);
    });

    it('not who misdialled, who hid their number, what was answered, what goes on, what is no call of the desk', async () => {
      const { tell, list } = await rigOn();
      await tell(
        missed(1, { outcome: 'abandoned', endedAt: at(1, 2) }),
        missed(2, { callerNumber: '' }),
        missed(3, { outcome: 'answered', answeredAt: at(3, 5) }),
        missed(4, { state: 'ringing', outcome: null, endedAt: null }),
        missed(5, { kind: 'virtual' }),
        callback(6, { state: 'ended', outcome: 'no-answer', endedAt: at(6, 30) }),
      );
      expect(await list()).toEqual([]);
    });

    it('nobody could take it at all: it counts however short it was', async () => {
      const { tell, list } = await rigOn();
      await tell(missed(1, { endedAt: at(1) }), missed(2, { outcome: 'failed', endedAt: at(2) }));
      expect(await list()).toMatchObject([{ count: 2, lastOutcome: 'failed' }]);
    });

    it('numbers of ours of another group have cases of their own', async () => {
      const { tell, list } = await rigOn({
        policy: { groupOf: (called: string) => (called.endsWith('80') ? 'brokerage' : 'commodity') },
      });
      await tell(missed(1), missed(2, { calledNumber: '+982181021399' }), missed(3));
      expect((await list()).map(({ count, calledNumber }) => [count, calledNumber])).toEqual([
        [2, '+982181021380'],
        [1, '+982181021399'],
      ]);
      await tell(answered(4, { calledNumber: '+982181021399' }));
      expect(await list()).toMatchObject([{ calledNumber: '+982181021380' }]);
    });
  });

  describe('what closes it', () => {
    it('the customer rings again and is answered', async () => {
      const { tell, list } = await rigOn();
      await tell(missed(1), answered(5));
      expect(await list()).toEqual([]);
      expect(await list(SUPERVISOR, 'closed')).toMatchObject([
        { end: { reason: 'rang-again', by: { id: RESPONDER.accountId }, note: null }, claim: null },
      ]);
    });

    it('also from another number of theirs', async () => {
      const { tell, list } = await rigOn();
      await tell(missed(1), answered(5, { callerNumber: '+982188776655' }));
      expect(await list()).toEqual([]);
    });

    it('not what was answered before it was opened, told late', async () => {
      const { tell, list } = await rigOn();
      const early = answered(1);
      await tell(early, missed(5), { ...early, state: 'ended', outcome: 'answered', endedAt: at(4) });
      expect(await list()).toMatchObject([{ count: 1 }]);
    });

    it('not another caller', async () => {
      const { tell, list } = await rigOn();
      await tell(missed(1), answered(5, { callerNumber: '+989351111111', customer: null }));
      expect(await list()).toHaveLength(1);
    });

    it('somebody rings back and is answered; in vain it stays, counted once, and free', async () => {
      const { tell, list } = await rigOn();
      await tell(missed(1));
      const inVain = callback(5);
      await tell(inVain);
      expect(await list()).toMatchObject([{ claim: { by: { id: RESPONDER.accountId } }, attempts: 0 }]);
      const ended = { ...inVain, state: 'ended', outcome: 'no-answer', endedAt: at(5, 30) } as const;
      await tell(ended, ended);
      expect(await list()).toMatchObject([{ claim: null, attempts: 1 }]);
      const givenUp = callback(6);
      await tell(givenUp, { ...givenUp, state: 'ended', outcome: 'abandoned', endedAt: at(6, 2) });
      expect(await list()).toMatchObject([{ claim: null, attempts: 1 }]);
      await tell(callback(8, { state: 'answered', answeredAt: at(8, 9) }));
      expect(await list()).toEqual([]);
      expect(await list(SUPERVISOR, 'closed')).toMatchObject([
        { end: { reason: 'called-back', by: { id: RESPONDER.accountId } }, attempts: 1 },
      ]);
    });

    it('who rings in vain again afterwards has a new case', async () => {
      const { tell, list } = await rigOn();
      await tell(missed(1), answered(5), missed(9));
      expect(await list()).toMatchObject([{ count: 1, firstAt: at(9, 20) }]);
      expect(await list(SUPERVISOR, 'closed')).toHaveLength(1);
    });

    it('a person, with a reason', async () => {
      const { tell, list, change } = await rigOn();
      await tell(missed(1));
      const [one] = await list();
      const input = { missedCallId: one?.id ?? '', note: 'A wrong number' };
      expect(await change('close', RESPONDER, input)).toMatchObject({
        state: 'closed',
        end: { reason: 'by-hand', by: { id: RESPONDER.accountId }, note: 'A wrong number' },
      });
      // Once more changes nothing.
      expect(await change('close', RESPONDER, { ...input, note: 'Other' })).toMatchObject({
        end: { note: 'A wrong number' },
      });
      expect(await list()).toEqual([]);
    });
  });

  describe('who calls back', () => {
    it('one at a time: of fifty at once one gets it', async () => {
      const { tell, list, change, account } = await rigOn();
      await tell(missed(1));
      const missedCallId = (await list())[0]?.id ?? '';
      const agents = await Promise.all(
        Array.from({ length: 50 }, async (_, i) => callerOf((await account(`agent-${i}`, true)).id, 'agent')),
      );
      const answers = await Promise.allSettled(
        agents.map((agent) => change('claim', agent, { missedCallId, note: 'x' })),
      );
      expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      for (const answer of answers)
        if (answer.status === 'rejected') expect(answer.reason).toMatchObject({ code: 'missed-call-claimed' });
    });

    it('keeps it against others, gives it back, and loses it when the time is over', async () => {
      const { tell, list, change, store } = await rigOn();
      await tell(missed(1));
      const input = { missedCallId: (await list())[0]?.id ?? '', note: 'Done' };
      expect(await change('claim', RESPONDER, input)).toMatchObject({ claim: { by: { id: RESPONDER.accountId } } });
      expect(await change('claim', RESPONDER, input)).toMatchObject({ claim: { by: { id: RESPONDER.accountId } } });
      for (const name of ['claim', 'release', 'close'] as const)
        await expect(change(name, SECOND, input)).rejects.toMatchObject({ code: 'missed-call-claimed' });
      expect(await change('release', RESPONDER, input)).toMatchObject({ claim: null });
      expect(await change('claim', SECOND, input)).toMatchObject({ claim: { by: { id: SECOND.accountId } } });
      expect(await change('release', SUPERVISOR, input)).toMatchObject({ claim: null });
      await change('claim', SECOND, input);
      await store.write((tx) =>
        tx.db.updateTable('missed_calls').set({ claimed_until: '2020-01-01T00:00:00.000Z' }).execute(),
      );
      expect(await list()).toMatchObject([{ claim: null }]);
      expect(await change('claim', RESPONDER, input)).toMatchObject({ claim: { by: { id: RESPONDER.accountId } } });
      await change('close', RESPONDER, input);
      await expect(change('claim', SECOND, input)).rejects.toMatchObject({ code: 'missed-call-closed' });
    });

    it('whoever dials for an agent claims it in the write of the call', async () => {
      const { tell, list, rig, store } = await rigOn();
      await tell(missed(1));
      const id = (await list())[0]?.id ?? '';
      expect(await store.write((tx) => rig.domain.claimFor(tx, id, RESPONDER))).toEqual({
        number: NUMBER,
        calledNumber: '+982181021380',
      });
      await expect(store.write((tx) => rig.domain.claimFor(tx, id, SECOND))).rejects.toMatchObject({
        code: 'missed-call-claimed',
      });
      await expect(store.write((tx) => rig.domain.claimFor(tx, id, STRANGER))).rejects.toMatchObject({
        code: 'not-found',
      });
    });
  });

  describe('who sees it', () => {
    it('the responders, the group, and whoever watches; for others it is not there', async () => {
      const { tell, list, change, account, lastAudience } = await rigOn();
      const member = callerOf((await account('member', true)).id, 'agent');
      const other = callerOf((await account('other', false)).id, 'agent');
      await tell(missed(1));
      for (const caller of [RESPONDER, SECOND, member, SUPERVISOR, callerOf('account_boss', 'manager')])
        expect(await list(caller)).toHaveLength(1);
      const missedCallId = (await list())[0]?.id ?? '';
      for (const caller of [other, STRANGER]) {
        expect(await list(caller)).toEqual([]);
        for (const name of ['claim', 'release', 'close'] as const)
          await expect(change(name, caller, { missedCallId, note: 'x' })).rejects.toMatchObject({ code: 'not-found' });
      }
      expect((await lastAudience()).sort()).toEqual(
        [
          'role:supervisor',
          'role:manager',
          ...[RESPONDER, SECOND, member].map(({ accountId }) => `account:${accountId}`),
        ].sort(),
      );
    });

    it('becomes known as a customer between two calls: the responders see it too', async () => {
      const { tell, list } = await rigOn();
      await tell(missed(1, { customer: null }));
      expect(await list(SECOND)).toEqual([]);
      await tell(missed(2));
      expect(await list(SECOND)).toMatchObject([{ count: 2, customer: ZAHRA }]);
    });

    it('the customer base is away: shown at once to those at whom it rang, to the others when it is back', async () => {
      let away = true;
      const { tell, list, errors, rig } = await rigOn({
        directory: {
          findById: async (id: string) => {
            if (away) throw new Error('the host does not answer');
            return directory.findById(id);
          },
        },
      });
      const step = {
        order: 'first',
        accountId: RESPONDER.accountId,
        name: 'R',
        result: 'no-answer',
        at: at(1),
      } as const;
      await tell(missed(1, { routing: [step] }));
      expect(await list(RESPONDER)).toHaveLength(1);
      expect(await list(SECOND)).toEqual([]);
      expect(errors.length).toBeGreaterThan(0);
      away = false;
      await rig.restart();
      expect(await list(SECOND)).toHaveLength(1);
    });
  });

  describe('the text message', () => {
    it('once per case, in the language of the customer, and what became of it stands at the case', async () => {
      const { service, driver } = await startService('kavenegar');
      const { tell, list, rig } = await rigOn({ driver, policy: { sms: true } });
      await tell(missed(1), missed(2), missed(3));
      await rig.restart();
      await tell(missed(4));
      await rig.messages.drain();
      expect(service.taken).toMatchObject([{ to: '09121234567', text: expect.stringContaining('پوزش می‌خواهیم') }]);
      await rig.domain.caughtUp();
      expect(await list()).toMatchObject([{ count: 4, message: 'sent' }]);
      await service.close();
    });

    it('not by policy, not to a fixed line, not to whoever was reached meanwhile', async () => {
      const { service, driver } = await startService('kavenegar');
      const silent = await rigOn({ driver });
      await silent.tell(missed(1));
      await silent.rig.messages.drain();
      const { tell, rig, store } = await rigOn({ driver, policy: { sms: true } });
      // Both in the log before it is looked at.
      await rig.domain.stop?.();
      await store.write(async (tx) => {
        for (const data of [missed(1), answered(2), missed(3, { callerNumber: '+982188776655', customer: null })])
          await tx.publish({ type: 'call', data }, ['role:supervisor']);
      });
      await rig.restart();
      await tell();
      await rig.messages.drain();
      expect(service.requests).toBe(0);
      await service.close();
    });
  });

  it('through the adapter: routes, roles and the true states of calls', async () => {
    const store = await makeStore();
    const desk = await createTestDesk(store);
    const agent = await desk.as('agent');
    await store.write((tx) => tx.publish({ type: 'call', data: missed(1, { customer: null }) }, ['role:supervisor']));
    // What one agent sees of a call that left them is not how it ended.
    await store.write((tx) => tx.publish({ type: 'call', data: missed(2) }, [`account:${agent.accountId}`]));
    await expect.poll(async () => (await agent('GET', '/missed-calls')).body.missedCalls.length).toBe(1);
    const [one] = (await agent('GET', '/missed-calls')).body.missedCalls;
    expect(one).toMatchObject({ count: 1, customer: null });
    expect((await agent('GET', `/missed-calls/${one.id}`)).body.number).toBe(NUMBER);
    expect((await agent('POST', `/missed-calls/${one.id}/claim`, {})).body.claim.by.id).toBe(agent.accountId);
    const supervisor = await desk.as('supervisor');
    expect((await supervisor('POST', `/missed-calls/${one.id}/claim`, {})).code).toBe('missed-call-claimed');
    expect((await agent('POST', `/missed-calls/${one.id}/close`, {})).code).toBe('invalid-input');
    expect((await agent('POST', `/missed-calls/${one.id}/close`, { note: 'Done' })).body.state).toBe('closed');
    for (const role of ['dealer', 'buyer'] as const)
      expect((await (await desk.as(role))('GET', '/missed-calls')).code).toBe('not-allowed');
    await desk.stop();
  });
});
