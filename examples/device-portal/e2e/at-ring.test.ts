import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWith } from '../../../packages/server-adapter/src/telephony/testing/component-gate.ts';
import type { TestCall } from '../../../packages/server-adapter/src/telephony/testing/rig.ts';
import { PUBLIC_NUMBER } from '../src/demo.ts';
import { openSite, type Site } from './site.ts';

const BUYER = '+989121112233';

await describeWith(['chromium'], 'A buyer calls', () => {
  let site: Site;
  let agent: Page;
  let call: TestCall;

  beforeAll(async () => {
    site = await openSite();
    agent = (await site.staff('agent')).page;
    await agent.waitForURL('**/calls**');
    // A phone without a line does not ring.
    await agent.waitForFunction(() => {
      const bar = document.querySelector('cw-desk') as unknown as {
        desk?: { phone: { state: { get(): { registration: string } | undefined } } };
      };
      return bar.desk?.phone.state.get()?.registration === 'ok';
    });
  });
  afterAll(() => site?.close());

  const devicesOf = (page: Page) => page.evaluate(async () => (await fetch('/callweave/devices')).status);

  it('and the badge says two devices, one of them without service', async () => {
    // Before anybody calls, no customer's devices are this agent's business.
    expect(await devicesOf(agent)).toBe(404);
    const telephone = await site.telephone(BUYER);
    call = await telephone.dial(PUBLIC_NUMBER);
    const line = agent.locator('cw-incoming-call [part~="devices"]');
    await line.getByText('2 devices').waitFor();
    await line.locator('[data-state="expired"]', { hasText: '1 expired: Arvin S2' }).waitFor();
    await line.locator('[data-state="not-activated"]', { hasText: '1 not activated' }).waitFor();
    await line.getByText('No open tickets').waitFor();
    await line.getByText('Owes nothing').waitFor();
  });

  it('and the sheet opens their devices, tickets and account', async () => {
    await agent.locator('cw-incoming-call [part~="answer"]').click();
    await call.answered;
    const sheet = agent.locator('cw-request-sheet');
    await sheet.locator('cw-device-list [part~="row"]', { hasText: 'S2-23-00450' }).waitFor();
    await sheet.locator('cw-device-list [part~="row"]', { hasText: 'M5-24-00117' }).waitFor();
    await sheet.locator('cw-ticket-panel [data-action="new"]').waitFor();
    await sheet.locator('cw-customer-balance [part~="balance"]').waitFor();
  });

  it('and leaves no page complaining', async () => {
    await call.hangup();
    // The one question that was refused on purpose.
    expect(site.complaints().filter((each) => !/404.*\/callweave\/devices\)$/.test(each))).toEqual([]);
  });
});
