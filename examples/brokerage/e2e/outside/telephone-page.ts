import type { Browser } from 'playwright-core';
import { launchBrowser, openWindow } from '../browser.ts';
import { hasKeyed, listen } from '../ear.ts';
import { until } from '../until.ts';
import { voiceFile } from '../voice.ts';
import type { CustomerCall, Outside } from './customer.ts';

const VOICE_HZ = 1100;

/** The exchange in a box, and customers at the example's telephone page, in a browser of their own. */
export async function openBox(): Promise<Outside> {
  const voice = voiceFile(VOICE_HZ);
  const browser = await launchBrowser({ voice: voice.path });
  const complaints: string[] = [];
  return {
    name: 'exchange in a box',
    env: {},
    voiceHz: VOICE_HZ,
    complaints,
    ring: (from, portalUrl) => ringFrom(browser, from, portalUrl, complaints),
    async close() {
      await browser.close();
      voice.remove();
    },
  };
}

async function ringFrom(
  browser: Browser,
  from: string,
  portalUrl: string,
  complaints: string[],
): Promise<CustomerCall> {
  const { page, context, complaints: own } = await openWindow(browser, portalUrl, '/telephone');
  if ((await page.locator(`#caller option[value="${from}"]`).count()) === 0)
    throw new Error(`The telephone page has no caller ${from}.`);
  await page.selectOption('#caller', from);
  await page.click('#call');
  const stateIs = (state: string) => async () => (await page.locator('body').getAttribute('data-call')) === state;
  const isOver = async () => (await page.locator('#status').textContent())?.includes('پایان') === true;
  const close = async () => {
    complaints.push(...own.map((complaint) => `customer ${from}: ${complaint}`));
    await context.close();
  };
  return {
    connected: async () => void (await until('the customer is connected', stateIs('active'))),
    async key(digits) {
      for (const digit of digits) await page.click(`[data-key="${digit}"]`);
      await until('the digits are keyed', () => hasKeyed(page));
    },
    listen: () => listen(page),
    hears: async (what) => void (await until(`the customer hears ${what}`, async () => (await listen(page)) === what)),
    async hangup() {
      if (!(await isOver())) await page.click('#hangup');
      await until('the customer has hung up', isOver);
      await close();
    },
    async over() {
      await until('the call is over at the customer', isOver);
      await close();
    },
  };
}
