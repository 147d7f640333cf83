import { esbuildPlugin } from '@web/dev-server-esbuild';
import { defaultReporter } from '@web/test-runner';
import { playwrightLauncher } from '@web/test-runner-playwright';
import { commonjsPackages } from './scripts/browser/commonjs-packages.ts';
import { twoHours } from './scripts/browser/two-hours.ts';
import { summaryReporter } from './scripts/reporters/browser-summary.ts';
import { ensureChromium } from './scripts/system/chromium.ts';

const chromium = await ensureChromium();
if (!chromium.ok) throw new Error(`${chromium.reason}. Fix: ${chromium.fix}`);

export default {
  files: ['packages/widgets/src/**/*.test.ts', 'packages/sdk/src/**/*.browser.test.ts'],
  nodeResolve: { exportConditions: ['@callweave/source', 'browser', 'import', 'default'] },
  middleware: [twoHours()],
  plugins: [
    commonjsPackages(['jssip']),
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
