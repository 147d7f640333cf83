import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { PHONE_FLAGS } from '../../../scripts/browser/phone-flags.ts';
import { ensure } from '../../../scripts/system/ensure.ts';
import { addEar } from './ear.ts';

/** @param options.voice WAV file that every microphone of this browser hears; without it Chromium's own beeps */
export async function launchBrowser(options: { readonly voice?: string } = {}): Promise<Browser> {
  const found = await ensure('chromium');
  if (!found.ok) throw new Error(`${found.reason} ${found.fix}`);
  const voice = options.voice === undefined ? [] : [`--use-file-for-fake-audio-capture=${options.voice}`];
  return chromium.launch({ executablePath: found.path, args: [...PHONE_FLAGS, ...voice] });
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
  await addEar(context);
  const complaints: string[] = [];
  // Of every page of this window, also those that are opened later.
  context.on('page', (page) => {
    page.on('pageerror', (error) => complaints.push(`exception: ${error.message}`));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(`console: ${message.text()} (${message.location().url})`);
    });
  });
  const page = await context.newPage();
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
