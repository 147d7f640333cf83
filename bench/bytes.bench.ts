import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, type Metafile } from 'esbuild';
import type { Bench, Figure } from './figure.ts';

const widgets = fileURLToPath(new URL('../packages/widgets', import.meta.url));

interface Weights {
  /** gzip bytes a page loads at once. */
  initial: number;
  /** gzip bytes that arrive by import() later. */
  lazy: number;
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
  });
  const outputs = result.metafile.outputs;
  const entry = Object.keys(outputs).find((path) => outputs[path]?.entryPoint === 'page.ts');
  if (!entry) throw new Error('esbuild wrote no entry');
  const initialPaths = reach(outputs, entry);
  const weights: Weights = { initial: 0, lazy: 0 };
  for (const file of result.outputFiles) {
    const path = Object.keys(outputs).find((output) => file.path.endsWith(output));
    const size = gzipSync(file.contents, { level: 9 }).byteLength;
    if (path && initialPaths.has(path)) weights.initial += size;
    else weights.lazy += size;
  }
  return weights;
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
      figure('whole desk without the phone engine', all.initial, 60),
      figure('phone engine, loaded when it is needed', all.lazy, 60),
      { what: 'for comparison: an empty Lit element', value: kilobytes(floor.initial) },
    ];
  },
};

export default bytes;
