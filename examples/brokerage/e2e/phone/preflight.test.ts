import type { Phone, PreflightState } from '@callweave/sdk/phone';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startAsteriskRig } from '../../../../packages/server-adapter/src/telephony/testing/asterisk-rig.ts';
import { describeWith } from '../../../../packages/server-adapter/src/telephony/testing/component-gate.ts';
import { startEmbeddedRig } from '../../../../packages/server-adapter/src/telephony/testing/embedded-rig.ts';
import type { ExchangeRig } from '../../../../packages/server-adapter/src/telephony/testing/rig.ts';
import { launchBrowser, openWindow } from '../browser.ts';
import { until } from '../until.ts';
import { type PhonePage, servePhonePage } from './phone-page.ts';

/** The preflight test in a real browser: its call goes to the echo of a real exchange. */
let browser: Browser;
let rig: ExchangeRig | undefined;
let served: PhonePage | undefined;
let page: Page | undefined;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());
afterEach(async () => {
  await page?.context().close();
  await served?.close();
  await rig?.stop();
});

async function passes(start: () => Promise<ExchangeRig>): Promise<void> {
  rig = await start();
  served = await servePhonePage(rig.exchange, rig.accounts[0]);
  ({ page } = await openWindow(browser, `http://127.0.0.1:${served.port}`));
  const opened = page;
  await until('the phone is registered', () => opened.evaluate(() => document.body.dataset['ready'] === 'yes'));
  const outcome = await opened.evaluate(async (): Promise<PreflightState> => {
    const { phone } = window as unknown as { phone: Phone };
    const preflight = await phone.preflight();
    preflight.state.subscribe(({ asks }) => {
      if (asks) setTimeout(() => preflight.heard(true));
    });
    return preflight.run();
  });
  expect(outcome.results.map(({ check, status }) => [check, status])).toEqual([
    ['microphone', 'passed'],
    ['speaker', 'passed'],
    ['connection', 'passed'],
    ['registration', 'passed'],
    ['network', 'passed'],
    ['call', 'passed'],
  ]);
  const call = outcome.results.find(({ check }) => check === 'call')?.figures;
  expect(call?.lossIn).toBeLessThan(0.03);
  expect(call?.mos).toBeGreaterThan(3.5);
  const { exchange } = rig;
  await until('the exchange has no leg left', async () => (await exchange.legs()).length === 0);
}

test('against the exchange in a box', () => passes(startEmbeddedRig));

await describeWith(['asterisk'], 'on Asterisk', () => {
  test('against Asterisk', () => passes(startAsteriskRig));
});
