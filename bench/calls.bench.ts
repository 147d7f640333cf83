import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type CallLoadResult,
  callAll,
  sippPath,
  startAnsweringTelephones,
} from '../packages/server-adapter/src/telephony/testing/sipp-load.ts';
import { startAsterisk } from '../scripts/system/ensure.ts';
import { freeUdpPort } from '../scripts/system/free-ports.ts';
import { type Bench, quantile } from './figure.ts';
import { type ServerProcess, startServer } from './load/server-process.ts';

const PUBLIC_NUMBER = '+982181021380';
const CONCURRENT = Number(process.env['CALLWEAVE_BENCH_CALLS'] ?? 100);
const CALLS = CONCURRENT * 2;
const PER_SECOND = 10;
const callers = Array.from({ length: CALLS }, (_, i) => `+98912${String(i).padStart(7, '0')}`);

interface Measured extends CallLoadResult {
  readonly cpuSeconds: number;
  readonly seconds: number;
  readonly said: unknown;
}

/** The same calls through an Asterisk of its own, led by one of the two. */
async function measure(kind: 'adapter' | 'bare'): Promise<Measured> {
  const dir = mkdtempSync(join(tmpdir(), 'callweave-bench-calls-'));
  const port = await freeUdpPort();
  const sipp = await sippPath();
  const asterisk = await startAsterisk({ agents: [], trunk: { host: '127.0.0.1', port } });
  const telephones = await startAnsweringTelephones({ dir, sippPath: sipp, port });
  let server: ServerProcess<unknown> | undefined;
  try {
    const access = [asterisk.ariUrl, asterisk.ariPassword];
    server =
      kind === 'bare'
        ? await startServer(new URL('servers/bare-ari.ts', import.meta.url), access)
        : await startServer(new URL('servers/call-server.ts', import.meta.url), [
            ...access,
            dir,
            PUBLIC_NUMBER,
            String(CALLS),
          ]);
    const before = await server.ask<NodeJS.CpuUsage>('cpu');
    const began = performance.now();
    const result = await callAll({
      dir,
      sippPath: sipp,
      exchangePort: asterisk.sipPort,
      publicNumber: PUBLIC_NUMBER,
      callers,
      perSecond: PER_SECOND,
      concurrent: CONCURRENT,
      talkSeconds: CONCURRENT / PER_SECOND,
    });
    const seconds = (performance.now() - began) / 1000;
    const after = await server.ask<NodeJS.CpuUsage>('cpu');
    // Recordings are stored after the call; the next round should not pay for them.
    await sleep(2_000);
    const said = kind === 'adapter' ? await server.ask('calls') : undefined;
    const cpuSeconds = (after.user + after.system - before.user - before.system) / 1e6;
    return { ...result, cpuSeconds, seconds, said };
  } finally {
    await server?.stop();
    await telephones.stop();
    await asterisk.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}

const calls: Bench = {
  title: `${CONCURRENT} recorded calls at a time on Asterisk, customers and agents by SIPp`,
  async run() {
    const bare = await measure('bare');
    const ours = await measure('adapter');
    const p95 = { bare: quantile(bare.answerMs, 0.95), ours: quantile(ours.answerMs, 0.95) };
    const ms = (value: number) => `${value.toFixed(0)} ms`;
    return [
      {
        what: `calls that went through, of ${CALLS}`,
        value: String(ours.completed),
        baseline: `${bare.completed} bare ARI script`,
        goal: 'all',
        met: ours.completed === CALLS,
      },
      {
        what: 'INVITE → 200, p95',
        value: ms(p95.ours),
        baseline: `${ms(p95.bare)} bare ARI script`,
      },
      {
        what: 'INVITE → 200, median',
        value: ms(quantile(ours.answerMs, 0.5)),
        baseline: `${ms(quantile(bare.answerMs, 0.5))} bare ARI script`,
      },
      {
        what: 'processor time of one call in our process: routing, store, recordings assembled and hashed',
        value: ms((ours.cpuSeconds / CALLS) * 1000),
        baseline: `${ms((bare.cpuSeconds / CALLS) * 1000)} bare ARI script`,
        ratio: ours.cpuSeconds / bare.cpuSeconds,
      },
      { what: 'our share of one core meanwhile', value: `${((ours.cpuSeconds / ours.seconds) * 100).toFixed(0)} %` },
    ];
  },
};

export default calls;
