import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PHONE_FLAGS } from './browser/phone-flags.ts';
import { withBrowser } from './packages/in-browser.ts';
import { freeTcpPort } from './system/free-ports.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
let storybook: ChildProcess;
let said = '';
let url: string;
/** What Storybook takes for the system's temporary folder. */
const temporary = mkdtempSync(join(tmpdir(), 'callweave-live-story-'));
const folders = () => readdirSync(temporary).filter((name) => name.startsWith('callweave-'));

beforeAll(async () => {
  const port = await freeTcpPort();
  url = `http://127.0.0.1:${port}`;
  storybook = spawn(
    process.execPath,
    [
      '--conditions=@callweave/source',
      join(root, 'scripts/storybook.ts'),
      'dev',
      '--ci',
      '--exact-port',
      '--port',
      String(port),
    ],
    {
      cwd: root,
      env: {
        ...process.env,
        PATH: `${join(root, 'node_modules/.bin')}:${process.env.PATH}`,
        NODE_OPTIONS: '',
        TMPDIR: temporary,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  storybook.stdout?.on('data', (text) => (said += text));
  storybook.stderr?.on('data', (text) => (said += text));
  const isUp = () =>
    fetch(`${url}/callweave/health`, { signal: AbortSignal.timeout(2_000) }).then(
      ({ ok }) => ok,
      () => false,
    );
  const giveUpAt = Date.now() + 60_000;
  while (!(await isUp())) {
    if (Date.now() > giveUpAt || storybook.exitCode !== null) throw new Error(`Storybook did not start:\n${said}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}, 70_000);

afterAll(async () => {
  if (storybook.exitCode === null) {
    storybook.kill('SIGTERM');
    await once(storybook, 'exit');
  }
  rmSync(temporary, { recursive: true, force: true });
});

test('a call is taken in the story "Live / Desk"', { timeout: 80_000 }, async () => {
  await withBrowser(async (browser) => {
    const context = await browser.newContext({ permissions: ['microphone'] });
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    const complaints: string[] = [];
    page.on('pageerror', ({ message }) => complaints.push(message));
    await page.goto(`${url}/iframe.html?id=live-desk--desk&viewMode=story`, { timeout: 40_000 });
    // Rung only when the agent's phone is there: before that the call would go to nobody.
    await page.waitForFunction(
      () =>
        (
          document.querySelector('cw-desk') as unknown as {
            desk?: { phone: { state: { get(): { registration?: string } | undefined } } };
          } | null
        )?.desk?.phone.state.get()?.registration === 'ok',
      undefined,
      { timeout: 40_000 },
    );
    await page.click('live-telephone [name="call"]');
    await page.locator('cw-incoming-call .name', { hasText: 'سارا احمدی' }).waitFor();
    await page.locator('cw-incoming-call [part~="answer"]').click();
    await page.locator('live-telephone [data-call="active"]').waitFor();
    await page.locator('cw-request-sheet', { hasText: 'سارا احمدی' }).waitFor();
    await page.locator('cw-call-bar [part~="hang-up"]').click();
    await page.locator('live-telephone [data-call="idle"]').waitFor();
    expect(await page.locator('live-telephone output').textContent()).toBe('Over: hangup-remote');
    expect(complaints).toEqual([]);
  }, PHONE_FLAGS);
});

test('nobody is signed in from another machine or another name of this one', async () => {
  const asked = request(`${url}/callweave/session`, { headers: { host: 'storybook.example' } }).end();
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  response.resume();
  expect(response.statusCode).toBe(403);
  const stranger = await fetch(`${url}/callweave-live/line?caller=%2B10000000000`);
  expect(stranger.status).toBe(403);
  const session = await fetch(`${url}/callweave/session`);
  expect(session.headers.get('access-control-allow-origin')).toBeNull();
});

test('what was recorded goes when Storybook ends', async () => {
  expect(folders()).not.toEqual([]);
  storybook.kill('SIGTERM');
  await once(storybook, 'exit');
  expect(folders()).toEqual([]);
});
