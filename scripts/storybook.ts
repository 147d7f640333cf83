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
const modeArguments =
  mode === 'build'
    ? ['--output-dir', 'storybook-static']
    : // On this machine only: whoever opens the story "Live / Desk" is its agent.
      ['--port', '6006', '--host', '127.0.0.1', '--no-open'];
const { code } = await command('storybook', [mode, '--disable-telemetry', ...modeArguments, ...rest], {
  show: true,
  // The live desk runs from the sources, as every script here does.
  env: {
    NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --conditions=@callweave/source --disable-warning=ExperimentalWarning`,
  },
});
process.exitCode = code;
