import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { run } from './command.ts';
import { MissingComponentError } from './component.ts';
import { freeTcpPort } from './free-ports.ts';
import { guardOrphan } from './orphan-guard.ts';
import { ensurePostgres } from './postgres.ts';

export interface RunningPostgres {
  /** `postgres://…` of an empty database `callweave` whose owner we are (superuser: more databases may be created). */
  readonly url: string;
  readonly pid: number;
  stop(): Promise<void>;
}

/** PostgreSQL refuses to run as root: then `postgres`, else `nobody`, runs it. */
async function unprivilegedUser(): Promise<{ uid: number; gid: number } | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const passwd = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  for (const name of ['postgres', 'nobody']) {
    const entry = passwd.find((fields) => fields[0] === name);
    if (entry !== undefined) return { uid: Number(entry[2]), gid: Number(entry[3]) };
  }
  throw new Error('PostgreSQL refuses to run as root and there is no user postgres or nobody. Run as another user.');
}

async function untilReady(child: ChildProcess, output: () => string): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!/database system is ready to accept connections/.test(output())) {
    if (child.exitCode !== null) throw new Error(`postgres ended at once:\n${output()}`);
    if (Date.now() > deadline) throw new Error(`postgres was not ready within 60 s:\n${output()}`);
    await sleep(20);
  }
}

/**
 * A private cluster in a temporary folder, on a free port of 127.0.0.1, with its own password. fsync stays on: what the
 * tests say of durability must hold of the real thing.
 */
export async function startPostgres(): Promise<RunningPostgres> {
  const provision = await ensurePostgres();
  if (!provision.ok) throw new MissingComponentError('postgres', provision);

  const dir = mkdtempSync(join(tmpdir(), 'callweave-pg-'));
  const user = await unprivilegedUser();
  const password = randomBytes(18).toString('base64url');
  const passwordFile = join(dir, 'password');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (user !== undefined) for (const path of [dir, passwordFile]) chownSync(path, user.uid, user.gid);
  const removeAll = () => rmSync(dir, { recursive: true, force: true, maxRetries: 5 });

  try {
    const data = join(dir, 'data');
    const initialised = await run(
      join(provision.path, 'initdb'),
      [
        '-D',
        data,
        '-U',
        'callweave',
        '-A',
        'scram-sha-256',
        `--pwfile=${passwordFile}`,
        '-E',
        'UTF8',
        '--locale=C',
        '--no-instructions',
      ],
      { ...user, cwd: dir, env: { LC_ALL: 'C' } },
    );
    if (initialised.code !== 0) throw new Error(`initdb failed:\n${initialised.stderr}`);

    const port = await freeTcpPort();
    const settings = [
      'listen_addresses=127.0.0.1',
      `port=${port}`,
      `unix_socket_directories=${dir}`,
      'fsync=on',
      'max_connections=100',
      'log_destination=stderr',
      'logging_collector=off',
    ];
    const child = spawn(
      join(provision.path, 'postgres'),
      ['-D', data, ...settings.flatMap((setting) => ['-c', setting])],
      {
        ...user,
        cwd: dir,
        env: { ...process.env, LC_ALL: 'C' },
        stdio: ['ignore', 'ignore', 'pipe'],
      },
    );
    let log = '';
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      // Kept short: only start-up problems are read from it.
      log = (log + chunk).slice(-20_000);
    });
    const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
    const guard = guardOrphan(child.pid ?? 0, 'QUIT', dir);
    // A test runner that calls process.exit() must not leave a server behind. SIGQUIT: at once, without clean-up.
    const onExit = () => {
      child.kill('SIGQUIT');
      removeAll();
    };
    process.once('exit', onExit);
    const stop = async () => {
      process.removeListener('exit', onExit);
      // SIGINT is PostgreSQL's fast shutdown: sessions are ended rather than waited for.
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGINT');
      await ended;
      guard.release();
      removeAll();
    };
    try {
      await untilReady(child, () => log);
      const base = `postgres://callweave:${password}@127.0.0.1:${port}`;
      await createDatabase(provision.path, port, password);
      return { url: `${base}/callweave`, pid: child.pid ?? 0, stop };
    } catch (error) {
      await stop();
      throw error;
    }
  } catch (error) {
    removeAll();
    throw error;
  }
}

async function createDatabase(bin: string, port: number, password: string): Promise<void> {
  const created = await run(
    join(bin, 'createdb'),
    ['-h', '127.0.0.1', '-p', String(port), '-U', 'callweave', 'callweave'],
    { env: { PGPASSWORD: password } },
  );
  if (created.code !== 0) throw new Error(`createdb failed: ${created.stderr.trim()}`);
}
