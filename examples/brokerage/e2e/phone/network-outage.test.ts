import type { Phone } from '@callweave/sdk/phone';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  type EmbeddedRig,
  startEmbeddedRig,
} from '../../../../packages/server-adapter/src/telephony/testing/embedded-rig.ts';
import type { TestCall, TestTelephone } from '../../../../packages/server-adapter/src/telephony/testing/rig.ts';
import { launchBrowser, openWindow } from '../browser.ts';
import { listen } from '../ear.ts';
import { until } from '../until.ts';
import { type BadNetwork, blockMedia, type MediaBlock, openBadNetwork } from './bad-network.ts';
import { type PhonePage, servePhonePage } from './phone-page.ts';

/** The phone in a real browser, the exchange in a box, and between them a network that can be taken away. */
let browser: Browser;
let rig: EmbeddedRig;
let served: PhonePage;
let network: BadNetwork;
let media: MediaBlock;
let page: Page;
let customer: TestTelephone;
let call: TestCall;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

const state = () => page.evaluate(() => (window as unknown as { phone: Phone }).phone.get());
const events = () =>
  page.evaluate(() => (window as unknown as { seen: { type: string }[] }).seen.map(({ type }) => type));

beforeEach(async () => {
  media = blockMedia();
  rig = await startEmbeddedRig();
  served = await servePhonePage(rig.exchange, 'alice');
  network = await openBadNetwork(served.port);
  ({ page } = await openWindow(browser, `http://127.0.0.1:${network.port}`));
  await until('the phone is registered', () => page.evaluate(() => document.body.dataset['ready'] === 'yes'));
  // What a flow does: answers the customer, rings the agent, joins both.
  rig.exchange.subscribe((event) => {
    if (event.type === 'incoming') void rig.exchange.answer(event.leg).then(() => ring(event.leg));
  });
  customer = await rig.telephone('+989121234567');
  call = await customer.dial(rig.publicNumber);
  await call.answered;
  call.tone(600);
  await until('the phone rings', async () => (await state()).calls.length === 1);
  await page.evaluate(async () => {
    const { phone } = window as unknown as { phone: Phone };
    await phone.answer(phone.get().calls[0]?.id ?? '');
  });
  await until('the agent hears the customer', async () => (await listen(page)) === 'sound');
});

async function ring(customerLeg: string): Promise<void> {
  const { exchange } = rig;
  const leg = 'agent-leg';
  const answered = new Promise<void>((resolve) =>
    exchange.subscribe((event) => event.type === 'answered' && event.leg === leg && resolve()),
  );
  await exchange.ring({
    leg,
    device: { kind: 'browser', account: 'alice' },
    callerId: { number: '+989121234567' },
    timeoutSeconds: 30,
  });
  await answered;
  await exchange.createBridge('both');
  await Promise.all([exchange.join('both', customerLeg), exchange.join('both', leg)]);
}

afterEach(async () => {
  media?.remove();
  await page?.context().close();
  await customer?.close();
  await network?.close();
  await served?.close();
  await rig?.stop();
});

/** The ports that the browser has for sound: it may move from one to another by itself. */
const mediaPorts = () =>
  page.evaluate(async () => {
    const { testEars } = window as unknown as { testEars: { connections: RTCPeerConnection[] } };
    const ports: number[] = [];
    for (const connection of testEars.connections)
      for (const report of (await connection.getStats()).values())
        if (report.type === 'local-candidate' && typeof report.port === 'number') ports.push(report.port);
    return ports;
  });

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function isHeardAgain(): Promise<void> {
  await until(
    'line, registration and media are back',
    async () => {
      const now = await state();
      return now.registration === 'ok' && now.calls[0]?.media === 'ok';
    },
    { timeoutMs: 25_000 },
  );
  await until('the agent hears the customer again', async () => (await listen(page)) === 'sound');
  // Chromium's invented microphone beeps once a second.
  await until('the customer hears the agent again', async () => (await call.hear(1_200)).level > 0.003);
  expect((await state()).calls).toHaveLength(1);
  expect(await events()).not.toContain('call-ended');
}

test('20 s without any network: the call is kept, the phone registers again, and both are heard', async () => {
  network.cut();
  media.everything = true;
  await wait(20_000);
  expect((await state()).calls[0]).toMatchObject({ signalling: 'active', media: 'recovering' });
  // What is asked for meanwhile is queued.
  const held = page.evaluate(async () => {
    const { phone } = window as unknown as { phone: Phone };
    await phone.hold(phone.get().calls[0]?.id ?? '');
    await phone.unhold(phone.get().calls[0]?.id ?? '');
  });
  await wait(200);
  expect((await state()).calls[0]?.hold).toBe('pending-local');
  network.mend();
  media.everything = false;
  await isHeardAgain();
  await held;
  expect(await events()).toContain('connection-lost');
});

test('the line goes dead without a word and media too: keep-alives find it out, and the call is kept', async () => {
  network.mute();
  media.everything = true;
  await until('the phone notices', async () => (await state()).transport !== 'up', { timeoutMs: 40_000 });
  network.mend();
  media.everything = false;
  await isHeardAgain();
});

test('the computer changes its network: the old line and the old media address never work again', async () => {
  const old = await mediaPorts();
  network.cut();
  for (const port of old) media.ports.add(port);
  network.mend();
  await until('the phone notices', async () => (await events()).includes('media-recovering'));
  await isHeardAgain();
  expect((await mediaPorts()).filter((port) => !old.includes(port))).not.toHaveLength(0);
});
