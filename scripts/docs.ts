// npm run docs: the API reference (docs/api) and the custom-elements manifest, from the sources.
import { buildApiReference } from './build/api-reference.ts';
import { buildManifest } from './build/manifest.ts';
import { Checks } from './stages/stage.ts';

const checks = new Checks();
await checks.check('custom-elements manifest (packages/widgets/dist/custom-elements.json)', buildManifest);
await checks.check('API reference (docs/api/index.html)', buildApiReference);
process.exitCode = checks.failed > 0 ? 1 : 0;
