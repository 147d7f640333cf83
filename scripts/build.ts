// npm run build: every package into its dist. `npm run build -- bundle` makes the script-tag bundle alone.
import { buildBundle } from './build/bundle.ts';
import { buildManifest } from './build/manifest.ts';
import { buildPackages } from './build/packages.ts';
import { Checks } from './stages/stage.ts';

const parts: Record<string, (checks: Checks) => Promise<unknown>> = {
  packages: buildPackages,
  bundle: (checks) => checks.check('script-tag bundle', buildBundle),
  manifest: (checks) => checks.check('custom-elements manifest', buildManifest),
};
const wanted = process.argv[2] ?? 'packages';
const part = parts[wanted];
if (!part) {
  console.error(`No part is called ${wanted}. There are: ${Object.keys(parts).join(', ')}.`);
  process.exit(2);
}
const checks = new Checks();
await part(checks);
process.exitCode = checks.failed > 0 ? 1 : 0;
