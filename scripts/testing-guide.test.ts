import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';

// docs/testing.md says what an integrator's tests look like; they are run here as they are written there.
const guide = await readFile(fileURLToPath(new URL('../docs/testing.md', import.meta.url)), 'utf8');
const blocks = [...guide.matchAll(/<!-- tested: (\w+) -->\n```ts\n([\s\S]*?)\n```/g)];
if (blocks.length === 0) throw new Error('docs/testing.md has no block that is marked "tested: …".');

// Inside the workspace, so that the packages' names mean what they mean to an integrator.
const folder = fileURLToPath(new URL('../examples/brokerage/', import.meta.url));
const files = blocks.map(([, name]) => join(folder, `.testing-guide-${name}.ts`));
afterAll(() => Promise.all(files.map((file) => rm(file, { force: true }))));
for (const [index, [, , code = '']] of blocks.entries()) {
  const file = files[index] as string;
  await writeFile(file, code);
  await import(file);
}
