import { runTests } from './runner.ts';
import type { Stage } from './stage.ts';

export const browserTests: Stage = {
  name: 'browser',
  title: 'Widgets and SDK in Chromium',
  run: () => runTests('wtr', ['--config', 'web-test-runner.config.js']),
};
