import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { aptInstall, rootPrefix } from './apt.ts';
import { packAsterisk, packContents } from './asterisk-pack.ts';
import { asteriskVersion, isAtLeast, oldestAsterisk } from './asterisk-version.ts';
import { isExecutable, run, which } from './command.ts';
import type { Provision } from './component.ts';
import { withMachineLock } from './machine-lock.ts';
import { progress } from './progress.ts';

/** Outside the tree: one copy serves every clone of this machine. */
export function cacheFolder(): string {
  const chosen = process.env.CALLWEAVE_CACHE;
  return chosen !== undefined && chosen !== '' ? chosen : join(homedir(), '.cache', 'callweave');
}

async function usable(path: string): Promise<Provision | undefined> {
  const version = await asteriskVersion(path);
  return version !== undefined && isAtLeast(version, oldestAsterisk) ? { ok: true, path, version } : undefined;
}

async function cached(): Promise<Provision | undefined> {
  let names: string[] = [];
  try {
    const ours = new RegExp(`^asterisk-\\d[\\d.]*-${packContents()}$`);
    names = readdirSync(cacheFolder()).filter((name) => ours.test(name));
  } catch {
    return undefined;
  }
  for (const name of names.sort().reverse()) {
    const path = join(cacheFolder(), name, 'asterisk');
    if (!isExecutable(path)) continue;
    const provision = await usable(path);
    if (provision !== undefined) return provision;
  }
  return undefined;
}

function isDebianLike(): boolean {
  try {
    return /^ID(_LIKE)?=.*\b(debian|ubuntu)\b/m.test(readFileSync('/etc/os-release', 'utf8'));
  } catch {
    return false;
  }
}

/** The root file system of Debian sid, the Debian release that carries a new enough Asterisk. Needs root. */
async function bootstrapSid(into: string, prefix: readonly string[]): Promise<string | undefined> {
  if (which('debootstrap') === undefined) {
    const reason = await aptInstall(
      'asterisk',
      ['debootstrap'],
      `it fetches Asterisk ≥ ${oldestAsterisk} from Debian sid into a folder of its own`,
    );
    if (reason !== undefined) return `debootstrap is missing: ${reason}`;
  }
  // Without one debootstrap asks the mirror that Debian built into it.
  const mirror = process.env.CALLWEAVE_DEBIAN_MIRROR;
  const keyring = '/usr/share/keyrings/debian-archive-keyring.gpg';
  progress('asterisk', `fetching Asterisk from Debian sid (about 500 MB for a moment, 40 MB kept; about a minute)`);
  const words = [
    ...prefix,
    which('debootstrap') ?? 'debootstrap',
    '--variant=minbase',
    `--keyring=${keyring}`,
    '--include=asterisk',
    'sid',
    into,
    ...(mirror === undefined ? [] : [mirror]),
  ];
  const [program = '', ...args] = words;
  let lastTold = 0;
  const result = await run(program, args, {
    onLine: (line) => {
      if (Date.now() - lastTold < 3000 || !line.startsWith('I:')) return;
      lastTold = Date.now();
      progress('asterisk', line.slice(3));
    },
  });
  if (result.code === 0) return undefined;
  return `debootstrap failed (${(result.stdout + result.stderr).trim().split('\n').at(-1) ?? ''}).`;
}

async function prepare(): Promise<Provision> {
  const again = await cached();
  if (again !== undefined) return again;
  const fix = `install Asterisk ≥ ${oldestAsterisk} and set CALLWEAVE_ASTERISK to its binary, or run once as root on Debian: sudo env CALLWEAVE_CACHE=${cacheFolder()} node scripts/system/ensure.ts asterisk`;

  // A finished debootstrap may be handed in, for example one that a machine image already holds.
  const given = process.env.CALLWEAVE_ASTERISK_ROOTFS;
  if (given !== undefined && given !== '') {
    progress('asterisk', `packing from ${given}`);
    return verified(await packAsterisk(given, cacheFolder()), fix);
  }

  const prefix = isDebianLike() ? await rootPrefix() : undefined;
  if (prefix === undefined) {
    return {
      ok: false,
      reason: `no asterisk ≥ ${oldestAsterisk} was found, and fetching it needs root on Debian or Ubuntu.`,
      fix,
    };
  }
  mkdirSync(cacheFolder(), { recursive: true });
  const rootfs = join(cacheFolder(), `.sid-${process.pid}`);
  try {
    const reason = await bootstrapSid(rootfs, prefix);
    if (reason !== undefined) return { ok: false, reason, fix };
    return verified(await packAsterisk(rootfs, cacheFolder()), fix);
  } finally {
    const [program = 'rm', ...args] = [...prefix, 'rm', '-rf', '--one-file-system', rootfs];
    if (process.getuid?.() === 0) rmSync(rootfs, { recursive: true, force: true });
    else await run(program, args);
  }
}

async function verified(path: string, fix: string): Promise<Provision> {
  const provision = await usable(path);
  if (provision !== undefined) {
    progress('asterisk', `ready: ${dirname(path)}`);
    return provision;
  }
  const version = await asteriskVersion(path);
  rmSync(dirname(path), { recursive: true, force: true });
  return {
    ok: false,
    reason:
      version === undefined
        ? 'the packed copy does not start.'
        : `the packed copy is ${version}, older than ${oldestAsterisk}.`,
    fix,
  };
}

/**
 * Asterisk ≥ 22.10.1, in this order: $CALLWEAVE_ASTERISK, the cached copy, `asterisk` on PATH, and at last a copy made
 * from Debian sid, once per machine. Nothing of the system itself is changed but the package `debootstrap`.
 */
export async function ensureAsterisk(): Promise<Provision> {
  const chosen = process.env.CALLWEAVE_ASTERISK;
  if (chosen !== undefined && chosen !== '') {
    const provision = await usable(chosen);
    return (
      provision ?? {
        ok: false,
        reason: `$CALLWEAVE_ASTERISK (${chosen}) does not start or is older than ${oldestAsterisk}.`,
        fix: 'unset CALLWEAVE_ASTERISK, or point it at a newer asterisk binary',
      }
    );
  }
  const ready = await cached();
  if (ready !== undefined) return ready;
  const onPath = which('asterisk');
  const system = onPath === undefined ? undefined : await usable(onPath);
  if (system !== undefined) return system;
  return withMachineLock('asterisk', join(cacheFolder(), 'asterisk.lock'), prepare);
}
