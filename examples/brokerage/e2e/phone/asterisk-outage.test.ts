import type { Phone } from '@callweave/sdk/phone';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { startAsteriskRig } from '../../../../packages/server-adapter/src/telephony/testing/asterisk-rig.ts';
import { describeWith } from '../../../../packages/server-adapter/src/telephony/testing/component-gate.ts';
import { launchBrowser, openWindow } from '../browser.ts';
import { listen } from '../ear.ts';
import { until } from '../until.ts';
import { openBadNetwork } from './bad-network.ts';
import { servePhonePage } from './phone-page.ts';

const state = (page: Page) => page.evaluate(() => (window as unknown as { phone: Phone }).phone.get());

/** Asterisk answers no keep-alives, and belongs to another process: here the line is taken away, by both ways. */
await describeWith(['asterisk'], 'an outage of the line on Asterisk', () => {
  test.each([
    ['cut for 20 s', 'cut'],
    ['dead without a word', 'mute'],
  ] as const)('%s: the call is kept, and can be held and ended afterwards', async (_name, how) => {
    await using cleanUp = new AsyncDisposableStack();
    const rig = await startAsteriskRig();
    cleanUp.defer(() => rig.stop());
    const network = await openBadNetwork(Number(new URL(rig.asterisk.wsUrl).port));
    cleanUp.defer(() => network.close());
    const server = `ws://127.0.0.1:${network.port}${new URL(rig.asterisk.wsUrl).pathname}`;
    const served = await servePhonePage(
      { credentials: async (account) => ({ ...(await rig.exchange.credentials(account)), server }) },
      rig.accounts[0],
    );
    cleanUp.defer(() => served.close());
    const browser = await launchBrowser();
    cleanUp.defer(() => browser.close());
    const { page } = await openWindow(browser, `http://127.0.0.1:${served.port}`);
    await until('the phone is registered', () => page.evaluate(() => document.body.dataset['ready'] === 'yes'));

    const { exchange } = rig;
    const answered = new Promise<void>((resolve) =>
      exchange.subscribe((event) => event.type === 'answered' && event.leg === 'agent-leg' && resolve()),
    );
    const incoming = new Promise<string>((resolve) =>
      exchange.subscribe((event) => event.type === 'incoming' && resolve(event.leg)),
    );
    const customer = await rig.telephone('+989121234567');
    cleanUp.defer(() => customer.close());
    const call = await customer.dial(rig.publicNumber);
    const customerLeg = await incoming;
    await exchange.answer(customerLeg);
    await call.answered;
    call.tone(600);
    await exchange.ring({
      leg: 'agent-leg',
      device: { kind: 'browser', account: rig.accounts[0] },
      callerId: { number: '+989121234567' },
      timeoutSeconds: 30,
    });
    await until('the phone rings', async () => (await state(page)).calls.length === 1);
    await page.evaluate(async () => {
      const { phone } = window as unknown as { phone: Phone };
      await phone.answer(phone.get().calls[0]?.id ?? '');
    });
    await answered;
    await exchange.createBridge('both');
    await Promise.all([exchange.join('both', customerLeg), exchange.join('both', 'agent-leg')]);
    await until('the agent hears the customer', async () => (await listen(page)) === 'sound');

    network[how]();
    await new Promise((resolve) => setTimeout(resolve, 20_000));
    // What wakes a page makes it look at once; without it the fourth unanswered keep-alive would.
    if (how === 'mute') {
      await page.evaluate(() => window.dispatchEvent(new Event('online')));
      await until('the phone notices', async () => (await state(page)).transport !== 'up', { timeoutMs: 30_000 });
    }
    expect((await state(page)).calls[0]?.signalling).toBe('active');
    network.mend();
    await until('the phone is registered again', async () => (await state(page)).registration === 'ok');
    await page.evaluate(async () => {
      const { phone } = window as unknown as { phone: Phone };
      const id = phone.get().calls[0]?.id ?? '';
      await phone.hold(id);
      await phone.unhold(id);
    });
    await until('the agent hears the customer again', async () => (await listen(page)) === 'sound');
    const ended = await page.evaluate(async () => {
      const { phone } = window as unknown as { phone: Phone };
      return phone.hangup(phone.get().calls[0]?.id ?? '');
    });
    expect(ended).toEqual({ byeDelivered: true });
    await until('the leg is gone', async () => !(await exchange.legs()).some(({ leg }) => leg === 'agent-leg'));
  });
});
