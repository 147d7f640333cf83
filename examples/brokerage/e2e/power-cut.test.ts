import type { Client } from '@callweave/sdk';
import type { Call, Order } from '@callweave/sdk/protocol';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CustomerCall } from './outside/customer.ts';
import { onBothExchanges } from './outside/exchanges.ts';
import { AgentDesk } from './pages/agent-desk.ts';
import { AGENT_VOICE_HZ, type Stage } from './stage.ts';
import { until } from './until.ts';
import { measureRecording } from './voice.ts';

const KAVEH = '+989124445566';

/** What a page may say while its server is dead, and nothing else. */
const OUTAGE =
  /net::ERR_|WebSocket connection to|Failed to load resource: the server responded with a status of 50[234]/;

await onBothExchanges('The adapter dies in a call and is started again', (open, exchange) => {
  let stage: Stage;
  let agent: AgentDesk;
  let asAgent: Client;
  let asManager: Client;
  let customer: CustomerCall;
  let call: Call;
  let before: readonly Order[];
  let cutAt: number;

  beforeAll(async () => {
    stage = await open({ rules: { flow: { greeting: [] } } });
    agent = new AgentDesk((await stage.signIn('agent')).page);
    [asAgent, asManager] = await Promise.all([stage.client('agent'), stage.client('manager')]);
    await agent.ready();
    customer = await stage.ring(KAVEH);
    await agent.answer();
    await agent.recordingIs('recording');
    await agent.verify();
    await agent.changePin(customer, '8264');
    await agent.noteRequest({ side: 'buy', typed: 'زعفران', symbol: 'زعفران', quantity: '300', price: '128000' });
    await agent.readBack(customer);
    await agent.submit();
    await agent.noteRequest({ side: 'buy', typed: 'پسته', symbol: 'پسته', quantity: '500' });
    call = await agent.call();
    before = (await asAgent.orders.list({ callId: call.id })).orders;
    expect(before.map(({ state }) => state).sort()).toEqual(['announced', 'draft']);
    cutAt = Date.now();
    await stage.powerCut();
  });
  afterAll(() => stage?.close());

  it('loses nothing that was committed', async () => {
    await stage.restart();
    expect((await asAgent.orders.list({ callId: call.id })).orders).toEqual(before);
    expect(await asAgent.calls.get({ callId: call.id })).toMatchObject({ id: call.id, customer: call.customer });
  });

  if (exchange === 'box') {
    it('finds the end of the call: its exchange died with it', async () => {
      await customer.over();
      await until('the end is written', async () => {
        const { state, outcome } = await asAgent.calls.get({ callId: call.id });
        return state === 'ended' && outcome === 'answered';
      });
      await until('the page has no call any more', async () => (await agent.currentCall()) === undefined);
      await agent.ready();
    });
  } else {
    it('finds the call itself: it went on at the exchange, and is hung up from the page', async () => {
      await until('the page has the call again', async () => {
        const now = await agent.currentCall();
        return now?.id === call.id && now.state === 'answered' && now.recording.state === 'recording';
      });
      await Promise.all([agent.hearsCustomer(), customer.hears('sound')]);
      const { verification } = await agent.call();
      expect(verification).toMatchObject({ state: 'passed', pin: 'changed' });
      await agent.readBack(customer);
      await agent.submit();
      await agent.hangUp();
      await customer.over();
      await agent.wrapUp('order-taken', '');
      await expect(asAgent.calls.get({ callId: call.id })).resolves.toMatchObject({
        state: 'ended',
        outcome: 'answered',
      });
    });
  }

  it('stores what was recorded, with both voices, and proves the order', async () => {
    const recordingId = call.recording.id ?? '';
    await until(
      'the recording is stored',
      async () => (await asManager.recordings.get({ recordingId })).state === 'stored',
    );
    const answer = await stage.fetchAs('manager', `/callweave/recordings/${recordingId}/audio`);
    const { customer: left, agent: right, seconds } = measureRecording(new Uint8Array(await answer.arrayBuffer()));
    expect(Math.abs(left.hz - stage.outside.voiceHz)).toBeLessThanOrEqual(20);
    expect(Math.abs(right.hz - AGENT_VOICE_HZ)).toBeLessThanOrEqual(20);
    const beforeTheCut = (cutAt - Date.parse(call.answeredAt ?? '')) / 1000;
    if (exchange === 'box') expect(Math.abs(seconds - beforeTheCut)).toBeLessThan(3);
    else {
      const { endedAt } = await asManager.calls.get({ callId: call.id });
      expect(Math.abs(seconds - (Date.parse(endedAt ?? '') - Date.parse(call.answeredAt ?? '')) / 1000)).toBeLessThan(
        2,
      );
    }
    const submitted = (await asManager.orders.list({ customerId: call.customer?.id ?? '' })).orders.filter(
      ({ submittedAt }) => submittedAt,
    );
    expect(submitted).toHaveLength(exchange === 'box' ? 1 : 2);
    for (const { id } of submitted) {
      const report = await asManager.evidence.verifyOrder({ orderId: id });
      expect(report.checks.filter(({ ok }) => !ok)).toEqual([]);
      expect(report.proven).toBe(true);
    }
  });

  it('takes the next call as if nothing had happened', async () => {
    const again = await stage.ring(KAVEH);
    const next = await agent.answer();
    expect(next.id).not.toBe(call.id);
    await Promise.all([agent.hearsCustomer(), again.hears('sound')]);
    await agent.verify();
    await agent.hangUp();
    await again.over();
  });

  it('left no page complaining of anything but the outage', () => {
    expect(stage.complaints().filter((complaint) => !OUTAGE.test(complaint))).toEqual([]);
  });
});
