import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Client, createClient } from '@callweave/sdk';
import type { AdapterOptions } from '@callweave/server-adapter';
import type { Browser } from 'playwright-core';
import { inject } from 'vitest';
import { DEMO_PASSWORD } from '../src/demo.ts';
import { launchBrowser, type Person, signIn } from './browser.ts';
// For the type of what the global set-up provides.
import type {} from './global-setup.ts';
import type { CustomerCall, Outside, OutsideTelephone } from './outside/customer.ts';
import { type RunningPortal, startPortal } from './portal.ts';
import { until } from './until.ts';
import { voiceFile } from './voice.ts';

export const AGENT_VOICE_HZ = 500;

export interface StageOptions {
  /** House rules that differ from the usual ones. */
  readonly rules?: Pick<
    AdapterOptions,
    'flow' | 'verification' | 'queues' | 'missedCalls' | 'virtualNumbers' | 'voicemail'
  >;
  readonly env?: Readonly<Record<string, string>>;
  /** Begins with an empty folder, where `env` changes what it is filled with. @default false */
  readonly empty?: boolean;
}

/** A portal with its exchange, people at browsers, and customers who ring. */
export interface Stage {
  readonly outside: Outside;
  portal(): RunningPortal;
  /** Somebody of the house signs in at a window of their own. */
  signIn(username: string, language?: 'en' | 'fa' | 'cs'): Promise<Person>;
  /** The same person without a window, over HTTP. */
  client(username: string): Promise<Client>;
  /** A GET of the same person, for what is no JSON. */
  fetchAs(username: string, path: string): Promise<Response>;
  ring(from: string): Promise<CustomerCall>;
  /** Somebody outside switches their telephone on. */
  telephone(number: string): Promise<OutsideTelephone>;
  /** Power cut: the process dies at once, and is started again on the same data and port. */
  powerCut(): Promise<void>;
  restart(): Promise<void>;
  /** Everything that any page has complained of so far. */
  complaints(): readonly string[];
  close(): Promise<void>;
}

export async function openStage(outside: Outside, options: StageOptions = {}): Promise<Stage> {
  const data = await mkdtemp(join(tmpdir(), 'callweave-brokerage-'));
  if (!options.empty) await cp(inject('openedPortal'), data, { recursive: true });
  const voice = voiceFile(AGENT_VOICE_HZ);
  const env = {
    ...outside.env,
    ...options.env,
    ...(options.rules ? { RULES: JSON.stringify(options.rules) } : {}),
  };
  let browser: Browser | undefined;
  let portal: RunningPortal | undefined;
  const people: Person[] = [];
  const cookies = new Map<string, string>();
  const close = async () => {
    await browser?.close();
    await outside.close();
    await portal?.stop();
    await rm(data, { recursive: true, force: true });
    voice.remove();
  };
  try {
    [portal, browser] = await Promise.all([startPortal({ data, env }), launchBrowser({ voice: voice.path })]);
  } catch (error) {
    await close();
    throw error;
  }
  const running = portal;
  const chromium = browser;
  const cookieOf = async (username: string): Promise<string> => {
    const known = cookies.get(username);
    if (known) return known;
    const answer = await fetch(`${running.url}/sign-in`, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({ username, password: DEMO_PASSWORD }),
    });
    const cookie = answer.headers.getSetCookie()[0]?.split(';')[0];
    if (!cookie) throw new Error(`${username} could not sign in (${answer.status}).`);
    cookies.set(username, cookie);
    return cookie;
  };
  return {
    outside,
    portal: () => portal as RunningPortal,
    async signIn(username, language = 'en') {
      const person = await signIn(chromium, running.url, username, DEMO_PASSWORD, language);
      people.push(person);
      return person;
    },
    async client(username) {
      const cookie = await cookieOf(username);
      return createClient({ url: `${running.url}/callweave`, headers: () => ({ cookie, origin: running.url }) });
    },
    fetchAs: async (username, path) =>
      fetch(`${running.url}${path}`, { headers: { cookie: await cookieOf(username) } }),
    ring: (from) => outside.ring(from, running.url),
    telephone: (number) => outside.telephone(number, running.url),
    powerCut: () => (portal as RunningPortal).kill(),
    async restart() {
      const { url } = portal as RunningPortal;
      // The port may linger for a moment after the process that had it.
      portal = await until('the portal starts again', () =>
        startPortal({ data, port: Number(new URL(url).port), env }),
      );
    },
    complaints: () => [...people.flatMap(({ complaints }) => complaints), ...outside.complaints],
    close,
  };
}
