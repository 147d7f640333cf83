import { globSync, mkdirSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { build } from 'esbuild';
import { type Browser, chromium, type Page } from 'playwright-core';
import { ensure } from '../system/ensure.ts';
import type { Entry } from './exports-map.ts';
import { consumer } from './tarballs.ts';

const types: Record<string, string> = {
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.map': 'application/json',
};

/** Serves a folder on a free port of the loopback interface. */
export async function serveFolder(folder: string): Promise<{ url: string; stop(): Promise<void> }> {
  const server = createServer(async (request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname));
    const file = join(folder, path.endsWith('/') ? `${path}index.html` : path);
    try {
      const body = await readFile(file);
      response.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream' }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The system's Chromium, closed when `use` is done. */
export async function withBrowser<T>(
  use: (browser: Browser) => Promise<T>,
  flags: readonly string[] = ['--no-sandbox', '--disable-dev-shm-usage'],
): Promise<T> {
  const provided = await ensure('chromium');
  if (!provided.ok) throw new Error(`${provided.reason} Fix: ${provided.fix}`);
  const browser = await chromium.launch({
    executablePath: provided.path,
    args: [...flags],
  });
  try {
    return await use(browser);
  } finally {
    await browser.close();
  }
}

/** A page; whatever goes wrong in it becomes an error of `use`. */
async function withPage<T>(use: (page: Page) => Promise<T>): Promise<T> {
  return withBrowser(async (browser) => {
    const page = await browser.newPage();
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(error.stack ?? error.message));
    const result = await use(page);
    if (problems.length > 0) throw new Error(problems.join('\n'));
    return result;
  });
}

/** The tag names a page may hold at most, those that are registered among them. */
function registeredOf(page: Page, tags: string[]): Promise<string[]> {
  return page.evaluate((names) => names.filter((name) => customElements.get(name) !== undefined), tags);
}

/**
 * Bundles every entry of the packed packages as an integrator's bundler would, loads each in a page of its own, and
 * checks the rule of side effects: a class registers nothing, a define entry registers an element.
 */
export async function loadInBrowser(entries: Entry[], tags: string[]): Promise<string | undefined> {
  const out = join(consumer, 'site');
  mkdirSync(out, { recursive: true });
  await build({
    entryPoints: Object.fromEntries(entries.map((entry, index) => [`entry-${index}`, entry.specifier])),
    absWorkingDir: consumer,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'browser',
    outdir: out,
    logLevel: 'silent',
  });
  writeFileSync(join(out, 'index.html'), '<!doctype html><meta charset="utf-8"><title>packed packages</title>');
  const site = await serveFolder(out);
  const problems: string[] = [];
  try {
    await withPage(async (page) => {
      for (const [index, { specifier }] of entries.entries()) {
        await page.goto(`${site.url}/`);
        try {
          await page.evaluate((url) => import(url), `${site.url}/entry-${index}.js`);
          const registered = await registeredOf(page, tags);
          const defines = specifier.includes('/define/');
          if (defines && registered.length === 0) problems.push(`${specifier} registers no element`);
          if (!defines && registered.length > 0)
            problems.push(`${specifier} registers ${registered.join(', ')} on import`);
        } catch (error) {
          problems.push(`${specifier}: ${error instanceof Error ? error.message : error}`);
        }
      }
    });
  } finally {
    await site.stop();
  }
  return problems.length > 0 ? problems.join('\n') : undefined;
}

/** Loads the script-tag bundle from the unpacked package, as README tells an integrator to. */
export async function loadScriptTag(folder: string, tags: string[]): Promise<string | undefined> {
  writeFileSync(
    join(folder, 'script-tag.html'),
    '<!doctype html><meta charset="utf-8"><title>script tag</title><script type="module" src="/dist/callweave.js"></script>',
  );
  const site = await serveFolder(folder);
  try {
    return await withPage(async (page) => {
      await page.goto(`${site.url}/script-tag.html`, { waitUntil: 'load' });
      const registered = await registeredOf(page, tags);
      const missing = tags.filter((tag) => !registered.includes(tag));
      // What is loaded later must be able to load: a bare import in a chunk only fails when a phone starts.
      for (const chunk of globSync('dist/chunks/*.js', { cwd: folder }))
        await page.evaluate((url) => import(url), `/${chunk}`);
      // A page's own script takes the SDK from the same file.
      const made = await page.evaluate(async (url) => {
        const { createDesk, customers } = await import(url);
        return typeof createDesk({ url: '/callweave' }).use(customers).find;
      }, '/dist/callweave.js');
      if (made !== 'function') return 'dist/callweave.js does not export the SDK';
      return missing.length > 0 ? `dist/callweave.js does not register ${missing.join(', ')}` : undefined;
    });
  } finally {
    await site.stop();
  }
}
