// Class comments are the record of the public API; this turns them into the manifest that editors, docs and
// Storybook read.
export default {
  globs: ['src/**/*.ts'],
  exclude: ['src/**/*.test.ts', 'src/**/*.stories.ts', 'src/testing/**'],
  outdir: 'dist',
  litelement: true,
  packagejson: false,
};
