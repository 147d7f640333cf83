/**
 * Writes `packages/sdk/src/http/routes.ts` from the contract: the browser needs only method and path of an endpoint, and
 * importing the schemas for that would cost every page zod. `routes.test.ts` fails when the file is out of date.
 */
import { writeFile } from 'node:fs/promises';
import { contract } from '@callweave/sdk/protocol';

export function renderRoutes(): string {
  const groups = Object.entries(contract).map(([group, operations]) => {
    const lines = Object.entries(operations).map(
      ([name, endpoint]) => `    ${name}: '${endpoint.method} ${endpoint.path}',`,
    );
    return `  ${group}: {\n${lines.join('\n')}\n  },`;
  });
  return `// Generated from the contract by scripts/generate-routes.ts: do not edit.\nexport const ROUTES = {\n${groups.join('\n')}\n} as const;\n`;
}

if (import.meta.main) {
  await writeFile(new URL('../packages/sdk/src/http/routes.ts', import.meta.url), renderRoutes());
}
