import { runTests } from './runner.ts';
import type { Stage } from './stage.ts';

function vitest(...projects: string[]) {
  return runTests('vitest', [
    'run',
    '--reporter=default',
    '--reporter=./scripts/reporters/node-summary.ts',
    ...projects.flatMap((project) => ['--project', project]),
  ]);
}

export const nodeTests: Stage = {
  name: 'node',
  title: 'Unit and integration tests (Node)',
  run: () => vitest('sdk', 'server-adapter', 'scripts'),
};

export const exampleTests: Stage = {
  name: 'examples',
  title: 'Examples, end to end (Chromium, both exchanges)',
  run: () => vitest('examples'),
};
