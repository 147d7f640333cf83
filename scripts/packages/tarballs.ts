import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { command, root } from '../stages/stage.ts';
import type { Workspace } from '../stages/workspaces.ts';

/**
 * A folder below node_modules, so that what the packed packages depend on is found by walking up, while they
 * themselves are found first, in this folder's own node_modules: as if they had been installed, without a registry.
 */
export const consumer = join(root, 'node_modules/.cache/callweave/consumer');

export interface Packed {
  tarball: string;
  /** Where the tarball is unpacked: what an integrator gets. */
  folder: string;
}

export async function packInto(workspace: Workspace): Promise<Packed> {
  const tarballs = join(consumer, 'tarballs');
  mkdirSync(tarballs, { recursive: true });
  const packed = await command('npm', [
    'pack',
    '--json',
    '--ignore-scripts',
    '--pack-destination',
    tarballs,
    '-w',
    workspace.path,
    '--loglevel=error',
  ]);
  if (packed.code !== 0) throw new Error(packed.output);
  const tarball = join(
    tarballs,
    `${workspace.manifest.name.replace('@', '').replace('/', '-')}-${workspace.manifest.version}.tgz`,
  );
  const folder = join(consumer, 'node_modules', workspace.manifest.name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const unpacked = await command('tar', ['-xzf', tarball, '-C', folder, '--strip-components=1']);
  if (unpacked.code !== 0) throw new Error(unpacked.output);
  return { tarball, folder };
}
