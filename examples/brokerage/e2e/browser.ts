import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { ensure } from '../../../scripts/system/ensure.ts';

/**
 * Chromium as the agents use it, with invented microphones. `WebRtcHideLocalIpsWithMdns` is off because loopback media
 * needs real candidates; the host rules keep the browser from looking anything up.
 */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--use-fake-ui-for-media-stream',
  '--use-fake-device-for-media-stream',
  '--autoplay-policy=no-user-gesture-required',
  '--allow-loopback-in-peer-connection',
  '--disable-features=WebRtcHideLocalIpsWithMdns,MediaRouter,DialMediaRouteProvider',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1',
];

export async function launchBrowser(): Promise<Browser> {
  const found = await ensure('chromium');
  if (!found.ok) throw new Error(`${found.reason} ${found.fix}`);
  return chromium.launch({ executablePath: found.path, args: FLAGS });
}

export interface Person {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Everything that the page complained of: exceptions, refused requests, policy violations. */
  readonly complaints: string[];
}

/** A person at a window of their own, with a microphone that they have allowed. */
export async function openWindow(browser: Browser, url: string, path = '/'): Promise<Person> {
  const context = await browser.newContext({
    baseURL: url,
    permissions: ['microphone'],
    viewport: { width: 1440, height: 900 },
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(`exception: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`console: ${message.text()}`);
  });
  await page.goto(path);
  return { page, context, complaints };
}

export async function signIn(
  browser: Browser,
  url: string,
  username: string,
  password: string,
  language = 'en',
): Promise<Person> {
  const person = await openWindow(browser, url, `/sign-in?lang=${language}`);
  await person.page.fill('input[name=username]', username);
  await person.page.fill('input[name=password]', password);
  await Promise.all([
    person.page.waitForURL((to) => !to.pathname.startsWith('/sign-in')),
    person.page.click('form.sign-in button'),
  ]);
  return person;
}
