// Builds the published packages. Inputs derive from each package's exports map, so an entry exists exactly when it
// is exported; files keep their place (src/a/b.ts → dist/a/b.js), which is what the exports map names.
import { globSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import esbuild from 'rollup-plugin-esbuild';
import { cssLiterals } from './scripts/build/css-literals.js';
import { includedJsSip } from './scripts/build/jssip.js';

const root = fileURLToPath(new URL('.', import.meta.url));
const sourceCondition = '@callweave/source';

function readManifest(folder) {
  return JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
}

/** Source files of every exported entry and of every command; `./define/*` stands for all files it matches. */
function entries(folder) {
  const { exports, bin = {} } = readManifest(folder);
  const exported = Object.values(exports).flatMap((target) =>
    typeof target === 'string' ? [] : [target[sourceCondition]],
  );
  const commands = Object.values(bin).map((file) => file.replace('./dist/', './src/').replace(/\.js$/, '.ts'));
  return [...exported, ...commands].flatMap((pattern) => {
    const found = globSync(pattern, { cwd: join(root, folder) }).filter((file) => !/\.(test|stories)\.ts$/.test(file));
    if (found.length === 0)
      throw new Error(`${folder}/package.json exports ${pattern}, but there is no such source file.`);
    return found.map((file) => join(root, folder, file));
  });
}

/** Everything a package does not contain itself is imported by name and resolved by the integrator; JsSIP it contains. */
function isExternal(id) {
  if (id === 'jssip') return false;
  return builtinModules.includes(id) || id.startsWith('node:') || !/^[./]|^[A-Z]:/i.test(id);
}

function compile(folder, options = {}) {
  const tsconfig = join(root, folder, 'tsconfig.json');
  return esbuild({ target: 'es2022', tsconfig, ...options });
}

function packageBuild(folder) {
  return {
    input: entries(folder),
    external: isExternal,
    plugins: [includedJsSip, cssLiterals, compile(folder)],
    output: {
      dir: join(root, folder, 'dist'),
      format: 'es',
      preserveModules: true,
      preserveModulesRoot: join(root, folder, 'src'),
      sourcemap: true,
    },
  };
}

/**
 * The script-tag bundle: <script type="module" src="…/callweave.js">. A module script rather than a classic one,
 * because only modules can load a part later: the phone engine arrives when an agent signs in to a phone, and a
 * page that shows the badge alone never pays for it.
 */
function scriptTagBundle(folder) {
  return {
    input: { callweave: join(root, folder, 'src/callweave.ts') },
    // Chunks take what they share with it from the entry itself: a page loads one file, not a file that names another.
    preserveEntrySignatures: 'allow-extension',
    plugins: [
      includedJsSip,
      nodeResolve({
        browser: true,
        exportConditions: [sourceCondition, 'production', 'browser'],
        extensions: ['.ts', '.mjs', '.js'],
      }),
      cssLiterals,
      compile(folder, { minify: true, define: { 'process.env.NODE_ENV': '"production"' } }),
    ],
    output: {
      dir: join(root, folder, 'dist'),
      format: 'es',
      entryFileNames: '[name].js',
      chunkFileNames: 'chunks/[name]-[hash].js',
      sourcemap: true,
    },
  };
}

const builds = {
  sdk: () => packageBuild('packages/sdk'),
  'server-adapter': () => packageBuild('packages/server-adapter'),
  widgets: () => packageBuild('packages/widgets'),
  bundle: () => scriptTagBundle('packages/widgets'),
};

/** `rollup -c` builds everything; `rollup -c --configOnly bundle` one part. */
export default (options) => {
  const only = options['configOnly'];
  // Rollup warns of options it does not know; this one is ours.
  delete options['configOnly'];
  return (only ? [only] : Object.keys(builds)).map((name) => builds[name]());
};
