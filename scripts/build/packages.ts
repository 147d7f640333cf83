import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Checks, mustSucceed, root } from '../stages/stage.ts';
import { packages, type Workspace } from '../stages/workspaces.ts';
import { buildBundle } from './bundle.ts';
import { emitDeclarations } from './declarations.ts';
import { buildManifest } from './manifest.ts';

/** npm makes a command executable when it installs; a checkout that is linked needs it now, and a shebang always. */
function finishCommands({ path, manifest }: Workspace): void {
  for (const target of Object.values(manifest.bin ?? {})) {
    const file = join(root, path, target);
    if (!existsSync(file))
      throw new Error(`${path}/package.json names the command ${target}, but the build has no such file.`);
    const text = readFileSync(file, 'utf8');
    if (!text.startsWith('#!')) writeFileSync(file, `#!/usr/bin/env node\n${text}`);
    chmodSync(file, 0o755);
  }
}

/** Builds every package, in the order of their dependencies; each step is a check. */
export async function buildPackages(checks: Checks): Promise<boolean> {
  let good = true;
  for (const workspace of packages()) {
    const { path, folder } = workspace;
    rmSync(join(root, path, 'dist'), { recursive: true, force: true });
    good &&= await checks.check(`build ${folder}: modules`, async () => {
      const problem = await mustSucceed('rollup', ['-c', '--silent', '--configOnly', folder]);
      if (!problem) finishCommands(workspace);
      return problem;
    });
    good &&= await checks.check(`build ${folder}: declarations`, () => emitDeclarations(path));
  }
  good &&= await checks.check('build widgets: script-tag bundle', buildBundle);
  good &&= await checks.check('build widgets: custom-elements manifest', buildManifest);
  return good;
}
