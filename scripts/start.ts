// npm start: the brokerage example with everything embedded; `npm start -- device-portal` the other one. The example prints
// the addresses, the demo accounts and what to try; this only sees to it that the widgets it serves are built.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { join } from 'node:path';
import { ensureBundle } from './build/bundle.ts';
import { root } from './stages/stage.ts';
import { examples } from './stages/workspaces.ts';

const names = examples().map(({ folder }) => folder);
const [name = 'brokerage', ...rest] = process.argv.slice(2);
if (!names.includes(name)) {
  console.error(`There is no example "${name}". There are: ${names.join(', ')}.`);
  process.exit(1);
}

await ensureBundle();
console.log(`› starting the example ${name}`);
const server = spawn(
  process.execPath,
  ['--conditions=@callweave/source', '--disable-warning=ExperimentalWarning', 'src/main.ts', ...rest],
  { cwd: join(root, 'examples', name), stdio: 'inherit' },
);
process.on('SIGINT', () => {});
for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, () => server.kill(signal));
server.on('exit', (code, signal) => {
  process.exitCode = code ?? 128 + (signal ? constants.signals[signal] : 1);
});
