import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { renderRoutes } from '../../../../scripts/generate-routes.ts';

test('the routes in the client are those of the contract', async () => {
  const written = await readFile(new URL('./routes.ts', import.meta.url), 'utf8');
  expect(written, 'run `node --conditions=@callweave/source scripts/generate-routes.ts`').toBe(renderRoutes());
});
