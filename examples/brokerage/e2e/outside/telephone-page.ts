import type { Browser, Page } from 'playwright-core';
import { launchBrowser, openWindow } from '../browser.ts';
import { hasKeyed, listen } from '../ear.ts';
import { until } from '../until.ts';
import { voiceFile } from '../voice.ts';
import type { CustomerCall, Outside, OutsideTelephone } from './customer.ts';

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
    telephone: (number, portalUrl) => switchOn(browser, number, portalUrl, complaints),
    async close() {
      await browser.close();
      voice.remove();
    },
  };
}

/** The telephone page, as this number. */
async function openTelephone(browser: Browser, number: string, portalUrl: string, complaints: string[]) {
  const { page, context, complaints: own } = await openWindow(browser, portalUrl, '/telephone');
  if ((await page.locator(`#caller option[value="${number}"]`).count()) === 0)
    throw new Error(`The telephone page has no caller ${number}.`);
  await page.selectOption('#caller', number);
  const close = async () => {
    complaints.push(...own.map((complaint) => `telephone ${number}: ${complaint}`));
    await context.close();
  };
  return { page, close };
}

async function ringFrom(
  browser: Browser,
  from: string,
  portalUrl: string,
  complaints: string[],
): Promise<CustomerCall> {
  const { page, close } = await openTelephone(browser, from, portalUrl, complaints);
  await page.click('#call');
  return callOn(page, close);
}

async function switchOn(
  browser: Browser,
  number: string,
  portalUrl: string,
  complaints: string[],
): Promise<OutsideTelephone> {
  const { page, close } = await openTelephone(browser, number, portalUrl, complaints);
  await page.check('#on');
  await until('the telephone is on', async () => (await page.locator('body').getAttribute('data-on')) === 'true');
  const stays = async () => {};
  return {
    async dial(to) {
      await page.fill('#number', to);
      await page.click('#call');
      return callOn(page, stays);
    },
    async rings() {
      await until(
        'it rings outside',
        async () => (await page.locator('body').getAttribute('data-call')) === 'ringing-here',
      );
      const from = (await page.locator('body').getAttribute('data-from')) ?? '';
      const call = callOn(page, stays);
      return {
        ...call,
        from,
        async answer() {
          await page.click('#answer');
          await call.connected();
        },
      };
    },
    close,
  };
}

/** The call that the telephone page is in. */
function callOn(page: Page, close: () => Promise<void>): CustomerCall {
  const isOver = async () => (await page.locator('#status').textContent())?.includes('پایان') === true;
  const stateIs = (state: string) => async () => (await page.locator('body').getAttribute('data-call')) === state;
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
