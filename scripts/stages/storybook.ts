import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { buildManifest } from '../build/manifest.ts';
import { serveFolder, withBrowser } from '../packages/in-browser.ts';
import { Checks, mustSucceed, root, type Stage } from './stage.ts';

interface StoryIndex {
  entries: Record<string, { id: string; type: 'story' | 'docs'; title: string; name: string }>;
}

type PreviewWindow = typeof globalThis & { __STORYBOOK_PREVIEW__?: { currentRender?: { phase?: string } } };

/** Each story is opened in both directions. */
const variants = [
  { name: 'en', globals: 'locale:en' },
  { name: 'fa, dark', globals: 'locale:fa;scheme:dark' },
];
const output = join(root, 'storybook-static');

/** Waits until Storybook has rendered a story and run its play function; the error it shows otherwise. */
async function renderStory(page: Page, url: string): Promise<string | undefined> {
  const problems: string[] = [];
  const collect = (error: Error) => problems.push(error.message);
  page.on('pageerror', collect);
  try {
    await page.goto(url);
    const ended = await page.waitForFunction(
      () => {
        const phase = (globalThis as PreviewWindow).__STORYBOOK_PREVIEW__?.currentRender?.phase ?? '';
        return ['finished', 'errored', 'aborted'].includes(phase) ? phase : undefined;
      },
      undefined,
      { timeout: 30_000 },
    );
    if ((await ended.jsonValue()) !== 'finished') problems.push('the story did not finish');
    const shown = await page.evaluate(() =>
      document.body.classList.contains('sb-show-errordisplay')
        ? document.querySelector('#error-message')?.textContent
        : undefined,
    );
    if (shown) problems.push(shown);
    if ((await page.locator('#storybook-root > *').count()) === 0) problems.push('the story renders nothing');
  } catch (error) {
    problems.push(error instanceof Error ? error.message : String(error));
  } finally {
    page.off('pageerror', collect);
  }
  return problems.length > 0 ? problems.join('\n') : undefined;
}

async function checkStories(checks: Checks): Promise<void> {
  const index = JSON.parse(readFileSync(join(output, 'index.json'), 'utf8')) as StoryIndex;
  const stories = Object.values(index.entries).filter((entry) => entry.type === 'story');
  const site = await serveFolder(output);
  try {
    await withBrowser(async (browser) => {
      // One beside the other: each page has a context, and so a storage, of its own.
      const open = async (variant: (typeof variants)[number]) => {
        const page = await browser.newPage();
        for (const { id, title, name } of stories) {
          const url = `${site.url}/iframe.html?id=${id}&viewMode=story&globals=${encodeURIComponent(variant.globals)}`;
          await checks.check(`story ${title} / ${name} (${variant.name})`, () => renderStory(page, url));
        }
      };
      await Promise.all(variants.map(open));
    });
  } finally {
    await site.stop();
  }
}

/** Builds Storybook, then opens every story: stories are run, so they cannot drift. */
export const storybook: Stage = {
  name: 'storybook',
  title: 'Storybook: builds, every story renders',
  async run() {
    const checks = new Checks();
    rmSync(output, { recursive: true, force: true });
    const built = await checks.check('storybook build', async () => {
      const problem = await buildManifest();
      if (problem) return problem;
      return mustSucceed('storybook', ['build', '--quiet', '--disable-telemetry', '--output-dir', output]);
    });
    if (built) await checkStories(checks);
    return checks;
  },
};
