// Holds the direction of imports: widgets → sdk; server-adapter → sdk/protocol; sdk → neither; no cycles.
// Each rule's comment is what a person reads when they break it, so it says what to do instead.

/** Folders of the server that are domains: others use their operations, never their insides. */
const domains = [
  'accounts',
  'calls',
  'customers',
  'dealing',
  'evidence',
  'instruments',
  'messages',
  'missed-calls',
  'orders',
  'recordings',
  'verification',
].join('|');
const tests = '\\.(test|contract)\\.ts$';

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment:
        'Files import each other in a circle. Move what both need into a file of its own; inside a package import the file itself, never its index.',
      severity: 'error',
      from: {},
      // A type is erased: it cannot make a load-time cycle.
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'widgets-use-the-sdk-only',
      comment: 'Widgets meet the server through the SDK. Add what is missing to packages/sdk.',
      severity: 'error',
      from: { path: '^packages/widgets/src', pathNot: '\\.(test|contract|stories)\\.ts$' },
      to: { path: '^(packages/(?!widgets|sdk)|examples|scripts)' },
    },
    {
      name: 'server-adapter-uses-the-protocol-only',
      comment: 'The server shares the wire contract with the SDK and nothing else: import @callweave/sdk/protocol.',
      severity: 'error',
      from: { path: '^packages/server-adapter/src', pathNot: tests },
      to: { path: '^(packages/(?!server-adapter|sdk/src/(protocol|errors)/)|examples)' },
    },
    {
      name: 'sdk-uses-no-sibling',
      comment: 'The SDK stands below widgets and server-adapter and may not know them.',
      severity: 'error',
      from: { path: '^packages/sdk/src' },
      to: { path: '^(packages/(?!sdk)|examples)' },
    },
    {
      name: 'protocol-is-the-ground',
      comment: 'protocol/ is shared by browser and server: it may import errors/ and zod/mini only.',
      severity: 'error',
      from: { path: '^packages/sdk/src/protocol', pathNot: tests },
      to: { path: '^packages/sdk/src/(?!protocol/|errors/)' },
    },
    {
      name: 'protocol-has-no-platform',
      comment: 'protocol/ runs in browsers and on servers: no Node module, no package but zod.',
      severity: 'error',
      from: { path: '^packages/sdk/src/protocol', pathNot: tests },
      to: {
        dependencyTypes: ['core', 'npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg'],
        pathNot: 'node_modules/zod/',
      },
    },
    {
      name: 'sdk-has-no-node',
      comment: 'The SDK runs in browsers; Node modules belong to the server adapter or to tests.',
      severity: 'error',
      from: { path: '^packages/sdk/src', pathNot: '(\\.(test|contract)\\.ts$|/testing/)' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'only-the-engine-imports-jssip',
      comment:
        'JsSIP stays behind the SIP port, so that it loads lazily and can be replaced: use phone/sip-port instead.',
      severity: 'error',
      from: { path: '^packages/(sdk|widgets)/src', pathNot: ['^packages/sdk/src/phone/.*jssip-engine', tests] },
      to: { path: 'node_modules/(jssip|@types/jssip)/' },
    },
    {
      name: 'server-domains-meet-at-the-door',
      comment: 'A domain uses another through its index.ts or its operations, never through its tables or insides.',
      severity: 'error',
      from: { path: `^packages/server-adapter/src/(${domains})/`, pathNot: [tests, '/testing/'] },
      to: {
        path: `^packages/server-adapter/src/(${domains})/`,
        pathNot: [
          '^packages/server-adapter/src/$1/',
          `^packages/server-adapter/src/(${domains})/(index|operations)(/|\\.ts$)`,
        ],
      },
    },
    {
      name: 'examples-use-the-public-api',
      comment: 'An example shows what an integrator can do: import the package by its name, never a file inside it.',
      severity: 'error',
      // End-to-end tests may borrow the repository's own SIP programs.
      from: { path: '^examples/', pathNot: [tests, '/e2e/'] },
      to: { path: '^packages/', dependencyTypes: ['local'] },
    },
    {
      name: 'no-test-in-product',
      comment: 'Product code may not import tests or the test kit.',
      severity: 'error',
      from: {
        path: '^packages/[^/]+/src',
        pathNot: '(\\.(test|contract|stories)\\.ts$|/(testing|testing-kit|contract)/|/testing\\.ts$)',
      },
      to: {
        path: ['\\.test\\.ts$', '/testing\\.ts$', '^packages/[^/]+/src/testing/', '^packages/[^/]+/src/[^/]+/testing/'],
      },
    },
    {
      name: 'resolvable',
      comment: 'The import leads nowhere. Relative imports carry the .ts extension; packages must be in package.json.',
      severity: 'error',
      from: {},
      // mocha's globals are types only: the browser test runner brings the functions. A page's own scripts name addresses.
      to: { couldNotResolve: true, pathNot: ['^mocha$', '^/widgets/'] },
    },
    {
      name: 'declared-dependency',
      comment:
        'Add the package to the dependencies of the workspace that imports it: a published package may not lean on the root.',
      severity: 'error',
      from: { path: '^packages/[^/]+/src', pathNot: '(\\.(test|contract|stories)\\.ts$|/testing/|/testing\\.ts$)' },
      to: {
        dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'npm-dev'],
        dependencyTypesNot: ['npm', 'npm-peer', 'npm-optional', 'type-only', 'type-import'],
        // The build puts it into the SDK's own modules.
        pathNot: 'node_modules/jssip/',
      },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.base.json' },
    tsPreCompilationDeps: 'specify',
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['^packages/[^/]+/dist/', 'node_modules/\\.cache/'] },
    combinedDependencies: false,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['@callweave/source', 'import', 'node', 'default'],
      extensions: ['.ts', '.mjs', '.js', '.cjs', '.json'],
    },
  },
};
