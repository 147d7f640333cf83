// npm run dev: the brokerage example, restarted when the server's sources change; the widgets bundle is rebuilt when
// theirs do, so reloading the page is enough.
import { type ChildProcess, spawn } from 'node:child_process';
import { watch } from 'node:fs';
import { join } from 'node:path';
import { bundleFile, ensureBundle } from './build/bundle.ts';
import { root } from './stages/stage.ts';

const example = join(root, 'examples/brokerage');

function run(program: string, args: string[], cwd: string): ChildProcess {
  return spawn(program, args, { cwd, stdio: 'inherit' });
}

function startExample(): ChildProcess {
  const flags = ['--conditions=@callweave/source', '--disable-warning=ExperimentalWarning'];
  return run(process.execPath, [...flags, 'src/main.ts', ...process.argv.slice(2)], example);
}

await ensureBundle();
console.log(`› watching; ${bundleFile} is rebuilt when sdk or widgets change`);
const bundler = run('rollup', ['-c', '--silent', '--watch', '--no-watch.clearScreen', '--configOnly', 'bundle'], root);
let server = startExample();
let restarting: NodeJS.Timeout | undefined;

/** Editors write a file in several steps: wait until they are done, then let the old server end before the new one. */
function restart(file: string): void {
  clearTimeout(restarting);
  restarting = setTimeout(() => {
    console.log(`› ${file} changed: restarting`);
    const start = () => {
      server = startExample();
    };
    if (server.exitCode !== null || server.signalCode !== null) return start();
    server.once('exit', start);
    server.kill('SIGTERM');
  }, 200);
}

for (const folder of [
  'packages/server-adapter/src',
  'packages/sdk/src/protocol',
  'packages/sdk/src/errors',
  'examples/brokerage/src',
]) {
  watch(join(root, folder), { recursive: true }, (_event, name) => {
    if (name?.endsWith('.ts') && !/\.test\.ts$|\btesting\b/.test(name)) restart(join(folder, name));
  });
}

/** Ends both children, then itself: nothing goes on behind the prompt. */
function stop(signal: NodeJS.Signals): void {
  clearTimeout(restarting);
  server.removeAllListeners('exit');
  const running = [bundler, server].filter((child) => child.exitCode === null && child.signalCode === null);
  let left = running.length;
  if (left === 0) process.exit(0);
  for (const child of running) {
    child.once('exit', () => {
      left--;
      if (left === 0) process.exit(0);
    });
    child.kill(signal);
  }
}
process.once('SIGINT', () => stop('SIGINT'));
process.once('SIGTERM', () => stop('SIGTERM'));
