import type { Client } from '@callweave/sdk';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { onBothExchanges } from './outside/exchanges.ts';
import { AgentDesk } from './pages/agent-desk.ts';
import type { Stage } from './stage.ts';
import { until } from './until.ts';

const SARA = '+989121234567';
const REZA = '+989351112233';

await onBothExchanges('Callers who find nobody free', (open) => {
  let stage: Stage;
  let agent: AgentDesk;
  let board: AgentDesk;
  let asAgent: Client;
  let asManager: Client;

  beforeAll(async () => {
    stage = await open({ rules: { flow: { greeting: [], wrapUpSeconds: 0 } } });
    agent = new AgentDesk((await stage.signIn('agent')).page);
    board = new AgentDesk((await stage.signIn('manager')).page);
    await board.page.goto('/supervision');
    [asAgent, asManager] = [await stage.client('agent'), await stage.client('manager')];
    await agent.ready();
  });
  afterAll(() => stage?.close());

  const figure = (name: string) => board.page.locator(`cw-wallboard [data-figure="${name}"]`);
  const shows = (name: string, value: string) => figure(name).filter({ hasText: value }).waitFor();
  const newest = async () => {
    const [call] = (await asManager.calls.list({ state: 'all', limit: 1 })).calls;
    if (!call) throw new Error('There is no call.');
    return call;
  };

  it('wait with music while the only agent is not ready; the wallboard counts them', async () => {
    await asAgent.presence.setOwn({ ready: false, reason: 'lunch' });
    const customer = await stage.ring(SARA);
    await customer.connected();
    await customer.hears('sound');
    await shows('waiting', '1');
    const call = await newest();
    expect(call.waiting).toMatchObject({ queueId: 'desk', position: 1 });
    expect(call.routing.map(({ accountId, result }) => `${accountId}: ${result}`)).toContain('u-agent: not-ready');

    await asAgent.presence.setOwn({ ready: true });
    await agent.rings('سارا احمدی');
    await agent.answer();
    await agent.hearsCustomer();
    await shows('waiting', '0');
    await shows('answered', '1');
    expect((await newest()).waiting).toBeNull();
    await customer.hangup();
    await until('the agent is free', async () => (await agent.currentCall()) === undefined);
  });

  it('are answered in the order in which they came', async () => {
    await asAgent.presence.setOwn({ ready: false, reason: 'lunch' });
    const sara = await stage.ring(SARA);
    await shows('waiting', '1');
    const reza = await stage.ring(REZA);
    await shows('waiting', '2');
    await asAgent.presence.setOwn({ ready: true });
    await agent.rings('سارا احمدی');
    await agent.answer();
    await sara.hangup();
    // Two customers share this number: the agent is told to ask.
    await agent.badge.locator('[part~="answer"]').waitFor();
    expect((await agent.answer()).callerNumber).toBe(REZA);
    await reza.hangup();
    await until('the agent is free', async () => (await agent.currentCall()) === undefined);
  });

  it('who give up are counted, and found in the history by the last digits of their number', async () => {
    await asAgent.presence.setOwn({ ready: false, reason: 'lunch' });
    const customer = await stage.ring(SARA);
    await customer.connected();
    await shows('waiting', '1');
    await customer.hangup();
    await shows('waiting', '0');
    const page = board.page;
    await page.locator('cw-call-history #number').fill('234567');
    await page.locator('cw-call-history [data-action="search"]').click();
    await until('the three calls of this number are found', async () => {
      const { calls } = await asManager.callHistory.search({ number: '234567' });
      return calls.length === 3;
    });
    await until('the page shows them', async () => (await page.locator('cw-call-history [data-call]').count()) === 3);
    await asAgent.presence.setOwn({ ready: true });
  });

  it('left no page complaining', () => {
    expect(stage.complaints()).toEqual([]);
  });
});
