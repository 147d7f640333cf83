import { defineConfig } from 'vitest/config';

// Workspace packages are resolved to their TypeScript sources, so tests never run against a stale build.
// `import` and `default` are added by Vite itself; named here they would also reach `require()` in the workers, where
// they pick ES modules for packages that expect CommonJS (pg).
const conditions = ['@callweave/source'];
const resolution = {
  resolve: { conditions: [...conditions, 'module'] },
  ssr: { resolve: { conditions: [...conditions, 'node'] } },
};
const node = {
  environment: 'node' as const,
  pool: 'forks' as const,
  // Also for what a test imports natively, such as a worker or a child that inherits the flags.
  execArgv: ['--conditions=@callweave/source', '--disable-warning=ExperimentalWarning'],
  hookTimeout: 120_000,
};

export default defineConfig({
  test: {
    projects: [
      {
        ...resolution,
        test: {
          ...node,
          name: 'sdk',
          root: 'packages/sdk',
          include: ['src/**/*.test.ts'],
          exclude: ['src/**/*.browser.test.ts'],
          testTimeout: 10_000,
        },
      },
      {
        ...resolution,
        test: {
          ...node,
          name: 'server-adapter',
          root: 'packages/server-adapter',
          include: ['src/**/*.test.ts'],
          // One PostgreSQL cluster for the run; the store's test kit makes a database per suite in it.
          globalSetup: ['./vitest.postgres.ts'],
          // Real databases and exchanges: slower than plain functions, still bounded.
          testTimeout: 60_000,
        },
      },
      {
        ...resolution,
        test: { ...node, name: 'scripts', include: ['scripts/**/*.test.ts'], testTimeout: 60_000 },
      },
      {
        ...resolution,
        test: {
          ...node,
          name: 'examples',
          include: ['examples/*/{src,test,e2e}/**/*.test.ts'],
          globalSetup: ['examples/brokerage/e2e/global-setup.ts'],
          // Each end-to-end file starts browsers and an exchange; two at a time would only measure the machine.
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
