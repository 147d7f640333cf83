import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, type Metafile } from 'esbuild';
import { mustSucceed, root } from '../scripts/stages/stage.ts';
import type { Bench, Figure } from './figure.ts';

const widgets = join(root, 'packages/widgets');

/** gzip bytes of a page's script. */
interface Weights {
  /** Loaded at once. */
  initial: number;
  /** Loaded by import() on any page, once somebody is signed in. */
  signedIn: number;
  /** Loaded by import() when an agent's phone starts: tab ownership, media, quality; without the engine. */
  phone: number;
  /** Of the phone, what is loaded only when somebody uses it: the preflight test, the buttons of headsets. */
  onDemand: number;
  /** Loaded with the first call of somebody who has bought devices: their devices, tickets and account. */
  devices: number;
  /** The chunk that holds JsSIP. */
  engine: number;
  /** Words of single languages, by language; loaded when a page is in that language. */
  words: Map<string, number>;
}

/** What comes along with an output: at once, or also what it may import() later. */
function reach(
  outputs: Metafile['outputs'],
  from: string | undefined,
  later = false,
  seen = new Set<string>(),
): Set<string> {
  if (from === undefined || seen.has(from)) return seen;
  seen.add(from);
  for (const { path, kind } of outputs[from]?.imports ?? []) {
    if (later || kind === 'import-statement') reach(outputs, path, later, seen);
  }
  return seen;
}

/** Bundles the built packages as an integrator's bundler would, and weighs what a page loads at once and what later. */
async function weigh(entries: readonly string[]): Promise<Weights> {
  const code = entries.map((entry) => `import '@callweave/widgets/define/${entry}';`).join('\n');
  return weighCode(code);
}

async function weighCode(code: string): Promise<Weights> {
  const result = await build({
    stdin: { contents: code, resolveDir: widgets, sourcefile: 'page.js' },
    absWorkingDir: widgets,
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    platform: 'browser',
    charset: 'utf8',
    conditions: ['production'],
    define: { 'process.env.NODE_ENV': '"production"' },
    outdir: 'weighed',
    metafile: true,
    write: false,
    logLevel: 'silent',
    // Nothing of the source tree takes part.
    tsconfigRaw: '{}',
  });
  const outputs = result.metafile.outputs;
  const entry = Object.keys(outputs).find((path) => outputs[path]?.entryPoint === 'page.js');
  if (!entry) throw new Error('esbuild wrote no entry');
  const atOnce = reach(outputs, entry);
  const holding = (module: string) =>
    Object.keys(outputs).find((path) => outputs[path]?.entryPoint?.endsWith(`/sdk/dist/${module}`));
  const withPhone = reach(outputs, holding('phone/index.js'), true);
  // Everything that a page can come to load whose callers have bought no devices.
  const ofDevices = ['components/request-sheet/devices-inside.js', 'components/incoming-call/caller-line.js'].flatMap(
    (module) => Object.keys(outputs).find((path) => outputs[path]?.entryPoint?.endsWith(`dist/${module}`)) ?? [],
  );
  const withoutDevices = reach(outputs, entry, true, new Set(ofDevices));
  for (const path of ofDevices) withoutDevices.delete(path);
  const weights: Weights = { initial: 0, signedIn: 0, phone: 0, onDemand: 0, devices: 0, engine: 0, words: new Map() };
  const onDemand = new Set(['phone/preflight/preflight.js', 'phone/headset/headset.js'].map(holding));
  for (const file of result.outputFiles) {
    const path = Object.keys(outputs).find((output) => file.path.endsWith(output)) ?? '';
    const size = gzipSync(file.contents, { level: 9 }).byteLength;
    const inputs = Object.keys(outputs[path]?.inputs ?? {});
    const language = /\/translations\/(\w\w)\//.exec(inputs[0] ?? '')?.[1];
    if (atOnce.has(path)) weights.initial += size;
    else if (language) weights.words.set(language, (weights.words.get(language) ?? 0) + size);
    else if (inputs.some((input) => input.endsWith('/engine/jssip.js'))) weights.engine += size;
    else if (!withoutDevices.has(path)) weights.devices += size;
    else if (onDemand.has(path)) weights.onDemand += size;
    else weights[withPhone.has(path) ? 'phone' : 'signedIn'] += size;
  }
  return weights;
}

