import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Checks, mustSucceed, root, type Stage } from './stage.ts';
import { examples, packages } from './workspaces.ts';

export const typecheck: Stage = {
  name: 'typecheck',
  title: 'Types',
  async run() {
    const checks = new Checks();
    const cache = join(root, 'node_modules/.cache/callweave/tsc');
    mkdirSync(cache, { recursive: true });
    const projects = ['.', ...packages().map((w) => w.path), ...examples().map((w) => w.path)];
    for (const project of projects.filter((path) => existsSync(join(root, path, 'tsconfig.json')))) {
      const buildInfo = join(cache, `${project.replaceAll(/[./]/g, '_')}.tsbuildinfo`);
      await checks.check(`tsc ${project}`, () =>
        mustSucceed('tsc', ['-p', project, '--incremental', '--tsBuildInfoFile', buildInfo, '--pretty', 'false']),
      );
    }
    return checks;
  },
};
