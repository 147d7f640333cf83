import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createEmbeddedExchange } from '@callweave/server-adapter/embedded';
import type { Browser } from 'playwright-core';
import { SipTelephone } from '../../../packages/server-adapter/src/telephony/testing/sip-telephone.ts';
import { launchBrowser, openWindow, type Person, signIn } from '../../brokerage/e2e/browser.ts';
import { startPortal } from '../../brokerage/e2e/portal.ts';
import { until } from '../../brokerage/e2e/until.ts';
import { DEMO_PASSWORD } from '../src/demo.ts';

const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url));

/** The vendor's site as a process of its own, with people at browsers. */
export interface Site {
  readonly url: string;
  /** A colleague of the vendor. */
  staff(username: string, language?: 'en' | 'fa' | 'cs'): Promise<Person>;
  /** A buyer who has chosen their own password already. */
  buyer(username: string, password: string, language?: 'en' | 'fa' | 'cs'): Promise<Person>;
  /** Somebody in front of the sign-in page. */
  visitor(path?: string): Promise<Person>;
  /** The next text message to a number, as the console shows it. */
  textTo(number: string, about: RegExp): Promise<string>;
  /** So many days later. */
  later(days: number): Promise<void>;
  /** An outside telephone with this number: it calls, and is called. */
  telephone(number: string): Promise<SipTelephone>;
  complaints(): readonly string[];
  close(): Promise<void>;
}

export async function openSite(env: Readonly<Record<string, string>> = {}): Promise<Site> {
  const data = await mkdtemp(join(tmpdir(), 'callweave-device-portal-'));
  let browser: Browser | undefined;
  const people: Person[] = [];
  const telephones: SipTelephone[] = [];
  const portal = await startPortal({ main: MAIN, data, env });
  const close = async () => {
    await browser?.close();
    for (const telephone of telephones) await telephone.close();
    await portal.stop();
    await rm(data, { recursive: true, force: true });
  };
  try {
    browser = await launchBrowser();
  } catch (error) {
    await close();
    throw error;
  }
  const chromium = browser;
  const known = <P extends Person>(person: P): P => {
    people.push(person);
    return person;
  };
  return {
    url: portal.url,
    staff: async (username, language = 'en') =>
      known(await signIn(chromium, portal.url, username, DEMO_PASSWORD, language)),
    buyer: async (username, password, language = 'en') =>
      known(await signIn(chromium, portal.url, username, password, language)),
    visitor: async (path = '/sign-in?lang=en') => known(await openWindow(chromium, portal.url, path)),
    textTo: (number, about) =>
      until(`a text to ${number} about ${about}`, async () =>
        portal
          .output()
          .split('\n')
          .findLast((line) => line.includes(number) && about.test(line)),
      ),
    later: (days) => portal.tell({ moveDays: days }),
    async telephone(number) {
      // The same secret gives the same lines: this box only signs, and is never started.
      const credentialSecret = await readFile(join(data, 'secret'), 'utf8');
      const box = createEmbeddedExchange({ recordingsDir: join(data, 'exchange'), credentialSecret });
      const phone = await SipTelephone.register(
        `${portal.url.replace('http', 'ws')}/sip`,
        await box.telephoneCredentials(number),
      );
      telephones.push(phone);
      return phone;
    },
    complaints: () => people.flatMap(({ complaints }) => complaints),
    close,
  };
}
