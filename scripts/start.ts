// npm start: the brokerage example with everything embedded. The example prints the addresses, the demo accounts and
// what to try; this only sees to it that the widgets it serves are built.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { join } from 'node:path';
import { ensureBundle } from './build/bundle.ts';
import { root } from './stages/stage.ts';

const example = join(root, 'examples/brokerage');

await ensureBundle();
console.log('› starting the brokerage example');
const server = spawn(
  process.execPath,
  ['--conditions=@callweave/source', '--disable-warning=ExperimentalWarning', 'src/main.ts', ...process.argv.slice(2)],
  { cwd: example, stdio: 'inherit' },
);
process.on('SIGINT', () => {});
for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, () => server.kill(signal));
server.on('exit', (code, signal) => {
  process.exitCode = code ?? 128 + (signal ? constants.signals[signal] : 1);
});
