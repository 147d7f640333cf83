import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, type Metafile, type Plugin } from 'esbuild';
// @ts-expect-error plain JavaScript, which rollup's configuration loads as it is
import { minifyCssLiterals } from '../scripts/build/css-literals.js';
import type { Bench, Figure } from './figure.ts';

/** What the published build does to style sheets, so that the weight is that of what is shipped. */
const cssLiterals: Plugin = {
  name: 'css-literals',
  setup({ onLoad }) {
    onLoad({ filter: /packages\/widgets\/src\/.*\.ts$/ }, async ({ path }) => ({
      contents: minifyCssLiterals(await readFile(path, 'utf8')),
      loader: 'ts',
    }));
  },
};

const widgets = fileURLToPath(new URL('../packages/widgets', import.meta.url));

/** gzip bytes of a page's script. */
interface Weights {
  /** Loaded at once. */
  initial: number;
  /** Loaded by import() when an agent's phone starts: tab ownership, media, quality; without the engine. */
  phone: number;
  /** The chunk that holds JsSIP. */
  engine: number;
  /** Terms of single languages, loaded when a page is in that language. */
  translations: number;
}

function reach(outputs: Metafile['outputs'], from: string, seen = new Set<string>()): Set<string> {
  if (seen.has(from)) return seen;
  seen.add(from);
  for (const { path, kind } of outputs[from]?.imports ?? []) {
    if (kind === 'import-statement') reach(outputs, path, seen);
  }
  return seen;
}

/** Bundles as an integrator would, and weighs what a page loads at once and what comes later. */
async function weigh(code: string): Promise<Weights> {
  const result = await build({
    stdin: { contents: code, resolveDir: widgets, sourcefile: 'page.ts' },
    absWorkingDir: widgets,
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    platform: 'browser',
    conditions: ['@callweave/source', 'production'],
    define: { 'process.env.NODE_ENV': '"production"', global: 'globalThis' },
    outdir: 'weighed',
    metafile: true,
    write: false,
    logLevel: 'silent',
    tsconfig: `${widgets}/tsconfig.json`,
    plugins: [cssLiterals],
  });
  const outputs = result.metafile.outputs;
  const entry = Object.keys(outputs).find((path) => outputs[path]?.entryPoint === 'page.ts');
  if (!entry) throw new Error('esbuild wrote no entry');
  const initialPaths = reach(outputs, entry);
  const weights: Weights = { initial: 0, phone: 0, engine: 0, translations: 0 };
  for (const file of result.outputFiles) {
    const path = Object.keys(outputs).find((output) => file.path.endsWith(output)) ?? '';
    weights[partOf(path, outputs, initialPaths)] += gzipSync(file.contents, { level: 9 }).byteLength;
  }
  return weights;
}

function partOf(path: string, outputs: Metafile['outputs'], initialPaths: Set<string>): keyof Weights {
  if (initialPaths.has(path)) return 'initial';
  const inputs = Object.keys(outputs[path]?.inputs ?? {});
  if (inputs.some((input) => input.includes('node_modules/jssip/'))) return 'engine';
  return inputs.length > 0 && inputs.every((input) => input.includes('translations/')) ? 'translations' : 'phone';
}

const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`;

function figure(what: string, bytes: number, goal: number): Figure {
  return { what, value: kilobytes(bytes), goal: `≤ ${goal} kB`, met: bytes <= goal * 1000 };
}

const bytes: Bench = {
  title: 'Bytes, minified and gzip',
  async run() {
    const badge = await weigh(
      `import '@callweave/widgets/define/desk'; import '@callweave/widgets/define/incoming-call';`,
    );
    const all = await weigh(`import '@callweave/widgets/define/all';`);
    const floor = await weigh(`import { LitElement } from 'lit'; globalThis.floor = LitElement;`);
    return [
      figure('badge with its client, at page load', badge.initial, 25),
      figure('whole desk without the phone engine', all.initial + all.phone, 60),
      { what: '  of it loaded when the phone starts', value: kilobytes(all.phone) },
      figure('phone engine, loaded when the phone starts', all.engine, 60),
      { what: 'translations, each loaded when a page needs it', value: kilobytes(all.translations) },
      { what: 'for comparison: an empty Lit element', value: kilobytes(floor.initial) },
    ];
  },
};

export default bytes;
