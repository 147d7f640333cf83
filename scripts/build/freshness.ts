import { existsSync, globSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../stages/stage.ts';

/** True when `output` is missing or older than the newest of the files that match `inputs`. */
export function isOutOfDate(output: string, inputs: string[]): boolean {
  const built = join(root, output);
  if (!existsSync(built)) return true;
  const builtAt = statSync(built).mtimeMs;
  return globSync(inputs, { cwd: root }).some((file) => statSync(join(root, file)).mtimeMs > builtAt);
}
