import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bench, Figure } from './figure.ts';
import { type ServerProcess, startServer } from './load/server-process.ts';

const SECONDS = 8;
const LEGS = [2, 10, 20, 40];
/** Sound that does not arrive in time is not heard: more than this, and speech is hurt. */
const MOST_LOSS = 0.01;

interface Box {
  readonly url: string;
  readonly lines: readonly unknown[];
}

async function measure(legs: number): Promise<{ loss: number; cpu: number }> {
  const dir = mkdtempSync(join(tmpdir(), 'callweave-bench-box-'));
  const box = await startServer<Box>(new URL('servers/box-server.ts', import.meta.url), [dir, String(legs)]);
  let telephones: ServerProcess<unknown> | undefined;
  try {
    telephones = await startServer(new URL('servers/telephones.ts', import.meta.url), [
      box.ready.url,
      JSON.stringify(box.ready.lines),
    ]);
    if ((await box.ask<number>('joined')) !== legs) throw new Error('Not every telephone was joined.');
    const before = await box.ask<NodeJS.CpuUsage>('cpu');
    const began = performance.now();
    const loss = await telephones.ask<number>(`loss ${SECONDS}`);
    const after = await box.ask<NodeJS.CpuUsage>('cpu');
    const seconds = (performance.now() - began) / 1000;
    return { loss, cpu: (after.user + after.system - before.user - before.system) / 1e6 / seconds };
  } finally {
    await telephones?.stop();
    await box.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}

const box: Bench = {
  title: 'The exchange in a box: legs it carries, joined two by two and recorded',
  async run() {
    const figures: Figure[] = [];
    let perLeg = 0;
    for (const legs of LEGS) {
      const { loss, cpu } = await measure(legs);
      perLeg = cpu / legs;
      figures.push({
        what: `${legs} legs: sound that did not arrive`,
        value: `${(loss * 100).toFixed(2)} %`,
        baseline: `${(cpu * 100).toFixed(0)} % of a core`,
        goal: '≤ 1 %',
        met: loss <= MOST_LOSS,
      });
    }
    figures.push({ what: 'legs that one core carries, by the last line', value: String(Math.floor(1 / perLeg)) });
    return figures;
  },
};

export default box;
