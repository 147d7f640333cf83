import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { mustSucceed, root } from '../stages/stage.ts';
import { isOutOfDate } from './freshness.ts';

/** The script-tag bundle that examples and hosts serve. */
export const bundleFile = 'packages/widgets/dist/callweave.js';

const inputs = [
  'packages/widgets/src/**/*.ts',
  'packages/sdk/src/**/*.ts',
  'packages/{widgets,sdk}/package.json',
  'rollup.config.js',
  'package-lock.json',
];

export async function buildBundle(): Promise<string | undefined> {
  rmSync(join(root, 'packages/widgets/dist/chunks'), { recursive: true, force: true });
  return mustSucceed('rollup', ['-c', '--silent', '--configOnly', 'bundle']);
}

/** Builds the bundle when it is missing or older than its sources. */
export async function ensureBundle(): Promise<void> {
  if (!isOutOfDate(bundleFile, inputs)) return;
  console.log('› building the widgets bundle');
  const started = Date.now();
  const problem = await buildBundle();
  if (problem) throw new Error(problem);
  console.log(`  done in ${((Date.now() - started) / 1000).toFixed(1)} s`);
}
