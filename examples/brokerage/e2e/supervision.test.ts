import type { Client } from '@callweave/sdk';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { supervision as words } from '../../../packages/widgets/src/translations/en/supervision.ts';
import { listen } from './ear.ts';
import { onBothExchanges } from './outside/exchanges.ts';
import { AgentDesk } from './pages/agent-desk.ts';
import type { Stage } from './stage.ts';
import { until } from './until.ts';

const SARA = '+989121234567';

await onBothExchanges('A supervisor at a call', (open) => {
  let stage: Stage;
  let agent: AgentDesk;
  /** The supervisor's page, seen as a desk and as the list of calls. */
  let supervisor: AgentDesk;
  let asManager: Client;

  beforeAll(async () => {
    stage = await open({ rules: { flow: { greeting: [], wrapUpSeconds: 0 } } });
    agent = new AgentDesk((await stage.signIn('agent')).page);
    supervisor = new AgentDesk((await stage.signIn('supervisor')).page);
    await supervisor.page.goto('/supervision');
    asManager = await stage.client('manager');
    await Promise.all([agent.ready(), supervisor.ready()]);
  });
  afterAll(() => stage?.close());

  const list = () => supervisor.page.locator('cw-supervision');
  const part = (text: string) => list().getByText(text).waitFor();
  const press = (action: string) => list().locator(`[data-call] [data-action="${action}"]`).click();
  const state = async (callId: string) => {
    const { agent: has, parties, verification } = await asManager.calls.get({ callId });
    return { agent: has?.id, parties: parties.map((party) => party.state), verification: verification.state };
  };

  it('listens with a reason: the phone answers by itself, the call is heard, the agent sees it', async () => {
    const customer = await stage.ring(SARA);
    const call = await agent.answer();
    await agent.hearsCustomer();
    await press('listen');
    await list().locator('#reason').fill('a new colleague');
    await list().locator('[data-action="confirm"]').click();
    await part(words.iDo.listen);
    await until('the supervisor hears the call', async () => (await listen(supervisor.page)) === 'sound');
    await until('the agent is shown it', async () => (await state(call.id)).parties.includes('listening'));
    await agent.page.locator('cw-escalation').getByText('listens to this call').waitFor();

    await press('whisper');
    await part(words.iDo.whisper);
    await press('leave');
    await until('the supervisor has left', async () => (await state(call.id)).parties.length === 0);
    await agent.hearsCustomer();
    await customer.hangup();
    await until('the call is over', async () => (await agent.currentCall()) === undefined);

    const { entries } = await asManager.supervision.listeningLog({ callId: call.id });
    expect(entries.map(({ kind }) => kind)).toEqual(['whisper', 'listen']);
    expect(entries.at(-1)).toMatchObject({ reason: 'a new colleague', listener: { id: 'u-supervisor' } });
  });

  it('is called by the agent, joins, and takes the call over: the agent is out, the customer is not', async () => {
    const customer = await stage.ring(SARA);
    const call = await agent.answer();
    await agent.hearsCustomer();
    const help = agent.page.locator('cw-escalation');
    await help.locator('[part~="call"]').click();
    await help.locator('#note').fill('complaint');
    await help.locator('button.primary').click();
    await list().locator('[data-escalation]', { hasText: 'complaint' }).locator('[data-action="join"]').click();
    await part(words.iDo.barge);
    await help.getByText('is with you').waitFor();
    await until('the supervisor hears the call', async () => (await listen(supervisor.page)) === 'sound');

    await press('takeOver');
    await list().locator('[data-action="confirm"]').click();
    await until('the agent is out', async () => (await agent.currentCall()) === undefined);
    await until('the supervisor has the call', async () => (await supervisor.currentCall())?.id === call.id);
    expect(await state(call.id)).toMatchObject({ agent: 'u-supervisor', parties: [] });
    await customer.hears('sound');
    await until('the supervisor hears the customer', async () => (await listen(supervisor.page)) === 'sound');
    await supervisor.bar.locator('[part~="hang-up"]').click();
    await customer.over();
    await until('it is over for both', async () => (await supervisor.currentCall()) === undefined);
    expect((await asManager.calls.get({ callId: call.id })).outcome).toBe('answered');
  });

  it('left no page complaining', () => {
    expect(stage.complaints()).toEqual([]);
  });
});
