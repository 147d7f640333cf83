import type { Client } from '@callweave/sdk';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Person } from './browser.ts';
import { onBothExchanges } from './outside/exchanges.ts';
import { AgentDesk } from './pages/agent-desk.ts';
import type { Stage } from './stage.ts';
import { until } from './until.ts';

const SARA = '+989121234567';

await onBothExchanges('One phone over many tabs', (open) => {
  let stage: Stage;
  let person: Person;
  let owner: AgentDesk;
  let other: AgentDesk;
  let asAgent: Client;

  const openTab = async (): Promise<Page> => {
    const page = await person.context.newPage();
    await page.goto('/');
    return page;
  };

  beforeAll(async () => {
    stage = await open({ rules: { flow: { greeting: [] } } });
    person = await stage.signIn('agent');
    owner = new AgentDesk(person.page);
    await owner.ready();
    other = new AgentDesk(await openTab());
    asAgent = await stage.client('agent');
  });
  afterAll(() => stage?.close());

  it('has one phone: the first tab owns it, the second follows', async () => {
    await until('the second tab follows', async () => (await other.phone())?.role === 'follower');
    await other.ready();
    expect((await owner.phone())?.role).toBe('owner');
  });

  it('rings in both tabs, and the second steers a call whose sound is in the first', async () => {
    const customer = await stage.ring(SARA);
    await Promise.all([owner.rings('سارا احمدی'), other.rings('سارا احمدی')]);
    const call = await other.answer();
    await Promise.all([owner.hearsCustomer(), customer.hears('sound')]);
    expect((await owner.call()).id).toBe(call.id);

    await other.bar.locator('button.mute').click();
    await until('both tabs show that the agent is muted', async () => {
      const pressed = await Promise.all(
        [owner, other].map(({ bar }) => bar.locator('button.mute').getAttribute('aria-pressed')),
      );
      return pressed.every((state) => state === 'true');
    });
    // A voice has pauses: silence is when nothing is heard for longer than one.
    await until('the customer hears nothing any more', async () => {
      for (let quarter = 0; quarter < 4; quarter++) if ((await customer.listen()) === 'sound') return false;
      return true;
    });
    await other.bar.locator('button.mute').click();
    await customer.hears('sound');

    await other.bar.locator('button.hold').click();
    await until('the call is on hold', async () => (await owner.currentCall())?.hold.since !== null);
    await other.bar.locator('button.hold').click();
    await until('the call is taken back', async () => (await owner.currentCall())?.hold.since === null);
    await owner.hearsCustomer();

    await other.hangUp();
    await customer.over();
    await other.wrapUp('information', '');
    await until('the first tab is done too', async () => (await owner.currentCall()) === undefined);
  });

  it('is handed over when the tab that has it is closed, with the call', async () => {
    const customer = await stage.ring(SARA);
    const call = await owner.answer();
    await owner.hearsCustomer();
    await owner.page.close();
    await until('the second tab has the phone', async () => (await other.phone())?.role === 'owner');
    await other.hearsCustomer();
    await customer.hears('sound');
    expect(await other.call()).toMatchObject({ id: call.id, state: 'answered' });
    await until('it is still recorded', async () => (await other.currentCall())?.recording.state === 'recording');

    // The last tab is loaded anew, in the middle of the call.
    await other.page.reload();
    await other.ready();
    await until('the call is found again', async () => (await other.currentCall())?.id === call.id);
    await other.hearsCustomer();
    await customer.hears('sound');
    await other.hangUp();
    await customer.over();
    await other.wrapUp('information', '');
    await expect(asAgent.calls.get({ callId: call.id })).resolves.toMatchObject({
      state: 'ended',
      outcome: 'answered',
    });
  });

  it('left no page complaining', () => {
    expect(stage.complaints()).toEqual([]);
  });
});
