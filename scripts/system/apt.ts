import { run, which } from './command.ts';
import { progress } from './progress.ts';

/**
 * The words that go before a command which needs root: none as root, `sudo -n` on a CI runner that allows it.
 * On a person's own machine nothing is ever installed behind their back: `undefined`.
 */
export async function rootPrefix(): Promise<readonly string[] | undefined> {
  if (process.getuid?.() === 0) return [];
  if (process.env.CI === undefined || process.env.CI === 'false') return undefined;
  const sudo = which('sudo');
  if (sudo === undefined) return undefined;
  return (await run(sudo, ['-n', 'true'])).code === 0 ? [sudo, '-n'] : undefined;
}

let refreshed: Promise<unknown> | undefined;

/** Installs Debian packages where we may. Resolves to a reason when it did not work. */
export async function aptInstall(
  component: string,
  packages: readonly string[],
  why: string,
): Promise<string | undefined> {
  const apt = which('apt-get');
  if (apt === undefined) return 'it is not installed, and this system has no apt-get.';
  const prefix = await rootPrefix();
  if (prefix === undefined) return 'it is not installed, and installing it needs root.';

  const command = [...prefix, 'env', 'DEBIAN_FRONTEND=noninteractive', apt];
  const [program = apt, ...args] = command;
  progress(component, `installing ${packages.join(', ')} with apt-get: ${why}`);
  refreshed ??= run(program, [...args, 'update', '-qq']);
  await refreshed;
  // Another process may hold the package system's lock (a second checkout, an unattended upgrade): wait for it.
  const result = await run(program, [
    ...args,
    '-o',
    'DPkg::Lock::Timeout=300',
    'install',
    '-y',
    '-qq',
    '--no-install-recommends',
    ...packages,
  ]);
  if (result.code === 0) return undefined;
  const last = result.stderr.trim().split('\n').at(-1) ?? '';
  return `apt-get could not install ${packages.join(', ')} (${last}).`;
}
