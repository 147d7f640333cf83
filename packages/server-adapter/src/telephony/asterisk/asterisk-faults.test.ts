import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type RunningAsterisk, startAsterisk } from '../../../../../scripts/system/ensure.ts';
import { freeUdpPort } from '../../../../../scripts/system/free-ports.ts';
import { createSqliteStore } from '../../store/sqlite.ts';
import type { Store } from '../../store/store.ts';
import { describeWith } from '../testing/component-gate.ts';
import { callAll, sippPath, startAnsweringTelephones } from '../testing/sipp-load.ts';

const PUBLIC_NUMBER = '+982181021380';
const CALLS = 50;
const server = fileURLToPath(new URL('../testing/call-server.ts', import.meta.url));
const numberOf = (i: number) => String(i).padStart(7, '0');

await describeWith(['asterisk', 'sipp'], `faults under ${CALLS} recorded calls on Asterisk`, () => {
  let dir: string;
  let asterisk: RunningAsterisk;
  let store: Store;
  let telephones: { stop(): Promise<void> };
  let adapter: ChildProcess | undefined;
  let round = 0;

  beforeEach(async () => {
    dir = mkdtempSync(join(tmpdir(), 'callweave-faults-'));
    const port = await freeUdpPort();
    asterisk = await startAsterisk({ agents: [], trunk: { host: '127.0.0.1', port } });
    telephones = await startAnsweringTelephones({ dir, sippPath: await sippPath(), port });
    store = await createSqliteStore({ file: join(dir, 'callweave.sqlite') });
    await store.write(async (tx) => {
      for (let i = 0; i <= CALLS; i += 1)
        await tx.db
          .insertInto('accounts')
          .values({
            id: `agent_${numberOf(i)}`,
            username: `agent-${numberOf(i)}`,
            name: `Agent ${i}`,
            roles: '["agent"]',
            branch: 'head office',
            device: JSON.stringify({ kind: 'number', number: `+98900${numberOf(i)}` }),
            on_leave: 0,
            in_group: 0,
            active: 1,
            password_hash: null,
            failures: 0,
            locked_until: null,
            locale: 'en',
            created_at: tx.now.toISOString(),
          })
          .execute();
    });
    await startAdapter();
  }, 240_000);

  afterEach(async () => {
    await endAdapter('SIGTERM');
    await store?.close();
    await telephones?.stop();
    await asterisk?.stop();
    rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
  }, 60_000);

  async function startAdapter(): Promise<void> {
    const child = spawn(
      process.execPath,
      [
        '--conditions=@callweave/source',
        '--disable-warning=ExperimentalWarning',
        server,
        asterisk.ariUrl,
        asterisk.ariPassword,
        dir,
        PUBLIC_NUMBER,
      ],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
    adapter = child;
    let said = '';
    child.stderr.on('data', (piece) => {
      said += piece;
    });
    await new Promise<void>((resolve, reject) => {
      child.once('exit', (code) => reject(new Error(`The adapter ended with ${code}: ${said}`)));
      child.stdout.on('data', (piece) => String(piece).includes('ready') && resolve());
    });
  }

  async function endAdapter(signal: NodeJS.Signals): Promise<void> {
    const child = adapter;
    adapter = undefined;
    if (child === undefined || child.exitCode !== null) return;
    const over = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await over;
  }

  const customers = async (count: number, talkSeconds: number) => {
    const folder = join(dir, `round-${(round += 1)}`);
    mkdirSync(folder);
    return callAll({
      dir: folder,
      sippPath: await sippPath(),
      exchangePort: asterisk.sipPort,
      publicNumber: PUBLIC_NUMBER,
      // The last number is for the call after the fault: everyone has a responder of their own.
      callers: Array.from({ length: count }, (_, i) => `+98912${numberOf(count === 1 ? CALLS : i)}`),
      perSecond: 10,
      concurrent: count,
      talkSeconds,
    });
  };
  const counts = async (table: 'calls' | 'recordings') =>
    Object.fromEntries(
      (
        await store.db
          .selectFrom(table)
          .select(['state', (eb) => eb.fn.countAll().as('count')])
          .groupBy('state')
          .execute()
      ).map(({ state, count }) => [state, Number(count)]),
    );
  const atAsterisk = async () => {
    const authorization = `Basic ${Buffer.from(`${asterisk.ariUsername}:${asterisk.ariPassword}`).toString('base64')}`;
    const list = async (path: string) =>
      ((await (await fetch(`${asterisk.ariUrl}${path}`, { headers: { authorization } })).json()) as unknown[]).length;
    return { channels: await list('/channels'), bridges: await list('/bridges') };
  };
  const outcomes = async () =>
    (await store.db.selectFrom('calls').select('outcome').distinct().execute()).map(({ outcome }) => outcome);
  const soon = { timeout: 60_000, interval: 250 };

  it('goes on with every call when the adapter is killed and comes again; nobody notices', {
    timeout: 240_000,
  }, async () => {
    const talking = customers(CALLS, 30);
    await expect.poll(() => counts('calls'), soon).toEqual({ answered: CALLS });
    await endAdapter('SIGKILL');
    await startAdapter();
    expect(await counts('calls')).toEqual({ answered: CALLS });
    expect((await talking).completed).toBe(CALLS);
    await expect.poll(() => counts('calls'), soon).toEqual({ ended: CALLS });
    expect(await outcomes()).toEqual(['answered']);
    await expect.poll(() => counts('recordings'), soon).toEqual({ stored: CALLS });
    await expect.poll(atAsterisk, soon).toEqual({ channels: 0, bridges: 0 });
  });

  it('ends every call in the books when Asterisk is killed, and takes new ones as soon as it is back', {
    timeout: 240_000,
  }, async () => {
    const talking = customers(CALLS, 30);
    await expect.poll(() => counts('calls'), soon).toEqual({ answered: CALLS });
    await asterisk.restart();
    await expect.poll(() => counts('calls'), soon).toEqual({ ended: CALLS });
    expect(await outcomes()).toEqual(['answered']);
    // What each side had said was on Asterisk's disk: it is kept.
    await expect.poll(() => counts('recordings'), soon).toEqual({ stored: CALLS });
    expect(await atAsterisk()).toEqual({ channels: 0, bridges: 0 });
    await talking;
    expect((await customers(1, 1)).completed).toBe(1);
    await expect.poll(() => counts('calls'), soon).toEqual({ ended: CALLS + 1 });
    await expect.poll(atAsterisk, soon).toEqual({ channels: 0, bridges: 0 });
  });
});
