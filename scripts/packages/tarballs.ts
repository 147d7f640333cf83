import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { command, root } from '../stages/stage.ts';
import type { Workspace } from '../stages/workspaces.ts';

/**
 * Stands for an integrator's project: the packed packages in its node_modules, as if they had been installed. Outside
 * of the tree, where the root's node_modules cannot help out.
 */
export const consumer = mkdtempSync(join(realpathSync(tmpdir()), 'callweave-consumer-'));
process.on('exit', () => rmSync(consumer, { recursive: true, force: true }));

export interface Packed {
  tarball: string;
  /** Where the tarball is unpacked: what an integrator gets. */
  folder: string;
}

/**
 * Links what the package declares, and nothing else, to what the workspace uses: a dependency that is imported but
 * not declared is missed here as it would be after an install. The packages of this repository are found packed.
 */
function linkDependencies({ path, manifest }: Workspace, folder: string): void {
  const declared = { ...manifest.dependencies, ...manifest.peerDependencies };
  for (const name of Object.keys(declared).filter((dependency) => !dependency.startsWith('@callweave/'))) {
    const installed = [join(root, path, 'node_modules', name), join(root, 'node_modules', name)].find(existsSync);
    if (!installed) throw new Error(`${manifest.name} depends on ${name}, which is not installed: run npm install.`);
    const link = join(folder, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(installed, link, 'dir');
  }
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
  linkDependencies(workspace, folder);
  return { tarball, folder };
}
