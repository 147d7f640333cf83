import { aptInstall } from './apt.ts';
import { run, which } from './command.ts';
import type { Provision } from './component.ts';

async function found(path: string): Promise<Provision> {
  // baresip has no quiet way to tell its version; both streams and any exit code may carry it.
  const { stdout, stderr } = await run(path, ['-v']);
  const version = /baresip\s+v?(\d+\.\d+[\w.]*)/i.exec(stdout + stderr)?.[1];
  return { ok: true, path, ...(version === undefined ? {} : { version }) };
}

export async function ensureBaresip(): Promise<Provision> {
  const present = which('baresip');
  if (present !== undefined) return found(present);
  const reason = await aptInstall('baresip', ['baresip-core'], 'it is a telephone of the outside world in tests');
  const installed = which('baresip');
  if (installed !== undefined) return found(installed);
  return {
    ok: false,
    reason: reason ?? 'apt-get installed it, but it is not on PATH.',
    fix: 'sudo apt-get install baresip-core',
  };
}
