import { run } from './command.ts';

/** Earlier releases of the 22 branch carry known security holes in ARI and PJSIP. */
export const oldestAsterisk = '22.10.1';

export function isAtLeast(version: string, least: string): boolean {
  const a = version.split('.').map(Number);
  const b = least.split('.').map(Number);
  for (let index = 0; index < Math.max(a.length, b.length); index += 1) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}

/** `22.10.1` out of `Asterisk 22.10.1+dfsg+~cs6…`, or undefined when it does not even start. */
export async function asteriskVersion(path: string): Promise<string | undefined> {
  const { code, stdout } = await run(path, ['-V']);
  return code === 0 ? /Asterisk\s+(?:certified\/)?(\d+\.\d+(?:\.\d+)?)/.exec(stdout)?.[1] : undefined;
}
