import { globSync } from 'node:fs';
import { join } from 'node:path';
import { mustSucceed, root } from '../stages/stage.ts';
import { packages } from '../stages/workspaces.ts';

/** Sources behind the exports maps, without those that only register elements: they export nothing to describe. */
function entryPoints(): string[] {
  return packages().flatMap(({ path, manifest }) =>
    Object.entries(manifest.exports)
      .filter(([subpath]) => !subpath.startsWith('./define/'))
      .flatMap(([, target]) => (typeof target === 'string' ? [] : [target['@callweave/source'] ?? '']))
      .filter((pattern) => pattern !== '')
      .flatMap((pattern) => globSync(join(path, pattern), { cwd: root })),
  );
}

/** Writes the API reference of all packages to docs/api. Types are checked elsewhere. */
export async function buildApiReference(): Promise<string | undefined> {
  return mustSucceed('typedoc', [
    '--skipErrorChecking',
    '--logLevel',
    'Warn',
    ...entryPoints().flatMap((file) => ['--entryPoints', file]),
  ]);
}
