import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { command } from '../stages/stage.ts';
import type { Entry } from './exports-map.ts';
import { consumer } from './tarballs.ts';

/** Loads entries of the packed packages as ES modules in Node, each in the same process; says what did not load. */
export async function loadInNode(entries: Entry[]): Promise<string | undefined> {
  const script = join(consumer, 'load.mjs');
  writeFileSync(
    script,
    `for (const { specifier, wildcard } of ${JSON.stringify(entries)}) {
  try {
    const url = import.meta.resolve(specifier);
    if (!url.startsWith(${JSON.stringify(pathToFileURL(consumer).href)})) throw new Error('resolved outside of the packed packages: ' + url);
    const names = Object.keys(await import(specifier));
    if (names.length === 0 && !wildcard) throw new Error('exports nothing');
  } catch (error) {
    console.log(specifier + ': ' + (error.stack ?? error));
    process.exitCode = 1;
  }
}
process.exit();`,
  );
  const { code, output } = await command('node', [script], { cwd: consumer, env: { NODE_OPTIONS: '' } });
  return code === 0 ? undefined : output;
}
