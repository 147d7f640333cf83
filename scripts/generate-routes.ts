/**
 * Writes `packages/sdk/src/http/routes/` from the contract: the browser needs only method and path of an endpoint, and
 * importing the schemas for that would cost every page zod. A file per group, so that a page carries the routes of the
 * features it uses. `routes.test.ts` fails when a file is out of date.
 */
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { contract } from '@callweave/sdk/protocol';

const HEAD = '// Generated from the contract by scripts/generate-routes.ts: do not edit.\n';
const folder = new URL('../packages/sdk/src/http/routes/', import.meta.url);

const stemOf = (group: string) => group.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
const fileOf = (group: string) => `${stemOf(group)}.ts`;

/** What every file of the folder holds, by its name. */
export function renderRoutes(): Map<string, string> {
  const groups = Object.entries(contract);
  const files = new Map(
    groups.map(([group, operations]) => {
      const lines = Object.entries(operations).map(
        ([name, endpoint]) => `  ${name}: '${endpoint.method} ${endpoint.path}',`,
      );
      return [fileOf(group), `${HEAD}export const ${group}Routes = {\n${lines.join('\n')}\n} as const;\n`];
    }),
  );
  const byFile = groups.map(([group]) => group).sort((a, b) => (stemOf(a) < stemOf(b) ? -1 : 1));
  const imports = byFile.map((group) => `import { ${group}Routes } from './${fileOf(group)}';`);
  const all = groups.map(([group]) => `  ${group}: ${group}Routes,`);
  files.set('all.ts', `${HEAD}${imports.join('\n')}\n\nexport const ALL_ROUTES = {\n${all.join('\n')}\n} as const;\n`);
  return files;
}

/** The files that are there. */
export async function readRoutes(): Promise<string[]> {
  return (await readdir(folder)).filter((file) => !file.endsWith('.test.ts')).sort();
}

if (import.meta.main) {
  await mkdir(folder, { recursive: true });
  const files = renderRoutes();
  for (const file of await readRoutes()) if (!files.has(file)) await rm(new URL(file, folder));
  for (const [file, text] of files) await writeFile(new URL(file, folder), text);
}
