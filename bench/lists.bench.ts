import { build } from 'esbuild';
import { chromium } from 'playwright-core';
import { root } from '../scripts/stages/stage.ts';
import { ensureChromium } from '../scripts/system/chromium.ts';
import { type Bench, type Figure, median, quantile } from './figure.ts';

const ROUNDS = 5;
const TICKETS = 10_000;
const DEVICES = 500;
const KINDS = { tickets: '10,000 tickets', devices: '500 devices' } as const;
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
import './packages/widgets/src/define/device-list.ts';
import './packages/widgets/src/define/ticket-desk.ts';
import { device } from './packages/widgets/src/testing/device-fixtures.ts';
import { createFakeDesk } from './packages/widgets/src/testing/fake-desk.ts';
import { babak, manyTickets, withTickets } from './packages/widgets/src/testing/ticket-fixtures.ts';

const frame = () => new Promise((drawn) => requestAnimationFrame(drawn));
const tickets = manyTickets(${TICKETS});
const devices = Array.from({ length: ${DEVICES} }, (_, index) => device({ id: \`dev_\${index}\`, serial: \`SN-\${index}\` }));

const LISTS = {
  tickets: {
    tag: 'cw-ticket-desk',
    row: '.line',
    scroller: '.rows',
    desk() {
      const desk = withTickets(babak);
      desk.list.set({ status: 'ready', value: { tickets, more: false, total: tickets.length } });
      return desk;
    },
    rows: tickets.map(({ number, title, customer, priority, state, assignee, firstAnswer }) =>
      [number, title, customer.name, priority, state, assignee?.name ?? '', firstAnswer.due ?? '']),
  },
  devices: {
    tag: 'cw-device-list',
    row: '[part~="row"]',
    scroller: '.scroll',
    desk() {
      const desk = createFakeDesk();
      desk.values.devices.set({ status: 'ready', value: devices });
      return desk;
    },
    rows: devices.map(({ brand, model, serial, installedOn, warrantyEndsOn, serviceEndsOn, service }) =>
      [brand + ' ' + model, serial, installedOn, warrantyEndsOn, serviceEndsOn, service.state, service.daysLeft]),
  },
};

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

globalThis.measureWidget = async (kind) => {
  const { tag, row, scroller, desk } = LISTS[kind];
  const element = document.createElement(tag);
  element.desk = desk();
  const { paint, rows } = await painted(
    () => document.body.append(element),
    () => element.shadowRoot?.querySelector(row) && element.shadowRoot.querySelector(scroller),
  );
  const frames = await scrolled(rows);
  element.remove();
  return { paint, frames };
};

globalThis.measurePlain = async (kind) => {
  const place = document.createElement('div');
  place.style.cssText = 'height: 560px; overflow: auto';
  const { paint } = await painted(
    () => {
      document.body.append(place);
      render(html\`\${LISTS[kind].rows.map((cells) => html\`<div style="display:grid;grid-template-columns:repeat(7,1fr);height:44px">\${cells.map((cell) => html\`<span>\${cell}</span>\`)}</div>\`)}\`, place);
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

function compare(list: string, widget: readonly Measured[], plain: readonly Measured[]): Figure[] {
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
    line(`${list}: first rows painted (median)`, paints),
    line(`${list}: time between frames while scrolling, p50`, at(0.5)),
    {
      ...line(`${list}: time between frames while scrolling, p95`, at(0.95)),
      goal: '≤ 16.7 ms + 1',
      met: at(0.95)[0] <= 17.7,
    },
    {
      what: `${list}: frames that came too late (> 25 ms)`,
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
      const figures: Figure[] = [];
      for (const [kind, name] of Object.entries(KINDS)) {
        const runs: Record<'measureWidget' | 'measurePlain', Measured[]> = { measureWidget: [], measurePlain: [] };
        // In turn, so that what else the machine does meets both; the first round warms up.
        for (let round = 0; round <= ROUNDS; round += 1)
          for (const way of ['measureWidget', 'measurePlain'] as const) {
            const measured = (await page.evaluate(`globalThis.${way}('${kind}')`)) as Measured;
            if (round > 0) runs[way].push(measured);
          }
        figures.push(...compare(name, runs.measureWidget, runs.measurePlain));
      }
      return figures;
    } finally {
      await browser.close();
    }
  },
};

export default lists;
