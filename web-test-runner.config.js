import commonjs from '@rollup/plugin-commonjs';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { fromRollup } from '@web/dev-server-rollup';
import { defaultReporter } from '@web/test-runner';
import { playwrightLauncher } from '@web/test-runner-playwright';
import { summaryReporter } from './scripts/reporters/browser-summary.ts';
import { ensure } from './scripts/system/ensure.ts';

const chromium = await ensure('chromium');
if (!chromium.ok) throw new Error(`${chromium.reason}. Fix: ${chromium.fix}`);

const commonjsPlugin = fromRollup(commonjs);

export default {
  files: ['packages/widgets/src/**/*.test.ts', 'packages/sdk/src/**/*.browser.test.ts'],
  nodeResolve: { exportConditions: ['@callweave/source', 'browser', 'import', 'default'] },
  plugins: [
    // JsSIP and what it needs are CommonJS; everything else in the tree is ESM and left alone.
    commonjsPlugin({
      include: ['**/node_modules/{jssip,events,debug,ms,sdp-transform}/**'],
      strictRequires: 'auto',
    }),
    esbuildPlugin({
      ts: true,
      target: 'es2022',
      tsconfig: new URL('packages/widgets/tsconfig.json', import.meta.url).pathname,
    }),
  ],
  browsers: [
    playwrightLauncher({
      product: 'chromium',
      launchOptions: {
        executablePath: chromium.path,
        args: [
          '--no-sandbox',
          '--disable-dev-shm-usage',
          '--autoplay-policy=no-user-gesture-required',
          '--use-fake-device-for-media-stream',
          '--use-fake-ui-for-media-stream',
        ],
      },
    }),
  ],
  concurrency: 2,
  testsStartTimeout: 60_000,
  testsFinishTimeout: 180_000,
  testFramework: { config: { ui: 'bdd', timeout: 10_000 } },
  reporters: [defaultReporter({ reportTestProgress: false }), summaryReporter()],
};
