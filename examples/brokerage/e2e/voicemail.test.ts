import { afterAll, beforeAll, expect, it } from 'vitest';
import { VOICEMAIL_NUMBER } from '../src/demo.ts';
import type { OutsideTelephone } from './outside/customer.ts';
import { onBothExchanges } from './outside/exchanges.ts';
import { AgentDesk } from './pages/agent-desk.ts';
import type { Stage } from './stage.ts';
import { until } from './until.ts';

/** Negar alone. */
const KAVEH = '+989124445566';

await onBothExchanges('A message that a caller leaves', (open) => {
  let stage: Stage;
  let agent: AgentDesk;
  let kaveh: OutsideTelephone;

  beforeAll(async () => {
    stage = await open({ rules: { flow: { greeting: [], wrapUpSeconds: 0 } } });
    agent = new AgentDesk((await stage.signIn('agent')).page);
    await agent.page.goto('/calls');
    await agent.ready();
    kaveh = await stage.telephone(KAVEH);
  });
  afterAll(async () => {
    await kaveh?.close();
    await stage?.close();
  });

  const messages = () => agent.page.locator('cw-voicemail [data-message]');

  it('stands on the page of everyone in the group, and is heard there', async () => {
    const call = await kaveh.dial(VOICEMAIL_NUMBER);
    await call.connected();
    await call.hears('sound');
    // Any key skips the greeting; then comes the tone, and it listens.
    await call.key('1');
    await call.hears('silence');
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    await call.key('#');
    await call.over();
    const message = messages().filter({ hasText: 'کاوه نادری' });
    await message.waitFor();
    await message.locator('[data-action="open"]').click();
    await agent.page.locator('cw-voicemail [data-action="play"]').click();
    await until('the message is played', () =>
      agent.page
        .locator('cw-voicemail audio')
        .evaluate((audio: HTMLAudioElement) => audio.currentTime > 0.5 && audio.error === null),
    );
    await until('it counts as heard', async () => {
      const { messages: all } = await (await stage.client('agent')).voicemail.list({});
      return all[0]?.heardAt != null;
    });
  });

  it('is answered with one click, from the number that they called', async () => {
    await agent.page.locator('cw-voicemail [data-action="call-back"]').click();
    const call = await kaveh.rings();
    expect(call.from).toBe(VOICEMAIL_NUMBER);
    await call.answer();
    await agent.hearsCustomer();
    expect(await agent.call()).toMatchObject({ direction: 'outbound', customer: { name: 'کاوه نادری' } });
    await call.hangup();
    await until('the call is over', async () => (await agent.currentCall()) === undefined);
  });

  it('is deleted, and taken back', async () => {
    await agent.page.locator('cw-voicemail [data-action="delete"]').click();
    await until('the row is gone', async () => (await messages().count()) === 0);
    await agent.page.locator('cw-voicemail [data-action="undo"]').click();
    await until('the row is back', async () => (await messages().count()) === 1);
  });

  it('left no page complaining', () => {
    expect(stage.complaints()).toEqual([]);
  });
});
