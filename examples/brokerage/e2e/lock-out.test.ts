import type { Client } from '@callweave/sdk';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { onBothExchanges } from './outside/exchanges.ts';
import { AgentDesk } from './pages/agent-desk.ts';
import type { Stage } from './stage.ts';
import { until } from './until.ts';

/** Commodity only; from a declared number, so one question is asked. */
const KAVEH = '+989124445566';

await onBothExchanges('Whoever cannot answer gives no orders', (open) => {
  let stage: Stage;
  let agent: AgentDesk;
  let asAgent: Client;
  let asManager: Client;

  beforeAll(async () => {
    stage = await open({
      rules: { flow: { greeting: [] }, verification: { attemptsPerCall: 3, failuresBeforeLock: 4 } },
    });
    agent = new AgentDesk((await stage.signIn('agent')).page);
    [asAgent, asManager] = await Promise.all([stage.client('agent'), stage.client('manager')]);
    await agent.ready();
  });
  afterAll(() => stage?.close());

  it('fails after three wrong answers in a call, and refuses what was noted', async () => {
    const customer = await stage.ring(KAVEH);
    const { id: callId } = await agent.answer();
    await agent.recordingIs('recording');
    await agent.noteRequest({ side: 'buy', typed: 'زعفران', symbol: 'زعفران', quantity: '300', price: '128000' });
    await agent.startVerification();
    for (const left of [2, 1, 0]) {
      await agent.answerQuestion('نمی‌دانم');
      expect((await agent.call()).verification.attemptsLeft).toBe(left);
    }
    await agent.verification.locator('[part~="status"].failed').waitFor();
    expect((await agent.call()).verification).toMatchObject({ state: 'failed', reason: 'wrong-answers' });
    expect(await agent.verification.locator('[part~="start"]').count()).toBe(0);
    expect(await agent.sheet.locator('[data-action="read-back"]').isDisabled()).toBe(true);

    // Nor past the page.
    const { orders } = await asAgent.orders.list({ callId });
    const instructionIds = orders.flatMap(({ instructions }) => instructions.map(({ id }) => id));
    expect(instructionIds).toHaveLength(1);
    await expect(asAgent.orders.readBack({ callId, instructionIds })).rejects.toMatchObject({
      code: 'verification-missing',
    });
    await expect(asAgent.orders.submit({ callId, instructionIds })).rejects.toMatchObject({
      code: 'verification-missing',
    });
    await expect(asAgent.verification.start({ callId })).rejects.toMatchObject({ code: 'verification-locked' });

    await customer.hangup();
    await agent.wrapUp('other', '');
  });

  it('locks the customer over several calls, until a supervisor releases them', async () => {
    const second = await stage.ring(KAVEH);
    const { customer } = await agent.answer();
    await agent.startVerification();
    await agent.answerQuestion('نمی‌دانم');
    await agent.verification.locator('[part~="status"].locked').waitFor();
    await second.hangup();
    await agent.wrapUp('other', '');

    const third = await stage.ring(KAVEH);
    const { id: callId } = await agent.answer();
    await expect(asAgent.verification.start({ callId })).rejects.toMatchObject({ code: 'verification-locked' });
    const customerId = customer?.id ?? '';
    await expect(asAgent.customers.unlock({ customerId, reason: 'I say so' })).rejects.toMatchObject({
      code: 'not-allowed',
    });
    expect((await asManager.customers.unlock({ customerId, reason: 'Identity card seen at the branch' })).locked).toBe(
      false,
    );
    await agent.verify();
    await until('the caller is verified', async () => (await agent.currentCall())?.verification.state === 'passed');
    await third.hangup();
    await agent.wrapUp('information', '');
  });

  it('left no page complaining', () => {
    expect(stage.complaints()).toEqual([]);
  });
});
