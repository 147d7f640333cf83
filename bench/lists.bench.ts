import { build } from 'esbuild';
import { chromium } from 'playwright-core';
import { root } from '../scripts/stages/stage.ts';
import { ensureChromium } from '../scripts/system/chromium.ts';
import { type Bench, type Figure, median, quantile } from './figure.ts';

const ROUNDS = 5;
const TICKETS = 10_000;
const FRAMES = 120;

interface Measured {
  /** From placing the element until the first rows are painted. */
  readonly paint: number;
  /** Between frames while the list scrolls from its beginning. */
  readonly frames: readonly number[];
}

/** The page's script: both lists over the same data, so that what is measured is how they are drawn. */
const PAGE = `
import { html, render } from 'lit';
import './packages/widgets/src/define/ticket-desk.ts';
import { babak, manyTickets, withTickets } from './packages/widgets/src/testing/ticket-fixtures.ts';

const frame = () => new Promise((drawn) => requestAnimationFrame(drawn));
const tickets = manyTickets(${TICKETS});

async function scrolled(rows) {
  const frames = [];
  let before = await frame();
  for (let step = 0; step < ${FRAMES}; step++) {
    rows.scrollTop += 400;
    const now = await frame();
    frames.push(now - before);
    before = now;
  }
  return frames;
}

async function painted(begin, find) {
  const start = performance.now();
  begin();
  let found;
  while (!(found = find())) await frame();
  // The frame in which they stand has been painted when the next one begins.
  await frame();
  await frame();
  return { paint: performance.now() - start, rows: found };
}

globalThis.measureWidget = async () => {
  const desk = withTickets(babak);
  desk.list.set({ status: 'ready', value: { tickets, more: false, total: tickets.length } });
  const element = document.createElement('cw-ticket-desk');
  element.desk = desk;
  const { paint, rows } = await painted(
    () => document.body.append(element),
    () => element.shadowRoot?.querySelector('.line') && element.shadowRoot.querySelector('.rows'),
  );
  const frames = await scrolled(rows);
  element.remove();
  return { paint, frames };
};

globalThis.measurePlain = async () => {
  const place = document.createElement('div');
  place.style.cssText = 'height: 560px; overflow: auto';
  const cells = ({ number, title, customer, priority, state, assignee, firstAnswer }) =>
    [number, title, customer.name, priority, state, assignee?.name ?? '', firstAnswer.due ?? ''];
  const { paint } = await painted(
    () => {
      document.body.append(place);
      render(html\`\${tickets.map((each) => html\`<div style="display:grid;grid-template-columns:repeat(7,1fr);height:44px">\${cells(each).map((cell) => html\`<span>\${cell}</span>\`)}</div>\`)}\`, place);
    },
    () => place.firstElementChild,
  );
  const frames = await scrolled(place);
  place.remove();
  return { paint, frames };
};
`;

async function pageScript(): Promise<string> {
  const result = await build({
    stdin: { contents: PAGE, resolveDir: root, sourcefile: 'lists.js' },
    absWorkingDir: root,
    nodePaths: [`${root}/node_modules`],
    bundle: true,
    format: 'esm',
    target: 'es2022',
    platform: 'browser',
    conditions: ['@callweave/source', 'production'],
    define: { 'process.env.NODE_ENV': '"production"' },
    write: false,
    logLevel: 'silent',
    tsconfig: `${root}/packages/widgets/tsconfig.json`,
  });
  return result.outputFiles[0]?.text ?? '';
}

const ms = (value: number) => `${value.toFixed(1)} ms`;

function compare(widget: readonly Measured[], plain: readonly Measured[]): Figure[] {
  const paints = [widget, plain].map((all) => median(all.map(({ paint }) => paint))) as [number, number];
  const frames = [widget, plain].map((all) => all.flatMap((each) => each.frames)) as [number[], number[]];
  const at = (q: number) => frames.map((all) => quantile(all, q)) as [number, number];
  const line = (what: string, [own, other]: [number, number]): Figure => ({
    what,
    value: ms(own),
    baseline: ms(other),
    ratio: own / other,
  });
  const dropped = frames.map((all) => all.filter((each) => each > 25).length / all.length) as [number, number];
  return [
    line('10,000 tickets: first rows painted (median)', paints),
    line('10,000 tickets: time between frames while scrolling, p50', at(0.5)),
    {
      ...line('10,000 tickets: time between frames while scrolling, p95', at(0.95)),
      goal: '≤ 16.7 ms + 1',
      met: at(0.95)[0] <= 17.7,
    },
    {
      what: '10,000 tickets: frames that came too late (> 25 ms)',
      value: `${(dropped[0] * 100).toFixed(1)} %`,
      baseline: `${(dropped[1] * 100).toFixed(1)} %`,
    },
  ];
}

const lists: Bench = {
  title: 'Long lists in Chromium (against a plain Lit list of the same rows)',
  async run() {
    const found = await ensureChromium();
    if (!found.ok) throw new Error(`${found.reason}. Fix: ${found.fix}`);
    const script = await pageScript();
    const browser = await chromium.launch({
      executablePath: found.path,
      args: ['--no-sandbox', '--disable-dev-shm-usage'],
    });
    try {
      const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
      await page.setContent('<!doctype html><html lang="en"><body></body></html>');
      await page.addScriptTag({ content: script, type: 'module' });
      await page.waitForFunction('globalThis.measurePlain !== undefined');
      const runs: Record<'measureWidget' | 'measurePlain', Measured[]> = { measureWidget: [], measurePlain: [] };
      // In turn, so that what else the machine does meets both; the first round warms up.
      for (let round = 0; round <= ROUNDS; round += 1)
        for (const name of ['measureWidget', 'measurePlain'] as const) {
          const measured = (await page.evaluate(`globalThis.${name}()`)) as Measured;
          if (round > 0) runs[name].push(measured);
        }
      return compare(runs.measureWidget, runs.measurePlain);
    } finally {
      await browser.close();
    }
  },
};

export default lists;
