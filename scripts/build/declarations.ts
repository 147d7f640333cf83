import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mustSucceed, root } from '../stages/stage.ts';

/** `from './call.ts'` and `import('./call.ts')`, as the compiler leaves them in declarations. */
const relativeTypeScriptImport = /((?:from|import)\s*\(?\s*['"])(\.{1,2}\/[^'"]+)\.ts(['"])/g;

export function pointAtJavaScript(declaration: string): string {
  return declaration.replaceAll(relativeTypeScriptImport, '$1$2.js$3');
}

/**
 * Writes a package's declarations into its dist. The packages it depends on must be built before: it is compiled
 * against their declarations, as an integrator's compiler will be.
 */
export async function emitDeclarations(path: string): Promise<string | undefined> {
  const problem = await mustSucceed('tsc', ['-p', `${path}/tsconfig.build.json`, '--pretty', 'false']);
  if (problem) return problem;
  const dist = join(root, path, 'dist');
  for (const file of globSync('**/*.d.ts', { cwd: dist })) {
    const text = readFileSync(join(dist, file), 'utf8');
    const rewritten = pointAtJavaScript(text);
    if (rewritten !== text) writeFileSync(join(dist, file), rewritten);
  }
  return undefined;
}
