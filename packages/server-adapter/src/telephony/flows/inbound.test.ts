import type { CallPortal } from '@callweave/sdk/protocol';
import { describe, expect, it } from 'vitest';
import { describeStores } from '../../store/testing.ts';
import { ExchangeError } from '../exchange.ts';
import { createHouse, ring, talk } from './testing/dialling.ts';
import {
  CUSTOMER_NUMBER,
  createFlowRig,
  type FlowRig,
  type FlowRigOptions,
  PUBLIC_NUMBER,
} from './testing/flow-rig.ts';

const PORTAL: CallPortal = {
  devices: 2,
  inWarranty: 1,
  service: { active: 1, expired: 1 },
  attention: { brand: 'Arvin', model: 'S2', state: 'expired', daysLeft: null },
  openTickets: 1,
  debt: {
    balance: { amount: 30_000_000, currency: 'IRR' },
    ceiling: { amount: 100_000_000, currency: 'IRR' },
    level: 'clear',
    override: false,
  },
};

describeStores('inbound flow', (makeStore) => {
  const house = (options: FlowRigOptions = {}) => createHouse(makeStore, options);

  describe('a call that is answered', () => {
    it('is told that no faxes are taken, and ended, when a fax machine is heard before anybody answers', async () => {
      const { rig } = await house();
      const leg = await ring(rig);
      rig.exchange.hearFaxTone(leg);
      await rig.settle();
      expect(rig.exchange.hears(leg)).toEqual(['no-fax', 'goodbye']);
      // The agents' phones are silent before the machine is told anything.
      expect(rig.exchange.ringingAt('first')).toEqual([]);
      expect((await rig.call()).routing).toMatchObject([{ accountId: 'first', result: 'caller-gave-up' }]);
      await rig.advance(10_000);
      expect(rig.exchange.legsById.has(leg)).toBe(false);
      expect(await rig.call()).toMatchObject({ outcome: 'rejected' });
      expect(rig.exchange.ringingAt('first')).toEqual([]);
      expect(rig.exchange.leaks()).toEqual([]);
    });

    it('goes on with a person who makes the same tone once somebody has answered', async () => {
      const { rig } = await house();
      const leg = await ring(rig);
      const [agentLeg = ''] = rig.exchange.ringingAt('first');
      rig.exchange.farAnswers(agentLeg);
      await rig.advance(4_000);
      rig.exchange.hearFaxTone(leg);
      await rig.advance(10_000);
      expect(rig.exchange.joined(leg, agentLeg)).toBe(true);
    });

    it('rings at the first responder at once, greets meanwhile, joins the two and records both from the first word', async () => {
      const { rig, first, customer } = await house();
      const leg = await ring(rig);
      const [agentLeg] = rig.exchange.ringingAt('first');
      expect(agentLeg).toBeDefined();
      const ringing = await rig.call();
      expect(ringing).toMatchObject({
        state: 'ringing',
        callerNumber: CUSTOMER_NUMBER,
        calledNumber: PUBLIC_NUMBER,
        numberDeclared: true,
        customer: { id: customer.id },
        candidates: [],
        agent: { id: 'first', name: 'Name of first' },
        responderOrder: 'first',
        routing: [{ order: 'first', accountId: 'first', result: 'ringing' }],
      });
      expect(rig.exchange.headersOf(agentLeg as string)['X-Callweave-Call']).toBe(ringing.id);
      expect(rig.exchange.hears(leg)).toEqual(['welcome', 'recording-notice']);
      await rig.advance(3_500);
      expect(rig.exchange.hears(leg)).toEqual(['ringback']);

      rig.exchange.farAnswers(agentLeg as string);
      await rig.settle();
      expect(rig.exchange.joined(leg, agentLeg as string)).toBe(true);
      expect(rig.exchange.hears(leg)).toEqual([]);
      expect([...rig.exchange.tracks.values()].map((track) => track.leg).sort()).toEqual([leg, agentLeg].sort());
      expect(await rig.call()).toMatchObject({
        state: 'answered',
        recording: { state: 'recording' },
        routing: [{ result: 'answered' }],
      });

      await rig.advance(30_000);
      rig.exchange.farEnds(leg, 'normal');
      await rig.advance(3_000);
      const over = await rig.call();
      expect(over).toMatchObject({
        state: 'wrap-up',
        outcome: 'answered',
        recording: { state: 'stored' },
        agent: { id: 'first' },
      });
      expect(rig.exchange.leaks()).toEqual([]);
      expect(rig.files.all.size).toBe(1);

      const done = await rig.calls('wrapUp', { callId: over.id, disposition: 'order taken', note: '' }, first);
      expect(done).toMatchObject({ state: 'ended', wrapUp: { disposition: 'order taken' } });
      expect(rig.errors).toEqual([]);
    });

    it('hears the recording notice to its end before anybody is heard', async () => {
      const { rig } = await house();
      const leg = await ring(rig);
      const [agentLeg] = rig.exchange.ringingAt('first');
      rig.exchange.farAnswers(agentLeg as string);
      await rig.settle();
      expect(rig.exchange.joined(leg, agentLeg as string)).toBe(false);
      await rig.advance(3_500);
      expect(rig.exchange.joined(leg, agentLeg as string)).toBe(true);
    });

    it('ends for both when the agent hangs up, or asks for it over HTTP', async () => {
      const { rig, first } = await house({ policy: { wrapUpSeconds: 0 } });
      const call = await talk(rig, 'first');
      rig.exchange.farEnds(call.agent, 'normal');
      await rig.advance(3_000);
      expect(rig.exchange.leaks()).toEqual([]);
      expect(await rig.call()).toMatchObject({ state: 'ended', outcome: 'answered' });

      await talk(rig, 'first');
      const { id } = await rig.call();
      expect(await rig.calls('hangup', { callId: id }, first)).toMatchObject({ state: 'ended', outcome: 'answered' });
      expect(await rig.calls('hangup', { callId: id }, first)).toMatchObject({ state: 'ended' });
      await rig.advance(3_000);
      expect(rig.exchange.leaks()).toEqual([]);
    });

    it('leaves the agent alone during wrap-up, until it is done or its time is over', async () => {
      const { rig } = await house({ policy: { wrapUpSeconds: 60 } });
      const call = await talk(rig, 'first');
      rig.exchange.farEnds(call.customer, 'normal');
      await rig.advance(1_000);
      await talk(rig, 'second');
      expect((await rig.call()).routing).toMatchObject([
        { accountId: 'first', result: 'busy' },
        { accountId: 'second', result: 'answered' },
      ]);
      await rig.calls(
        'hangup',
        { callId: (await rig.call()).id },
        { accountId: 'second', name: '', roles: ['agent'], branch: '' },
      );
      await rig.advance(61_000);
      await ring(rig);
      expect(rig.exchange.ringingAt('first')).toHaveLength(1);
    });
  });

  describe('falling back', () => {
    const cases = [
      [
        'is busy',
        'busy',
        async (rig: FlowRig) => rig.exchange.farEnds(rig.exchange.ringingAt('first')[0] as string, 'busy'),
      ],
      [
        'declines',
        'declined',
        async (rig: FlowRig) => rig.exchange.farEnds(rig.exchange.ringingAt('first')[0] as string, 'rejected'),
      ],
      ['does not answer', 'no-answer', async (rig: FlowRig) => rig.advance(20_000)],
    ] as const;
    for (const [name, reason, happens] of cases) {
      it(`rings the second responder when the first ${name}, says why, and takes the badge away`, async () => {
        const { rig } = await house();
        await ring(rig);
        await happens(rig);
        await rig.settle();
        expect(rig.exchange.ringingAt('first')).toEqual([]);
        expect(rig.exchange.ringingAt('second')).toHaveLength(1);
        const call = await rig.call();
        expect(call.routing).toMatchObject([
          { accountId: 'first', result: reason },
          { order: 'second', accountId: 'second', result: 'ringing' },
        ]);
        expect(call).toMatchObject({ state: 'ringing', agent: { id: 'second' }, responderOrder: 'second' });
        const last = (await rig.events('account:first')).at(-1);
        expect(last).toMatchObject({
          id: call.id,
          state: 'ended',
          outcome: null,
          agent: null,
          callerNumber: '',
          customer: null,
          routing: [],
        });
      });
    }

    it('passes over who is unreachable, on leave or inactive, and over a responder who is gone', async () => {
      const rig = await createFlowRig(makeStore);
      await rig.account('away', { onLeave: true });
      await rig.account('off', { registered: false });
      await rig.account('left', { active: false });
      await rig.account('group1', { inGroup: true });
      await rig.customer({ responders: ['away', 'off'] });
      await rig.customer({
        name: 'B',
        nationalCode: '0499370899',
        numbers: ['+989120000002'],
        responders: ['left', 'nobody'],
      });
      await ring(rig);
      expect((await rig.call()).routing).toMatchObject([
        { accountId: 'away', result: 'on-leave' },
        { accountId: 'off', result: 'unreachable' },
        { order: 'group', accountId: 'group1', result: 'ringing' },
      ]);
      rig.exchange.farEnds(rig.exchange.ringingAt('group1')[0] as string, 'rejected');
      await rig.settle();
      await ring(rig, '+989120000002');
      expect((await rig.call()).routing.slice(0, 2)).toMatchObject([
        { accountId: 'left', result: 'inactive' },
        { accountId: 'nobody', result: 'inactive' },
      ]);
    });

    it('declines over HTTP, but only for whom it rings at', async () => {
      const { rig, first, other } = await house();
      await ring(rig);
      const { id } = await rig.call();
      await expect(rig.calls('decline', { callId: id }, other)).rejects.toMatchObject({ code: 'not-found' });
      await rig.calls('decline', { callId: id }, first);
      expect((await rig.call()).routing[0]).toMatchObject({ result: 'declined' });
      await expect(rig.calls('decline', { callId: id }, first)).rejects.toMatchObject({ code: 'not-found' });
    });

    it('rings at the whole group; the first to answer has it, the others stop ringing without a missed call', async () => {
      const { rig, group } = await house();
      const leg = await ring(rig, '+989129999999');
      await rig.advance(4_000);
      const [one] = rig.exchange.ringingAt('group1');
      const [two] = rig.exchange.ringingAt('group2');
      expect(one && two).toBeTruthy();
      const call = await rig.call();
      expect(call).toMatchObject({ agent: null, customer: null, numberDeclared: false, responderOrder: 'group' });
      expect((await rig.events('account:group1')).at(-1)).toMatchObject({ agent: { id: 'group1' }, state: 'ringing' });
      expect((await rig.calls('list', {}, group)).calls).toMatchObject([{ id: call.id, agent: { id: 'group1' } }]);
      // Both at the same moment.
      rig.exchange.farAnswers(two as string);
      rig.exchange.farAnswers(one as string);
      await rig.settle();
      expect(rig.exchange.joined(leg, two as string)).toBe(true);
      expect(rig.exchange.legsById.has(one as string)).toBe(false);
      expect((await rig.call()).routing).toMatchObject([
        { accountId: 'group1', result: 'answered-elsewhere' },
        { accountId: 'group2', result: 'answered' },
      ]);
      expect((await rig.events('account:group1')).at(-1)).toMatchObject({ state: 'ended', agent: null, outcome: null });
      expect((await rig.calls('list', { state: 'all' }, group)).calls).toEqual([]);
    });

    it('says that nobody is there when all were tried, and counts it as missed', async () => {
      const { rig } = await house();
      const leg = await ring(rig);
      await rig.advance(62_000);
      expect(rig.exchange.hears(leg)).toEqual(['nobody-available', 'goodbye']);
      await rig.advance(5_000);
      expect(await rig.call()).toMatchObject({ state: 'ended', outcome: 'missed', agent: null });
      expect(rig.exchange.leaks()).toEqual([]);
    });

    it('is abandoned when the caller gives up', async () => {
      const { rig } = await house();
      const leg = await ring(rig);
      rig.exchange.farEnds(leg, 'normal');
      await rig.settle();
      expect(await rig.call()).toMatchObject({
        state: 'ended',
        outcome: 'abandoned',
        routing: [{ result: 'caller-gave-up' }],
      });
      expect(rig.exchange.leaks()).toEqual([]);
    });

    it('is abandoned also when the hang-up crosses with our answer, whatever the exchange makes of it', async () => {
      const gone = { leg: '' };
      const { rig } = await house({
        faults: {
          fault: (command) => {
            if (command !== 'answer') return undefined;
            rig.exchange.farEnds(gone.leg, 'cancelled');
            return new ExchangeError('failed', 'Channel not in a state to be answered');
          },
        },
      });
      gone.leg = rig.exchange.dial(CUSTOMER_NUMBER, PUBLIC_NUMBER);
      await rig.advance(1_000);
      expect(await rig.call()).toMatchObject({ state: 'ended', outcome: 'abandoned' });
      expect(rig.exchange.leaks()).toEqual([]);
    });

    it('does not ring at somebody who talks, and rings their own telephone with our number', async () => {
      const rig = await createFlowRig(makeStore);
      await rig.account('mobile', { device: { kind: 'number', number: '+989127654321' } });
      await rig.customer({ responders: ['mobile'] });
      await ring(rig);
      const leg = [...rig.exchange.legsById.values()].find(({ origin }) => origin === 'ring');
      expect(leg).toMatchObject({ to: '+989127654321', from: PUBLIC_NUMBER, headers: {} });
      rig.exchange.farAnswers(leg?.id as string);
      await rig.advance(5_000);
      await ring(rig);
      expect((await rig.call()).routing).toMatchObject([{ accountId: 'mobile', result: 'busy' }]);
    });
  });

  describe('who sees what', () => {
    it('tells the agent it rings at, the supervisors and the managers, and nobody else', async () => {
      const { rig, other } = await house();
      await talk(rig, 'first');
      const { id } = await rig.call();
      expect(await rig.events('account:other')).toEqual([]);
      expect(await rig.events('account:group1')).toEqual([]);
      expect(await rig.events('account:second')).toEqual([]);
      expect((await rig.events('account:first')).map(({ state }) => state)).toContain('answered');
      expect((await rig.events('role:supervisor')).length).toBeGreaterThan(1);
      await expect(rig.calls('get', { callId: id }, other)).rejects.toMatchObject({ code: 'not-found' });
      await expect(rig.calls('hold', { callId: id, held: true }, other)).rejects.toMatchObject({
        code: 'call-not-yours',
      });
      await expect(rig.calls('hangup', { callId: id }, other)).rejects.toMatchObject({ code: 'not-found' });
      expect((await rig.calls('list', {}, other)).calls).toEqual([]);
    });

    it('lets the agent choose when several customers have the number, and also someone else', async () => {
      const { rig, first, second } = await house();
      const b = await rig.customer({ name: 'B', nationalCode: '0499370899', responders: ['first'] });
      const c = await rig.customer({ name: 'C', nationalCode: '0790419904', numbers: ['+989120000003'] });
      await talk(rig, 'first');
      const call = await rig.call();
      expect(call).toMatchObject({
        customer: null,
        numberDeclared: true,
        candidates: [{ name: 'Sara Ahmadi' }, { name: 'B' }],
      });
      const callId = call.id;
      await expect(rig.calls('chooseCustomer', { callId, customerId: b.id }, second)).rejects.toMatchObject({
        code: 'call-not-yours',
      });
      await expect(rig.calls('chooseCustomer', { callId, customerId: 'nobody' }, first)).rejects.toMatchObject({
        code: 'not-a-candidate',
      });
      expect(await rig.calls('chooseCustomer', { callId, customerId: b.id }, first)).toMatchObject({
        customer: { name: 'B' },
        numberDeclared: true,
      });
      expect(await rig.calls('chooseCustomer', { callId, customerId: c.id }, first)).toMatchObject({
        customer: { name: 'C' },
        numberDeclared: false,
      });
    });

    it('shows what the host says of the caller, as soon as it says it', async () => {
      const { rig } = await house({ entitlement: async () => 'gold' });
      await ring(rig);
      expect((await rig.call()).entitlement).toBe('gold');
    });

    it('shows what the caller has, of several people as soon as one is chosen, and of nobody else', async () => {
      const buyers = new Set<string>();
      const { rig, first, customer } = await house({
        entitlement: async (id) => `what ${id} may`,
        portalOf: async (_db, id) => (buyers.has(id) ? PORTAL : undefined),
      });
      buyers.add(customer.id);
      const b = await rig.customer({ name: 'B', nationalCode: '0499370899', responders: ['first'] });
      await talk(rig, 'first');
      const { id: callId } = await rig.call();
      expect(await rig.call()).toMatchObject({ customer: null, entitlement: null, portal: null });
      await rig.calls('chooseCustomer', { callId, customerId: customer.id }, first);
      await rig.settle();
      expect(await rig.call()).toMatchObject({ entitlement: `what ${customer.id} may`, portal: PORTAL });
      // At once, before anything is known of the other.
      expect(await rig.calls('chooseCustomer', { callId, customerId: b.id }, first)).toMatchObject({
        entitlement: null,
        portal: null,
      });
      await rig.settle();
      expect(await rig.call()).toMatchObject({ entitlement: `what ${b.id} may`, portal: null });
    });

    it('rings although what the caller has is not known', async () => {
      const { rig } = await house({ portalOf: () => Promise.reject(new Error('The base is being moved.')) });
      await ring(rig);
      expect(await rig.call()).toMatchObject({ customer: { name: 'Sara Ahmadi' }, portal: null });
    });
  });
});
