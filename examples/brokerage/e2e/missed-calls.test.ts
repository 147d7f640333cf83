import type { Client } from '@callweave/sdk';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { PUBLIC_NUMBER } from '../src/demo.ts';
import type { OutsideTelephone } from './outside/customer.ts';
import { onBothExchanges } from './outside/exchanges.ts';
import { AgentDesk } from './pages/agent-desk.ts';
import type { Stage } from './stage.ts';
import { until } from './until.ts';

/** Negar alone. */
const KAVEH = '+989124445566';

await onBothExchanges('A missed call', (open) => {
  let stage: Stage;
  let agent: AgentDesk;
  let asManager: Client;
  let kaveh: OutsideTelephone;

  beforeAll(async () => {
    stage = await open({
      rules: { queues: [], missedCalls: { minRingSeconds: 0, sms: true }, flow: { greeting: [], wrapUpSeconds: 0 } },
    });
    agent = new AgentDesk((await stage.signIn('agent')).page);
    await agent.page.goto('/calls');
    await agent.ready();
    asManager = await stage.client('manager');
    kaveh = await stage.telephone(KAVEH);
  });
  afterAll(async () => {
    await kaveh?.close();
    await stage?.close();
  });

  const rows = () => agent.page.locator('cw-missed-calls [data-case]');
  const giveUp = async () => {
    const call = await kaveh.dial(PUBLIC_NUMBER);
    await agent.rings('کاوه نادری');
    await call.hangup();
    await until('it rings no more', async () => (await agent.badge.locator('[part~="badge"]').count()) === 0);
  };

  it('is one case however often they ring, and tells them once that they will be called', async () => {
    await giveUp();
    await rows().waitFor();
    await giveUp();
    const { missedCalls } = await until('the case counts both', async () => {
      const answer = await asManager.missedCalls.list({});
      return answer.missedCalls[0]?.count === 2 ? answer : undefined;
    });
    expect(missedCalls).toHaveLength(1);
    expect(missedCalls[0]).toMatchObject({
      number: KAVEH,
      calledNumber: PUBLIC_NUMBER,
      customer: { name: 'کاوه نادری' },
    });
    await until('the text is on its way', async () => {
      const { messages } = await asManager.messages.list({});
      return messages.filter(({ state }) => state === 'sent').length === 1;
    });
    expect((await asManager.messages.list({})).messages).toHaveLength(1);
  });

  it('is called back with one click, with the number that they called; answered, it closes', async () => {
    await rows().locator('[data-action="call-back"]').click();
    const call = await kaveh.rings();
    expect(call.from).toBe(PUBLIC_NUMBER);
    await call.answer();
    await agent.hearsCustomer();
    await call.hears('sound');
    expect(await agent.call()).toMatchObject({
      direction: 'outbound',
      customer: { name: 'کاوه نادری' },
      recording: { state: 'recording' },
    });
    await until('the case is closed', async () => (await rows().count()) === 0);
    await call.hangup();
    await until('the call is over', async () => (await agent.currentCall()) === undefined);
  });

  it('closes by itself when they ring again and are answered', async () => {
    await giveUp();
    await rows().waitFor();
    const call = await kaveh.dial(PUBLIC_NUMBER);
    await agent.rings('کاوه نادری');
    await agent.answer();
    await until('the case is closed', async () => (await rows().count()) === 0);
    await call.hangup();
  });

  it('left no page complaining', () => {
    expect(stage.complaints()).toEqual([]);
  });
});
