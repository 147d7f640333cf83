// JsSIP as the published packages carry it: one ES module inside @callweave/sdk. A page that uses the phone needs no
// bundler that understands CommonJS, and cannot switch on JsSIP's own log, which prints Authorization headers.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const sdk = fileURLToPath(new URL('../../packages/sdk/', import.meta.url));
/** Where it stands among the SDK's modules; there is no such source file. */
const place = join(sdk, 'src/phone/engine/jssip.js');

const silent = 'const silent = () => () => {};\nsilent.default = silent;\nmodule.exports = silent;';

/** Leaves out the logger, and of JsSIP's package.json all but what it reads: its own name and version. */
const trimmed = {
  name: 'trimmed-jssip',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^debug$/ }, () => ({ path: 'debug', namespace: 'silent' }));
    onLoad({ filter: /^debug$/, namespace: 'silent' }, () => ({ contents: silent, loader: 'js' }));
    onLoad({ filter: /jssip[\\/]package\.json$/ }, ({ path }) => {
      const { name, title, version } = JSON.parse(readFileSync(path, 'utf8'));
      return { contents: JSON.stringify({ name, title, version }), loader: 'json' };
    });
  },
};

/** Name, version and licence of every package that the module was made of. */
function notices(inputs) {
  const folders = new Set(
    Object.keys(inputs).flatMap((input) => /^.*node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(input)?.[0] ?? []),
  );
  return [...folders].sort().map((folder) => {
    const path = join(sdk, folder);
    const { name, version, license } = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'));
    const text = ['LICENSE', 'LICENSE.md'].flatMap((file) => {
      try {
        return [readFileSync(join(path, file), 'utf8')];
      } catch {
        return [];
      }
    })[0];
    if (!text) throw new Error(`${name} has no licence text that could be shipped with it: look into ${folder}.`);
    return { title: `${name} ${version} (${license})`, text: text.trim() };
  });
}

/** For rollup: `import JsSIP from 'jssip'` becomes a module of ours; its licences go into `licences.txt` beside. */
export const includedJsSip = {
  name: 'included-jssip',
  resolveId: { order: 'pre', handler: (id) => (id === 'jssip' ? { id: place, external: false } : null) },
  async load(id) {
    if (id !== place) return null;
    const entry = createRequire(join(sdk, 'package.json')).resolve('jssip');
    const { outputFiles, metafile } = await build({
      entryPoints: [entry],
      absWorkingDir: sdk,
      bundle: true,
      format: 'esm',
      platform: 'browser',
      target: 'es2022',
      define: { global: 'globalThis' },
      plugins: [trimmed],
      metafile: true,
      write: false,
    });
    const packages = notices(metafile.inputs);
    this.emitFile({
      type: 'asset',
      fileName: 'licences.txt',
      source: packages.map(({ title, text }) => `${title}\n\n${text}\n`).join(`\n${'-'.repeat(80)}\n\n`),
    });
    const banner = `/*! Includes ${packages.map(({ title }) => title).join(', ')}: licences.txt of Callweave's dist. */\n`;
    return { code: banner + outputFiles[0].text, map: { mappings: '' } };
  },
};
