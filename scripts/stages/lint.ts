import { definesLeftOut, incompleteComponents, subjectlessNames } from './house-rules.ts';
import { Checks, mustSucceed, type Stage } from './stage.ts';

export const lint: Stage = {
  name: 'lint',
  title: 'Lint: code, format, direction of imports',
  async run() {
    const checks = new Checks();
    await checks.check('biome', () =>
      mustSucceed('biome', ['check', '--error-on-warnings', '--max-diagnostics=20', '.']),
    );
    await checks.check('direction of imports, no cycles (dependency-cruiser)', () =>
      mustSucceed('depcruise', ['--config', '.dependency-cruiser.cjs', 'packages', 'examples', 'scripts', 'bench']),
    );
    await checks.check('components are complete, files are named after their subject', async () =>
      [...incompleteComponents(), ...definesLeftOut(), ...subjectlessNames()].join('\n'),
    );
    await checks.check('npm ci accepts the lock file', async () => {
      const problem = await mustSucceed('npm', ['ci', '--dry-run', '--ignore-scripts', '--loglevel=error']);
      return problem && `${problem}\nFix: npm install, then node scripts/complete-lock.ts`;
    });
    return checks;
  },
};
