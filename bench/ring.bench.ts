import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { launchBrowser, openWindow } from '../examples/brokerage/e2e/browser.ts';
import { until } from '../examples/brokerage/e2e/until.ts';
import { SipTelephone } from '../packages/server-adapter/src/telephony/testing/sip-telephone.ts';
import { ensureBundle } from '../scripts/build/bundle.ts';
import { type Bench, median } from './figure.ts';
import { type ServerProcess, startServer } from './load/server-process.ts';
import type { RingReady } from './servers/ring-server.ts';

const ROUNDS = 13;
type Kind = 'desk' | 'bare';

/** The moment after the frame in which the badge with its answer button was painted. */
const badgePainted = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const look = () => {
          const badge = document.querySelector('cw-incoming-call')?.shadowRoot;
          if (!badge?.querySelector('[part~="answer"]')) return requestAnimationFrame(look);
          // Comes after the frame that this callback belongs to.
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => resolve(Date.now());
          port2.postMessage(0);
        };
        requestAnimationFrame(look);
      }),
  );

const bareRang = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const look = () => {
          const { rangAt } = globalThis as unknown as { rangAt?: number };
          if (rangAt === undefined) return setTimeout(look, 5);
          resolve(rangAt);
        };
        look();
      }),
  );

/** Answers, and waits until the transport is open for what we say and the other side's sound arrives. Milliseconds. */
const answerUntilMedia = (page: Page, kind: Kind): Promise<number> =>
  page.evaluate(
    (of) =>
      new Promise<number>((resolve, reject) => {
        const { testEars, answerCall } = globalThis as unknown as {
          testEars: { connections: RTCPeerConnection[] };
          answerCall(): void;
        };
        const start = performance.now();
        const { port1, port2 } = new MessageChannel();
        // Not getStats(): it answers from a cache of 50 ms.
        port1.onmessage = () => {
          // Those of earlier calls are closed; one of this call may have been made before the answer.
          const both = testEars.connections.some(
            (connection) =>
              connection.connectionState === 'connected' &&
              connection.getReceivers().some((receiver) => receiver.getSynchronizationSources().length > 0),
          );
          if (both) resolve(performance.now() - start);
          else if (performance.now() - start > 10_000) {
            const states = testEars.connections.map(({ connectionState }) => connectionState).join(', ');
            reject(new Error(`There is no two-way media at the ${of} page; its connections: ${states || 'none'}.`));
          } else setTimeout(() => port2.postMessage(0), 1);
        };
        port2.postMessage(0);
        if (of === 'bare') answerCall();
        else
          document
            .querySelector('cw-incoming-call')
            ?.shadowRoot?.querySelector('[part~="answer"]')
            // As a mouse clicks: a key that was meant for something else is not taken for an answer.
            ?.dispatchEvent(new MouseEvent('click', { bubbles: true, composed: true, detail: 1 }));
      }),
    kind,
  );

interface Round {
  readonly ringMs: number;
  /** Of {@link ringMs}: until the adapter tells the exchange to ring the agent's phone. */
  readonly routedMs: number;
  readonly mediaMs: number;
}

async function round(server: ServerProcess<RingReady>, kind: Kind, page: Page, customer: SipTelephone): Promise<Round> {
  const rang = kind === 'desk' ? badgePainted(page) : bareRang(page);
  const call = await customer.dial(server.ready.publicNumber);
  call.tone(440);
  const at = await rang;
  const incoming = await server.ask<Record<Kind | 'commanded', number>>('incoming');
  const ringMs = at - incoming[kind];
  await call.answered;
  const mediaMs = await answerUntilMedia(page, kind);
  await call.hangup();
  await until('nothing is left of the call', async () => (await server.ask<number>('legs')) === 0);
  await until('the page is quiet', () =>
    page.evaluate(() => {
      const badge = document.querySelector('cw-incoming-call')?.shadowRoot?.querySelector('[part~="answer"]');
      return !badge && (globalThis as unknown as { rangAt?: number }).rangAt === undefined;
    }),
  );
  await new Promise((resolve) => setTimeout(resolve, 150));
  return { ringMs, mediaMs, routedMs: incoming.commanded - incoming[kind] };
}

const ring: Bench = {
  title: 'A ringing telephone, exchange in a box, headless Chromium',
  async run() {
    await ensureBundle();
    const folder = await mkdtemp(join(tmpdir(), 'callweave-bench-ring-'));
    const server = await startServer<RingReady>(new URL('servers/ring-server.ts', import.meta.url), [folder]);
    const { url, lines } = server.ready;
    // A browser for each, and only one of them has something to do at a time.
    const browsers = await Promise.all([launchBrowser(), launchBrowser()]);
    const telephones: SipTelephone[] = [];
    try {
      const open = async (kind: Kind, index: 0 | 1) => {
        const { page, context } = await openWindow(browsers[index], url, '/bare-credentials');
        await context.addCookies([{ name: 'who', value: 'agent', url }]);
        await page.goto(`/${kind}`);
        return page;
      };
      const pages = { desk: await open('desk', 0), bare: await open('bare', 1) };
      await until('the desk takes calls', () =>
        pages.desk.evaluate(() => {
          const desk = document.querySelector('cw-desk') as unknown as {
            desk?: { phone: { state: { get(): { registration: string } } } };
          } | null;
          return desk?.desk?.phone.state.get().registration === 'ok';
        }),
      );
      await until('the bare phone takes calls', () =>
        pages.bare.evaluate(() => document.body.dataset['ready'] === 'yes'),
      );
      const telephone = async (kind: Kind) => {
        const { path, credentials } = lines[kind];
        const line = { ...credentials, expiresAt: new Date(credentials.expiresAt) };
        const registered = await SipTelephone.register(`${url.replace('http', 'ws')}${path}`, line);
        telephones.push(registered);
        return registered;
      };
      const customers = { desk: await telephone('desk'), bare: await telephone('bare') };

      const rounds: Record<Kind, Round[]> = { desk: [], bare: [] };
      for (let count = -2; count < ROUNDS; count += 1) {
        for (const kind of ['bare', 'desk'] as const) {
          const measured = await round(server, kind, pages[kind], customers[kind]);
          // The first rounds warm up: code is compiled, the microphone opened.
          if (count >= 0) rounds[kind].push(measured);
        }
      }
      const of = (kind: Kind, key: keyof Round) => median(rounds[kind].map((each) => each[key]));
      const more = of('desk', 'ringMs') - of('bare', 'ringMs');
      const media = of('desk', 'mediaMs') / of('bare', 'mediaMs');
      const ms = (value: number) => `${value.toFixed(0)} ms`;
      return [
        {
          what: 'INVITE at the exchange → badge painted',
          value: ms(of('desk', 'ringMs')),
          baseline: `${ms(of('bare', 'ringMs'))} to newRTCSession of bare JsSIP`,
          ratio: of('desk', 'ringMs') / of('bare', 'ringMs'),
          goal: '≤ bare + 25 ms',
          met: more <= 25,
        },
        { what: '  of it: until the exchange is told to ring', value: ms(of('desk', 'routedMs')) },
        {
          what: 'answer → two-way media',
          value: ms(of('desk', 'mediaMs')),
          baseline: `${ms(of('bare', 'mediaMs'))} bare JsSIP, early ready()`,
          ratio: media,
          goal: '≤ 1.3 ×',
          met: media <= 1.3,
        },
      ];
    } finally {
      for (const telephone of telephones) await telephone.close().catch(() => {});
      for (const browser of browsers) await browser.close();
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    }
  },
};

export default ring;
