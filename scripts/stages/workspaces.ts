import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './stage.ts';

export type ExportTarget = string | { [condition: string]: string };

export interface Manifest {
  name: string;
  version: string;
  private?: boolean;
  bin?: Record<string, string>;
  dependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
  exports: Record<string, ExportTarget>;
}

export interface Workspace {
  /** Folder from the root, such as `packages/sdk`. */
  path: string;
  /** Last part of the folder, such as `sdk`. */
  folder: string;
  manifest: Manifest;
}

function read(group: string): Workspace[] {
  const parent = join(root, group);
  if (!existsSync(parent)) return [];
  return readdirSync(parent)
    .filter((folder) => existsSync(join(parent, folder, 'package.json')))
    .sort()
    .map((folder) => ({
      path: `${group}/${folder}`,
      folder,
      manifest: JSON.parse(readFileSync(join(parent, folder, 'package.json'), 'utf8')) as Manifest,
    }));
}

/** The published packages, each after those it depends on. */
export function packages(): Workspace[] {
  const waiting = read('packages');
  const names = new Set(waiting.map((workspace) => workspace.manifest.name));
  const sorted: Workspace[] = [];
  while (waiting.length > 0) {
    const ready = waiting.findIndex(({ manifest }) =>
      Object.keys(manifest.dependencies ?? {}).every(
        (name) => !names.has(name) || sorted.some((done) => done.manifest.name === name),
      ),
    );
    if (ready < 0)
      throw new Error(`packages depend on each other in a circle: ${waiting.map((w) => w.folder).join(', ')}`);
    sorted.push(...waiting.splice(ready, 1));
  }
  return sorted;
}

export function examples(): Workspace[] {
  return read('examples');
}
