// npm run storybook: every component in every state. `npm run storybook:build` writes it to storybook-static.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { buildManifest, manifestFile } from './build/manifest.ts';
import { command, root } from './stages/stage.ts';

const [mode = 'dev', ...rest] = process.argv.slice(2);
console.log('› custom-elements manifest');
const problem = await buildManifest();
if (problem || !existsSync(join(root, manifestFile))) {
  console.error(problem ?? `The analyzer wrote no ${manifestFile}.`);
  process.exit(1);
}
console.log(`› storybook ${mode}`);
const modeArguments = mode === 'build' ? ['--output-dir', 'storybook-static'] : ['--port', '6006', '--no-open'];
const { code } = await command('storybook', [mode, '--disable-telemetry', ...modeArguments, ...rest], { show: true });
process.exitCode = code;
