import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Bench, median } from './figure.ts';

const ROUNDS = 11;
const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
// As it is published: without the time that stripping types takes.
const CLI = path('../packages/server-adapter/dist/cli/main.js');
const BARE = path('servers/bare-start.mjs');

/** Milliseconds from spawning until the process says that it serves. */
async function start(args: readonly string[]): Promise<number> {
  const began = performance.now();
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const endWithUs = () => child.kill('SIGKILL');
  process.once('exit', endWithUs);
  const over = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  let output = '';
  child.stderr.on('data', (piece) => {
    output += piece;
  });
  const ms = await new Promise<number>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`It ended with ${code}: ${output}`)));
    child.stdout.on('data', (piece) => {
      output += piece;
      if (output.includes('serves')) resolve(performance.now() - began);
    });
  });
  child.kill('SIGTERM');
  await over;
  process.removeListener('exit', endWithUs);
  return ms;
}

const startUp: Bench = {
  title: 'Start until the first request can come, empty store',
  async run() {
    if (!existsSync(CLI)) throw new Error('packages/server-adapter is not built: npm run build');
    const folder = await mkdtemp(join(tmpdir(), 'callweave-bench-start-'));
    try {
      const times: { bare: number[]; serve: number[] } = { bare: [], serve: [] };
      for (let round = -1; round < ROUNDS; round += 1) {
        const bare = await start([BARE, join(folder, `bare${round}.sqlite`)]);
        const serve = await start([CLI, 'serve', '--port', '0', '--data', join(folder, `data${round}`)]);
        // The first round fills the caches of the disk.
        if (round < 0) continue;
        times.bare.push(bare);
        times.serve.push(serve);
      }
      const [serve, bare] = [median(times.serve), median(times.bare)];
      return [
        {
          what: 'callweave serve, with its exchange',
          value: `${serve.toFixed(0)} ms`,
          baseline: `${bare.toFixed(0)} ms node:http with node:sqlite`,
          ratio: serve / bare,
          goal: '≤ 2 ×',
          met: serve / bare <= 2,
        },
      ];
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

export default startUp;
