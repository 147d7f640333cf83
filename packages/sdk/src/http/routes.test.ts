import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { readRoutes, renderRoutes } from '../../../../scripts/generate-routes.ts';

test('the routes in the client are those of the contract', async () => {
  const wanted = renderRoutes();
  const hint = 'run `node --conditions=@callweave/source scripts/generate-routes.ts`';
  expect(await readRoutes(), hint).toEqual([...wanted.keys()].sort());
  for (const [file, text] of wanted)
    expect(await readFile(new URL(`./routes/${file}`, import.meta.url), 'utf8'), hint).toBe(text);
});
