import { existsSync, globSync } from 'node:fs';
import { join } from 'node:path';
import type { Manifest } from '../stages/workspaces.ts';

export interface Entry {
  /** What an integrator imports, such as `@callweave/widgets/define/desk`. */
  specifier: string;
  /** The JavaScript file, from the package's folder. */
  file: string;
  /** One of those a wildcard opens: it may hold types only. */
  wildcard: boolean;
}

/** Every entry that the exports map opens in an unpacked package, wildcards spelled out. Data files are left out. */
export function exportedEntries(manifest: Manifest, folder: string): Entry[] {
  return Object.entries(manifest.exports).flatMap(([subpath, target]): Entry[] => {
    const pattern = typeof target === 'string' ? target : target.default;
    if (!pattern?.endsWith('.js')) return [];
    const [before, after] = pattern.split('*') as [string, string | undefined];
    if (after === undefined) return [{ specifier: join(manifest.name, subpath), file: pattern, wildcard: false }];
    return globSync(pattern, { cwd: folder })
      .sort()
      .map((file) => {
        const matched = `./${file}`.slice(before.length, -after.length);
        return { specifier: join(manifest.name, subpath.replace('*', matched)), file: `./${file}`, wildcard: true };
      });
  });
}

/** What the exports map and the commands promise, but the unpacked package does not hold. */
export function brokenPromises(manifest: Manifest, folder: string): string[] {
  const targets = Object.entries(manifest.exports).flatMap(([subpath, target]) =>
    typeof target === 'string'
      ? [[subpath, target] as const]
      : Object.entries(target).map(([condition, file]) => [`${subpath} (${condition})`, file] as const),
  );
  const commands = Object.entries(manifest.bin ?? {}).map(([name, file]) => [`command ${name}`, file] as const);
  return [...targets, ...commands]
    .filter(([, file]) =>
      file.includes('*') ? globSync(file, { cwd: folder }).length === 0 : !existsSync(join(folder, file)),
    )
    .map(([what, file]) => `${what} leads to ${file}, which is not in the tarball`);
}

/** Source files that a wildcard entry opens in development, but that were not built. */
export function unbuiltSources(manifest: Manifest, folder: string): string[] {
  return Object.values(manifest.exports).flatMap((target) => {
    if (typeof target === 'string' || !target['@callweave/source']?.includes('*') || !target.default) return [];
    const built = target.default;
    const [before] = target['@callweave/source'].split('*') as [string];
    return globSync(target['@callweave/source'], { cwd: folder })
      .map((file) => `./${file}`)
      .filter((file) => !existsSync(join(folder, built.replace('*', file.slice(before.length, -'.ts'.length)))));
  });
}
