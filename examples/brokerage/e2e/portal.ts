import { type ChildProcess, fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface RunningPortal {
  readonly url: string;
  readonly data: string;
  /** The end of what the process has said: for a test that failed. */
  output(): string;
  /** Tells the process something, and waits for what it tells back. */
  tell(message: object): Promise<void>;
  /** Like a power cut: no handler runs. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

export interface PortalOptions {
  /** What is started. @default this example */
  readonly main?: string;
  /** Folder to start from again; a fresh one without it. */
  readonly data?: string;
  readonly port?: number;
  readonly env?: Readonly<Record<string, string>>;
}

const OUTPUT_SHOWN = 6_000;
const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url));

/** Starts the whole example as a process of its own, as `npm start` does, on a free port. */
export async function startPortal(options: PortalOptions = {}): Promise<RunningPortal> {
  const data = options.data ?? (await mkdtemp(join(tmpdir(), 'callweave-brokerage-')));
  const child = fork(options.main ?? MAIN, [], {
    execArgv: ['--conditions=@callweave/source', '--disable-warning=ExperimentalWarning'],
    env: { ...process.env, ...options.env, PORT: String(options.port ?? 0), DATA: data },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const endWithUs = () => child.kill('SIGKILL');
  process.once('exit', endWithUs);
  child.once('exit', () => process.removeListener('exit', endWithUs));
  let output = '';
  child.stdout?.on('data', (piece) => {
    output += piece;
  });
  child.stderr?.on('data', (piece) => {
    output += piece;
    if (process.env['VERBOSE']) process.stderr.write(piece);
  });
  const url = await new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`The example did not start in 60 s:\n${output}`)), 60_000);
    child.once('message', (message: { url: string }) => {
      clearTimeout(timer);
      resolve(message.url);
    });
    child.once('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`The example ended with ${code}:\n${output}`));
    });
  });
  const end = (signal: NodeJS.Signals) => ended(child, signal);
  return {
    url,
    data,
    output: () => output.slice(-OUTPUT_SHOWN),
    tell: (message) =>
      new Promise((resolve) => {
        child.once('message', () => resolve());
        child.send(message);
      }),
    kill: () => end('SIGKILL'),
    async stop() {
      await end('SIGTERM');
      if (!options.data) await rm(data, { recursive: true, force: true });
    },
  };
}

function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const force = setTimeout(() => child.kill('SIGKILL'), 8_000);
    child.once('exit', () => {
      clearTimeout(force);
      resolve();
    });
    child.kill(signal);
  });
}
