// The first step of every npm script, in plain JavaScript for the oldest Node a newcomer may have on the PATH (20):
// it installs the dependencies when they are missing or behind the lock file, then runs the given TypeScript file
// under the Node that the project pins as a devDependency.
//
//   node scripts/bootstrap.mjs scripts/test.ts [arguments…]
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const modules = join(root, 'node_modules');
const windows = process.platform === 'win32';
const pinnedNode = join(modules, '.bin', windows ? 'node.cmd' : 'node');
const oldestUsable = [22, 18];

function readJson(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}

/** What is installed differs from what is locked: compares npm's own record in node_modules with the lock file. */
function installedDiffersFromLock() {
  const record = join(modules, '.package-lock.json');
  if (!existsSync(record)) return true;
  const locked = readJson(join(root, 'package-lock.json')).packages;
  const installed = readJson(record).packages;
  return Object.entries(locked).some(([path, entry]) => {
    if (!path.startsWith('node_modules/') && !path.includes('/node_modules/')) return false;
    if (entry.link || entry.optional || entry.devOptional || entry.peer) return false;
    return installed[path]?.version !== entry.version;
  });
}

function npm(...args) {
  console.log(`› npm ${args.join(' ')}`);
  const all = [...args, '--no-fund', '--no-audit', '--loglevel=error'];
  return spawnSync('npm', all, { cwd: root, stdio: 'inherit', shell: windows }).status === 0;
}

function install() {
  if (!existsSync(modules) && npm('ci')) return;
  // Also when npm finds the lock file out of step: the lint stage tells about that, a newcomer need not fail over it.
  if (npm('install', '--no-save')) return;
  console.error('npm could not install. Fix what it says above (network, registry, disk), then run the command again.');
  process.exit(1);
}

function runs(executable) {
  return existsSync(executable) && spawnSync(executable, ['--version'], { shell: windows }).status === 0;
}

/** The pinned Node; or the one running now where the pinned one has no build for the platform. */
function findNode() {
  if (runs(pinnedNode)) return pinnedNode;
  const [major, minor] = process.versions.node.split('.').map(Number);
  const [wantMajor, wantMinor] = oldestUsable;
  if (major > wantMajor || (major === wantMajor && minor >= wantMinor)) return process.execPath;
  console.error(
    `Node ${process.versions.node} is too old, and the pinned Node in node_modules does not run.\n` +
      'Fix: delete node_modules and run the command again (npm must be allowed to run the install script of the ' +
      `package "node", see allowScripts in package.json), or install Node ${oldestUsable.join('.')} or newer.`,
  );
  process.exit(1);
}

const [script, ...args] = process.argv.slice(2);
if (!script) {
  console.error('Usage: node scripts/bootstrap.mjs <script.ts> [arguments…]');
  process.exit(2);
}

if (installedDiffersFromLock()) install();

const child = spawn(
  findNode(),
  ['--conditions=@callweave/source', '--disable-warning=ExperimentalWarning', join(root, script), ...args],
  {
    cwd: root,
    stdio: 'inherit',
    shell: windows,
    env: { ...process.env, PATH: `${join(modules, '.bin')}${delimiter}${process.env.PATH ?? ''}` },
  },
);
// A terminal's Ctrl+C reaches the child by itself; this process only has to outlive it, to hand on its exit code.
process.on('SIGINT', () => {});
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 1)));
