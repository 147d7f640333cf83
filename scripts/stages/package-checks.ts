import { join } from 'node:path';
import { manifestTags } from '../build/manifest.ts';
import { buildPackages } from '../build/packages.ts';
import { brokenPromises, exportedEntries, unbuiltSources } from '../packages/exports-map.ts';
import { loadInBrowser, loadScriptTag } from '../packages/in-browser.ts';
import { loadInNode } from '../packages/in-node.ts';
import { consumer, type Packed, packInto } from '../packages/tarballs.ts';
import { Checks, mustSucceed, type Stage } from './stage.ts';
import { packages } from './workspaces.ts';

/** Builds the packages, packs them, and tests the tarballs: what an integrator will install. */
export const packageChecks: Stage = {
  name: 'packages',
  title: 'Build, and the packed packages',
  async run() {
    const checks = new Checks();
    if (!(await buildPackages(checks))) return checks;
    const packed = new Map<string, Packed>();
    for (const workspace of packages()) {
      await checks.check(`pack ${workspace.folder}`, async () => {
        packed.set(workspace.folder, await packInto(workspace));
        return undefined;
      });
    }
    const tags = manifestTags();
    for (const { folder, manifest } of packages()) {
      const result = packed.get(folder);
      if (!result) continue;
      const entries = exportedEntries(manifest, result.folder);
      await checks.check(`${folder}: exports lead to packed files`, async () =>
        [...brokenPromises(manifest, result.folder), ...unbuiltSources(manifest, result.folder)].join('\n'),
      );
      await checks.check(`${folder}: publint`, () => mustSucceed('publint', ['run', result.tarball, '--strict']));
      await checks.check(`${folder}: are the types wrong`, () =>
        mustSucceed('attw', [
          result.tarball,
          '--profile',
          'esm-only',
          '--no-emoji',
          '--format',
          'ascii',
          ...wildcardEntries(entries),
        ]),
      );
      const modules = entries.filter((entry) => !entry.specifier.endsWith('.js'));
      const inNode = modules.filter((entry) => !entry.specifier.includes('/define/'));
      await checks.check(`${folder}: ${inNode.length} entries load in Node`, () => loadInNode(inNode));
      for (const [name, file] of Object.entries(manifest.bin ?? {})) {
        await checks.check(`${folder}: ${name} --help`, () =>
          mustSucceed('node', [join(result.folder, file), '--help'], { cwd: consumer, env: { NODE_OPTIONS: '' } }),
        );
      }
      if (folder === 'server-adapter') continue;
      await checks.check(`${folder}: ${modules.length} entries load in Chromium`, () => loadInBrowser(modules, tags));
    }
    const widgets = packed.get('widgets');
    if (widgets) await checks.check('widgets: script tag', () => loadScriptTag(widgets.folder, tags));
    return checks;
  },
};

/** attw leaves wildcards out unless their entries are named. */
function wildcardEntries(entries: { specifier: string }[]): string[] {
  const subpaths = entries
    .map(({ specifier }) => specifier.split('/').slice(2).join('/'))
    .filter((path) => !path.endsWith('.js'));
  return ['--entrypoints', ...subpaths.map((path) => path || '.')];
}
