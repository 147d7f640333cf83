import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type AgentAccount,
  renderExchangeConfig,
} from '../../packages/server-adapter/src/telephony/asterisk/config.ts';
import { ensureAsterisk } from './asterisk.ts';
import { MissingComponentError } from './component.ts';
import { freeTcpPort, freeUdpPort, freeUdpRange } from './free-ports.ts';
import { guardOrphan, type OrphanGuard } from './orphan-guard.ts';

export interface AsteriskOptions {
  /** Browser phones that may register. */
  readonly agents: readonly AgentAccount[];
  /** Where the outside world listens (UDP). Calls from this address are let in. @default 127.0.0.1, a port nobody answers on */
  readonly trunk?: { readonly host: string; readonly port: number; readonly t38?: boolean };
  /** More of `extensions.conf`, for an Asterisk that plays the outside world. */
  readonly dialplan?: string;
}

export interface RunningAsterisk {
  /** `http://127.0.0.1:PORT/ari` */
  readonly ariUrl: string;
  readonly ariUsername: string;
  readonly ariPassword: string;
  /** For the browser phones: SIP over WebSocket, subprotocol `sip`. */
  readonly wsUrl: string;
  /** UDP port of 127.0.0.1 where the trunk sends calls to. */
  readonly sipPort: number;
  readonly domain: string;
  /** The run folder: `etc/`, `log/messages.log`, `spool/recording/`. */
  readonly dir: string;
  readonly pid: number;
  /** SIGTERM, waits for the end, removes the folder. */
  stop(): Promise<void>;
  /** SIGKILL, keeps the folder and the ports, for {@link restart}. */
  kill(): Promise<void>;
  /** Starts it again on the same configuration and ports, with a new pid. */
  restart(): Promise<void>;
}

/** Modules and data: beside the launcher of the prepared copy, else where distributions put them. */
function installationOf(path: string): { modules: string; data: string } {
  const beside = dirname(path);
  const candidates = { modules: [join(beside, 'modules')], data: [join(beside, 'data')] };
  for (const library of [
    '/usr/lib/x86_64-linux-gnu',
    '/usr/lib/aarch64-linux-gnu',
    '/usr/lib64',
    '/usr/lib',
    '/usr/local/lib',
    '/opt/homebrew/lib',
  ]) {
    candidates.modules.push(join(library, 'asterisk/modules'));
  }
  candidates.data.push('/usr/share/asterisk', '/var/lib/asterisk', '/opt/homebrew/var/lib/asterisk');
  const modules = candidates.modules.find((folder) => existsSync(join(folder, 'res_ari.so')));
  const data = candidates.data.find((folder) => existsSync(join(folder, 'documentation/core-en_US.xml')));
  if (modules === undefined || data === undefined) {
    throw new Error(
      `The ${modules === undefined ? 'modules' : 'XML documentation'} of ${path} were not found. Unset CALLWEAVE_ASTERISK to use a prepared copy.`,
    );
  }
  return { modules, data };
}

function logOf(dir: string): string {
  const read = (name: string) => (existsSync(join(dir, name)) ? readFileSync(join(dir, name), 'utf8') : '');
  return `${read('log/messages.log')}${read('console.log')}`.trim().split('\n').slice(-30).join('\n');
}

/** A real Asterisk with the product's own configuration, on free ports of 127.0.0.1, in a temporary folder. */
export async function startAsterisk(options: AsteriskOptions): Promise<RunningAsterisk> {
  const provision = await ensureAsterisk();
  if (!provision.ok) throw new MissingComponentError('asterisk', provision);
  const { modules, data } = installationOf(provision.path);

  const dir = mkdtempSync(join(tmpdir(), 'callweave-asterisk-'));
  for (const folder of ['etc', 'lib', 'db', 'keys/keys', 'lib/keys', 'spool/recording', 'run', 'log', 'cache'])
    mkdirSync(join(dir, folder), { recursive: true });
  const [httpPort, sipPort, trunkPort, rtp, udptl] = await Promise.all([
    freeTcpPort(),
    freeUdpPort(),
    freeUdpPort(),
    freeUdpRange(1000),
    freeUdpRange(100),
  ]);
  const ariPassword = randomBytes(18).toString('hex');
  const domain = 'callweave.test';
  const trunk = options.trunk ?? { host: '127.0.0.1', port: trunkPort };
  const files = renderExchangeConfig({
    ari: { password: ariPassword },
    http: { address: '127.0.0.1', port: httpPort },
    sip: { address: '127.0.0.1', port: sipPort },
    rtp,
    udptl,
    domain,
    agents: options.agents,
    trunk: { ...trunk, from: [trunk.host] },
    directories: { etc: join(dir, 'etc'), run: dir, modules, data },
  });
  for (const [name, text] of files)
    writeFileSync(join(dir, 'etc', name), name === 'extensions.conf' ? text + (options.dialplan ?? '') : text, {
      mode: 0o600,
    });

  const ariUrl = `http://127.0.0.1:${httpPort}/ari`;
  const authorization = `Basic ${Buffer.from(`callweave:${ariPassword}`).toString('base64')}`;
  let child: ChildProcess;
  let ended: Promise<void> = Promise.resolve();
  let guard: OrphanGuard | undefined;
  const isRunning = () => child.exitCode === null && child.signalCode === null;

  const launch = async () => {
    const console = openSync(join(dir, 'console.log'), 'a');
    const started = spawn(provision.path, ['-C', join(dir, 'etc/asterisk.conf'), '-f'], {
      cwd: dir,
      stdio: ['ignore', console, console],
    });
    closeSync(console);
    child = started;
    ended = new Promise((resolve) => {
      started.once('exit', () => resolve());
      started.once('error', () => resolve());
    });
    if (started.pid !== undefined) guard = guardOrphan(started.pid, 'KILL', dir);
    const deadline = Date.now() + 30_000;
    for (;;) {
      if (started.pid === undefined || !isRunning()) throw new Error(`Asterisk ended at once:\n${logOf(dir)}`);
      // Its own password answers, so this is our Asterisk and not another one on the same port.
      const answer = await fetch(`${ariUrl}/asterisk/info?only=system`, { headers: { authorization } }).catch(
        () => undefined,
      );
      if (answer?.ok) return;
      if (Date.now() > deadline)
        throw new Error(`ARI did not answer within 30 s (last: ${answer?.status ?? 'no connection'}):\n${logOf(dir)}`);
      await sleep(30);
    }
  };
  const onExit = () => {
    child.kill('SIGKILL');
    rmSync(dir, { recursive: true, force: true });
  };
  const end = async (signal: NodeJS.Signals) => {
    if (isRunning()) child.kill(signal);
    const patience = setTimeout(() => child.kill('SIGKILL'), 10_000);
    await ended;
    clearTimeout(patience);
    guard?.release();
  };
  const stop = async () => {
    process.removeListener('exit', onExit);
    await end('SIGTERM');
    rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
  };

  process.once('exit', onExit);
  try {
    await launch();
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    ariUrl,
    ariUsername: 'callweave',
    ariPassword,
    wsUrl: `ws://127.0.0.1:${httpPort}/ws`,
    sipPort,
    domain,
    dir,
    get pid() {
      return child.pid ?? 0;
    },
    stop,
    kill: () => end('SIGKILL'),
    restart: async () => {
      await end('SIGKILL');
      await launch();
    },
  };
}
