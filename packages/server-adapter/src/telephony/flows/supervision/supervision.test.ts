import { contract, type Escalation, type InputOf, type Supervision } from '@callweave/sdk/protocol';
import { describe, expect, it } from 'vitest';
import type { Caller } from '../../../http/operation.ts';
import { describeStores } from '../../../store/testing.ts';
import { createHouse, talk } from '../testing/dialling.ts';
import type { FlowRig, FlowRigOptions } from '../testing/flow-rig.ts';

type Name = keyof typeof contract.supervision;

describeStores('supervision', (makeStore) => {
  async function house(options: FlowRigOptions = {}) {
    const made = await createHouse(makeStore, { ...options, policy: { wrapUpSeconds: 0, ...options.policy } });
    const { rig } = made;
    const boss = await rig.account('boss', { roles: ['supervisor'] });
    const boss2 = await rig.account('boss2', { roles: ['supervisor'] });
    const manager = await rig.account('chief', { roles: ['manager'] });
    const supervise = <K extends Name>(name: K, input: InputOf<(typeof contract.supervision)[K]>, caller: Caller) =>
      rig.run(contract.supervision[name], rig.centre.supervision[name], input, caller);
    const escalate = <K extends keyof typeof contract.escalations>(
      name: K,
      input: InputOf<(typeof contract.escalations)[K]>,
      caller: Caller,
    ) => rig.run(contract.escalations[name], rig.centre.escalations[name], input, caller);
    return { ...made, boss, boss2, manager, supervise, escalate };
  }
  type House = Awaited<ReturnType<typeof house>>;

  /** The supervisor's phone rings, and is answered. */
  async function enter(
    { rig, boss, supervise }: House,
    mode: 'listen' | 'whisper' | 'barge',
    callId: string,
    caller = boss,
  ): Promise<string> {
    await supervise(mode, { callId, reason: 'training' }, caller);
    const [leg] = rig.exchange.ringingAt(caller.accountId);
    if (leg === undefined) throw new Error('It does not ring at the supervisor.');
    rig.exchange.farAnswers(leg);
    await rig.settle();
    return leg;
  }

  async function told<T>(rig: FlowRig, type: string, audience: string): Promise<T[]> {
    const rows = await rig.store.db
      .selectFrom('events')
      .select(['data', 'audience'])
      .where('type', '=', type)
      .orderBy('seq')
      .execute();
    return rows
      .filter((row) => (JSON.parse(row.audience) as string[]).includes(audience))
      .map(({ data }) => JSON.parse(data) as T);
  }

  const log = async ({ supervise, manager }: House, filter = {}) =>
    (await supervise('listeningLog', filter, manager)).entries;

  async function allIsOver({ rig }: House): Promise<void> {
    await rig.advance(10_000);
    expect(rig.exchange.leaks()).toEqual([]);
    const open = await rig.store.db.selectFrom('supervisions').select('id').where('state', '!=', 'ended').execute();
    expect(open).toEqual([]);
    const listening = await rig.store.db
      .selectFrom('listening_log')
      .select('id')
      .where('ended_at', 'is', null)
      .execute();
    expect(listening).toEqual([]);
    expect(rig.errors).toEqual([]);
  }

  describe('a supervisor', () => {
    it('listens, whispers, barges in and listens again: who hears whom, what is recorded, what is logged', async () => {
      const it = await house();
      const { rig, boss, supervise } = it;
      const { customer, agent, id } = await talk(rig, 'first');

      const ringing = await supervise('listen', { callId: id, reason: 'new colleague' }, boss);
      expect(ringing).toMatchObject({ callId: id, state: 'ringing', mode: 'listen', supervisor: { id: 'boss' } });
      const [leg = ''] = rig.exchange.ringingAt('boss');
      expect(rig.exchange.headersOf(leg)).toMatchObject({ 'X-Callweave-Call': id, 'X-Callweave-Dial': id });
      rig.exchange.farAnswers(leg);
      await rig.settle();
      expect(rig.exchange.voicesAt(leg).sort()).toEqual([customer, agent].sort());
      expect(rig.exchange.voicesAt(agent)).toEqual([customer]);
      expect(rig.exchange.voicesAt(customer)).toEqual([agent]);
      expect((await rig.call()).parties).toMatchObject([
        { id: leg, role: 'supervisor', accountId: 'boss', state: 'listening' },
      ]);

      await rig.advance(10_000);
      // Whoever is in has given the reason.
      await supervise('whisper', { callId: id }, boss);
      expect(rig.exchange.voicesAt(agent).sort()).toEqual([customer, leg].sort());
      expect(rig.exchange.voicesAt(customer)).toEqual([agent]);
      expect([...rig.exchange.tracks.values()].some((track) => track.leg === leg)).toBe(false);

      await rig.advance(2_000);
      await supervise('barge', { callId: id }, boss);
      expect(rig.exchange.voicesAt(customer).sort()).toEqual([agent, leg].sort());
      expect(rig.exchange.supervisions.size).toBe(0);
      const track = () => [...rig.exchange.tracks.values()].find((each) => each.leg === leg);
      expect(track()).toMatchObject({ endedAt: undefined });
      expect((await rig.call()).parties).toMatchObject([{ state: 'talking' }]);

      await rig.advance(5_000);
      await supervise('listen', { callId: id }, boss);
      expect(rig.exchange.voicesAt(customer)).toEqual([agent]);
      expect(track()?.endedAt).toBeDefined();

      await supervise('leave', { callId: id }, boss);
      await rig.settle();
      expect(rig.exchange.legsById.has(leg)).toBe(false);
      expect((await rig.call()).parties).toEqual([]);
      expect(rig.exchange.joined(customer, agent)).toBe(true);

      const entries = await log(it);
      expect(entries.map(({ kind }) => kind)).toEqual(['listen', 'barge', 'whisper', 'listen']);
      expect(entries.at(-1)).toMatchObject({
        listener: { id: 'boss', name: 'Name of boss' },
        agent: { id: 'first' },
        callId: id,
        reason: 'new colleague',
      });
      const [, , , first] = entries;
      expect(Date.parse(first?.endedAt ?? '') - Date.parse(first?.startedAt ?? '')).toBeGreaterThanOrEqual(10_000);
      const lines = (await rig.ledger()).filter(({ action }) => action === 'call.listened');
      expect(lines).toHaveLength(4);
      // Free text never gets into what can never be deleted.
      expect(lines.some(({ data }) => data.includes('colleague'))).toBe(false);

      rig.exchange.farEnds(customer, 'normal');
      await rig.settle();
      expect((await rig.call()).state).toBe('ended');
      await allIsOver(it);
    });

    it('is not seen by the agent where the house says so, until they speak', async () => {
      const it = await house({ supervisionPolicy: { agentSees: false } });
      const { rig, boss, supervise } = it;
      const { id, customer } = await talk(rig, 'first');
      const leg = await enter(it, 'listen', id);
      const seen = () => rig.events('account:first');
      expect((await seen()).flatMap(({ parties }) => parties)).toEqual([]);
      expect(await told(rig, 'supervision', 'account:first')).toEqual([]);
      expect((await told<Supervision>(rig, 'supervision', 'role:supervisor')).at(-1)).toMatchObject({
        state: 'on',
        visible: false,
      });
      await supervise('whisper', { callId: id }, boss);
      expect((await seen()).at(-1)?.parties).toMatchObject([{ id: leg, state: 'whispering' }]);
      await supervise('listen', { callId: id }, boss);
      expect((await seen()).at(-1)?.parties).toEqual([]);
      rig.exchange.farEnds(customer, 'normal');
      await allIsOver(it);
    });

    it('says why, is not in a call, and listens to somebody else’s', async () => {
      const it = await house();
      const { rig, boss, manager, supervise, first } = it;
      const refused = async (work: Promise<unknown>, code: string) => {
        await expect(work).rejects.toMatchObject({ code });
      };
      await refused(supervise('listen', { callId: 'call_none', reason: 'x' }, boss), 'call-not-live');
      const { id, customer } = await talk(rig, 'first');
      await refused(supervise('listen', { callId: id }, boss), 'reason-missing');
      await refused(supervise('listen', { callId: id, reason: 'x' }, manager), 'not-allowed');
      await refused(supervise('listen', { callId: id, reason: 'x' }, { ...first, roles: ['supervisor'] }), 'conflict');
      rig.exchange.unregister('boss');
      await refused(supervise('listen', { callId: id, reason: 'x' }, boss), 'exchange-unavailable');
      rig.exchange.register('boss');
      await enter(it, 'listen', id);
      const second = rig.exchange.dial('+989120000000', '+982181021380');
      await rig.advance(6_000);
      rig.exchange.farAnswers(rig.exchange.ringingAt('group1')[0] as string);
      await rig.settle();
      const other = (await rig.call()).id;
      expect(other).not.toBe(id);
      await refused(supervise('listen', { callId: other, reason: 'x' }, boss), 'in-a-call');
      for (const leg of [customer, second]) rig.exchange.farEnds(leg, 'normal');
      await allIsOver(it);
    });

    it('follows the agent who comes back on another leg, and goes when the call ends', async () => {
      const it = await house();
      const { rig, first } = it;
      const { id, customer, agent } = await talk(rig, 'first');
      const leg = await enter(it, 'listen', id);
      await rig.calls('resume', { callId: id }, first);
      expect(rig.exchange.voicesAt(leg)).toEqual([]);
      const [again = ''] = rig.exchange.ringingAt('first');
      expect(again).not.toBe(agent);
      rig.exchange.farAnswers(again);
      await rig.settle();
      expect(rig.exchange.voicesAt(leg).sort()).toEqual([again, customer].sort());
      rig.exchange.farEnds(customer, 'normal');
      await rig.settle();
      expect(rig.exchange.legsById.has(leg)).toBe(false);
      await allIsOver(it);
    });

    it('who does not answer their phone has listened to nothing', async () => {
      const it = await house();
      const { rig, boss, supervise } = it;
      const { id, customer } = await talk(rig, 'first');
      await supervise('listen', { callId: id, reason: 'x' }, boss);
      await rig.advance(25_000);
      expect((await told<Supervision>(rig, 'supervision', 'role:supervisor')).at(-1)?.state).toBe('ended');
      expect(await log(it)).toEqual([]);
      rig.exchange.farEnds(customer, 'normal');
      await allIsOver(it);
    });
  });

  describe('taking over', () => {
    for (const from of ['listen', 'barge', undefined] as const)
      it(`leaves the agent out and voids what was verified, ${from === undefined ? 'straight away' : `out of ${from}`}`, async () => {
        const it = await house();
        const { rig, boss, first, supervise } = it;
        const { id, customer, agent } = await talk(rig, 'first');
        await rig.verification('start', { callId: id }, first);
        let leg: string;
        if (from === undefined) {
          await supervise('takeOver', { callId: id, reason: 'complaint' }, boss);
          leg = rig.exchange.ringingAt('boss')[0] as string;
          expect(rig.exchange.joined(customer, agent)).toBe(true);
          rig.exchange.farAnswers(leg);
        } else {
          leg = await enter(it, from, id);
          await supervise('takeOver', { callId: id }, boss);
        }
        await rig.settle();
        expect(rig.exchange.legsById.has(agent)).toBe(false);
        expect(rig.exchange.voicesAt(customer)).toEqual([leg]);
        const call = await rig.call();
        expect(call).toMatchObject({
          state: 'answered',
          agent: { id: 'boss' },
          responderOrder: 'transfer',
          transfers: 1,
          parties: [],
          verification: { state: 'expired' },
        });
        // The agent's page is told that it is over, and nothing more of the caller.
        expect((await rig.events('account:first')).at(-1)).toMatchObject({ state: 'ended', callerNumber: '' });
        expect(rig.centre.activity).toBe(0);
        const line = (await rig.ledger()).find(({ action }) => action === 'call.taken-over');
        expect(line).toMatchObject({ actor: 'boss' });
        expect(await log(it, { kind: 'take-over' })).toMatchObject([
          { listener: { id: 'boss' }, agent: { id: 'first' } },
        ]);
        // It is their call in every way.
        await rig.calls('hangup', { callId: id }, boss);
        await rig.advance(5_000);
        expect(await rig.call()).toMatchObject({ state: 'ended', outcome: 'answered', recording: { state: 'stored' } });
        await allIsOver(it);
      });
  });

  describe('a call of which more than two are part', () => {
    it('is taken over out of a consultation: the customer is back, the third is gone', async () => {
      const it = await house();
      const { rig, boss, first, supervise } = it;
      const { id, customer, agent } = await talk(rig, 'first');
      const leg = await enter(it, 'listen', id);
      await rig.calls(
        'transfer',
        { callId: id, mode: 'attended', target: { kind: 'agent', accountId: 'other' } },
        first,
      );
      const [third = ''] = rig.exchange.ringingAt('other');
      rig.exchange.farAnswers(third);
      await rig.settle();
      // The consultation is heard; the customer, who waits, is not.
      expect(rig.exchange.voicesAt(leg).sort()).toEqual([agent, third].sort());
      await supervise('takeOver', { callId: id }, boss);
      await rig.settle();
      expect(rig.exchange.legsById.has(agent) || rig.exchange.legsById.has(third)).toBe(false);
      expect(rig.exchange.voicesAt(customer)).toEqual([leg]);
      expect(rig.exchange.hears(customer)).toEqual([]);
      expect(await rig.call()).toMatchObject({
        agent: { id: 'boss' },
        hold: { since: null },
        transfers: 1,
        parties: [],
      });
      rig.exchange.farEnds(customer, 'normal');
      await allIsOver(it);
    });

    it('is followed from one agent to the next when it is handed on', async () => {
      const it = await house();
      const { rig, first } = it;
      const { id, customer } = await talk(rig, 'first');
      const leg = await enter(it, 'listen', id);
      await rig.calls('transfer', { callId: id, mode: 'blind', target: { kind: 'agent', accountId: 'other' } }, first);
      const [next = ''] = rig.exchange.ringingAt('other');
      rig.exchange.farAnswers(next);
      await rig.settle();
      expect((await rig.call()).agent?.id).toBe('other');
      expect(rig.exchange.voicesAt(leg).sort()).toEqual([next, customer].sort());
      rig.exchange.farEnds(customer, 'normal');
      await allIsOver(it);
    });
  });

  describe('a restart', () => {
    it('takes the supervision up again, and it can be changed and left', async () => {
      const it = await house();
      const { rig, boss, supervise } = it;
      const { id, customer, agent } = await talk(rig, 'first');
      const leg = await enter(it, 'barge', id);
      await rig.restart('go-on');
      expect(rig.exchange.voicesAt(customer).sort()).toEqual([agent, leg].sort());
      await supervise('listen', { callId: id }, boss);
      expect(rig.exchange.voicesAt(customer)).toEqual([agent]);
      expect([...rig.exchange.tracks.values()].find((each) => each.leg === leg)?.endedAt).toBeDefined();
      await rig.restart('go-on');
      expect(rig.exchange.voicesAt(leg).sort()).toEqual([agent, customer].sort());
      await supervise('leave', { callId: id }, boss);
      rig.exchange.farEnds(customer, 'normal');
      await allIsOver(it);
    });

    it('leaves nothing behind when the legs died, or ended meanwhile', async () => {
      const it = await house();
      const { rig } = it;
      const first = await talk(rig, 'first');
      await enter(it, 'listen', first.id);
      await rig.restart('die');
      await allIsOver(it);

      const second = await talk(rig, 'first');
      const leg = await enter(it, 'whisper', second.id);
      await rig.restart('go-on', () => rig.exchange.farEnds(leg, 'normal'));
      expect((await rig.call()).parties).toEqual([]);
      expect(rig.exchange.joined(second.customer, second.agent)).toBe(true);
      rig.exchange.farEnds(second.customer, 'normal');
      await allIsOver(it);

      const third = await talk(rig, 'first');
      const left = await enter(it, 'listen', third.id);
      await rig.restart('go-on', () => rig.exchange.farEnds(third.customer, 'normal'));
      expect(rig.exchange.legsById.has(left)).toBe(false);
      await allIsOver(it);
    });
  });

  describe('an agent who asks for a supervisor', () => {
    it('is joined by the first who accepts; the second is told that somebody has come', async () => {
      const it = await house();
      const { rig, boss, boss2, first, escalate } = it;
      const { id, customer, agent } = await talk(rig, 'first');
      const raised = await escalate('raise', { callId: id, note: 'threatens to leave' }, first);
      expect(await escalate('raise', { callId: id }, first)).toMatchObject({ id: raised.id });
      expect((await told<Escalation>(rig, 'escalation', 'role:supervisor')).at(-1)).toMatchObject({
        state: 'open',
        agent: { id: 'first', name: 'Name of first' },
        note: 'threatens to leave',
      });
      await escalate('accept', { escalationId: raised.id, mode: 'barge' }, boss);
      await expect(escalate('accept', { escalationId: raised.id, mode: 'barge' }, boss2)).rejects.toMatchObject({
        code: 'escalation-closed',
      });
      await expect(escalate('cancel', { escalationId: raised.id }, first)).rejects.toMatchObject({
        code: 'escalation-closed',
      });
      const [leg = ''] = rig.exchange.ringingAt('boss');
      rig.exchange.farAnswers(leg);
      await rig.settle();
      expect(rig.exchange.voicesAt(customer).sort()).toEqual([agent, leg].sort());
      expect((await told<Escalation>(rig, 'escalation', 'account:first')).at(-1)).toMatchObject({
        state: 'accepted',
        supervisor: { id: 'boss' },
      });
      expect((await log(it))[0]).toMatchObject({ kind: 'barge', reason: 'threatens to leave' });
      rig.exchange.farEnds(leg, 'normal');
      await rig.settle();
      expect((await escalate('own', { callId: id }, first)).escalation).toBeNull();
      rig.exchange.farEnds(customer, 'normal');
      await allIsOver(it);
    });

    it('is told when nobody comes, still gets whoever comes later, and may take it back', async () => {
      const it = await house();
      const { rig, boss, first, other, escalate } = it;
      const { id, customer } = await talk(rig, 'first');
      await expect(escalate('raise', { callId: id }, other)).rejects.toMatchObject({ code: 'call-not-yours' });
      const raised = await escalate('raise', { callId: id, note: '' }, first);
      await rig.advance(29_000);
      expect((await escalate('own', { callId: id }, first)).escalation).toMatchObject({ unanswered: false });
      await rig.advance(2_000);
      expect((await told<Escalation>(rig, 'escalation', 'account:first')).at(-1)).toMatchObject({
        state: 'open',
        unanswered: true,
      });
      // Accepted by somebody whose phone then is not answered: it rings on.
      await escalate('accept', { escalationId: raised.id, mode: 'whisper' }, boss);
      await rig.advance(25_000);
      expect((await escalate('own', { callId: id }, first)).escalation).toMatchObject({
        state: 'open',
        supervisor: null,
      });
      await expect(escalate('cancel', { escalationId: raised.id }, boss)).rejects.toMatchObject({ code: 'not-found' });
      await expect(escalate('cancel', { escalationId: raised.id }, other)).rejects.toMatchObject({
        code: 'not-found',
      });
      expect(await escalate('cancel', { escalationId: raised.id }, first)).toMatchObject({ state: 'cancelled' });
      rig.exchange.farEnds(customer, 'normal');
      await allIsOver(it);
    });

    it('is forgotten when the call ends, and outlives a restart with its time', async () => {
      const it = await house();
      const { rig, first, escalate } = it;
      const { id, customer } = await talk(rig, 'first');
      await escalate('raise', { callId: id, note: 'help' }, first);
      await rig.advance(10_000);
      await rig.restart('go-on');
      await rig.advance(15_000);
      expect((await escalate('own', { callId: id }, first)).escalation).toMatchObject({ unanswered: false });
      await rig.advance(6_000);
      expect((await escalate('own', { callId: id }, first)).escalation).toMatchObject({ unanswered: true });
      rig.exchange.farEnds(customer, 'normal');
      await rig.advance(1_000);
      expect((await told<Escalation>(rig, 'escalation', 'account:first')).at(-1)).toMatchObject({ state: 'over' });
      await allIsOver(it);
    });
  });

  describe('the listening log', () => {
    it('is filtered and paged, newest first', async () => {
      const it = await house();
      const { rig, boss, boss2, manager, supervise } = it;
      const { id, customer } = await talk(rig, 'first');
      const leg = await enter(it, 'listen', id);
      for (const mode of ['whisper', 'listen', 'whisper', 'listen'] as const) {
        await rig.advance(1_000);
        await supervise(mode, { callId: id }, boss);
      }
      await enter(it, 'listen', id, boss2);
      const all = await log(it);
      expect(all).toHaveLength(6);
      const first = await supervise('listeningLog', { limit: 4 }, manager);
      const rest = await supervise('listeningLog', { limit: 4, before: first.next as string }, manager);
      expect([...first.entries, ...rest.entries]).toEqual(all);
      expect(rest.next).toBeNull();
      expect(await log(it, { listenerId: 'boss2' })).toHaveLength(1);
      expect(await log(it, { agentId: 'first', kind: 'whisper' })).toHaveLength(2);
      expect(await log(it, { callId: 'call_other' })).toEqual([]);
      expect(await log(it, { from: all[1]?.startedAt as string })).toHaveLength(2);
      expect(await log(it, { to: all[1]?.startedAt as string })).toHaveLength(4);
      rig.exchange.farEnds(leg, 'normal');
      rig.exchange.farEnds(customer, 'normal');
      await allIsOver(it);
    });
  });
});
