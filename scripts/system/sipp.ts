import { aptInstall } from './apt.ts';
import { run, which } from './command.ts';
import type { Provision } from './component.ts';

async function found(path: string): Promise<Provision> {
  // sipp has no quiet way to tell its version; both streams and any exit code may carry it.
  const { stdout, stderr } = await run(path, ['-v']);
  const version = /sipp\s+v?(\d+\.\d+[\w.]*)/i.exec(stdout + stderr)?.[1];
  return { ok: true, path, ...(version === undefined ? {} : { version }) };
}

export async function ensureSipp(): Promise<Provision> {
  const present = which('sipp');
  if (present !== undefined) return found(present);
  const reason = await aptInstall(
    'sipp',
    ['sip-tester'],
    'it plays the customers of the tests that call through a SIP trunk',
  );
  const installed = which('sipp');
  if (installed !== undefined) return found(installed);
  return {
    ok: false,
    reason: reason ?? 'apt-get installed it, but it is not on PATH.',
    fix: 'sudo apt-get install sip-tester',
  };
}