/** Widgets that stand inside a widget: those that its define entry brings along. */
function within(tag: string): string[] {
  const entry = readFileSync(join(widgets, `dist/define/${tag}.js`), 'utf8');
  return [...entry.matchAll(/import '\.\/([\w-]+)\.js'/g)].flatMap(([, inner]) => [
    inner as string,
    ...within(inner as string),
  ]);
}

/** What a widget adds to a page that has every other one, except those that bring it along. */
async function ownWeight(tag: string, tags: readonly string[]): Promise<number> {
  const others = ['desk', ...tags.filter((other) => other !== tag && !within(other).includes(tag))];
  return (await weigh([...others, tag])).initial - (await weigh(others)).initial;
}

const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`;

function figure(what: string, bytes: number, goal: number): Figure {
  return { what, value: kilobytes(bytes), goal: `≤ ${goal} kB`, met: bytes <= goal * 1000 };
}

/** The elements of an agent's page in examples/brokerage, each with all that stands inside it. */
const AGENT_PAGE = ['desk', 'incoming-call', 'call-bar', 'request-sheet'];

const bytes: Bench = {
  title: 'Bytes, minified and gzip',
  async run() {
    // Weighed is what is published, not the sources.
    for (const part of ['sdk', 'widgets']) {
      const problem = await mustSucceed('rollup', ['-c', '--silent', '--configOnly', part]);
      if (problem) throw new Error(problem);
    }
    const badge = await weigh(['desk', 'incoming-call']);
    const tickets = await weigh(['desk', 'ticket-panel']);
    const agent = await weigh(AGENT_PAGE);
    const all = await weigh(['all']);
    const floor = await weighCode(`import { LitElement } from 'lit'; globalThis.floor = LitElement;`);
    const inside = [...new Set(AGENT_PAGE.flatMap(within))].sort().join(', ');
    const figures = [
      figure('badge with its client, at page load', badge.initial, 25),
      { what: '  and by every page once somebody is signed in', value: kilobytes(badge.signedIn) },
      figure('ticket panel with its client, at page load', tickets.initial, 30),
      {
        what: '  of it right after: form, correspondence, drafts',
        value: kilobytes(tickets.signedIn),
      },
      figure(
        "whole desk without the phone engine: an agent's page with its phone ¹",
        agent.initial + agent.signedIn + agent.phone,
        60,
      ),
      { what: '  of it at page load', value: kilobytes(agent.initial) },
      { what: '  of it when the phone starts: tabs, media, quality', value: kilobytes(agent.phone) },
      { what: 'preflight test and buttons of headsets, loaded when they are used', value: kilobytes(agent.onDemand) },
      {
        what: 'devices, tickets and account of a caller, loaded with the first such call',
        value: kilobytes(agent.devices),
      },
      figure('phone engine, loaded when the phone starts', agent.engine, 60),
      {
        what: "all widgets on one page (also the dealer's and the manager's), at page load",
        value: kilobytes(all.initial),
      },
      ...[...all.words].map(([language, size]) => ({
        what: `  words of all widgets in "${language}", where a page needs them`,
        value: kilobytes(size),
      })),
      { what: 'for comparison: an empty Lit element', value: kilobytes(floor.initial) },
    ];
    const tags = globSync('define/*.js', { cwd: join(widgets, 'dist') })
      .map((file) => basename(file, '.js'))
      .filter((tag) => tag !== 'all' && tag !== 'desk')
      .sort();
    for (const tag of tags) figures.push(figure(`cw-${tag} by itself ²`, await ownWeight(tag, tags), 5));
    figures.push(
      {
        what: `¹ cw-${AGENT_PAGE.join(', cw-')}, and inside them: ${inside}; the words of a language come on top`,
        value: '',
      },
      { what: '² added to a page that has the other widgets', value: '' },
    );
    return figures;
  },
};

export default bytes;
