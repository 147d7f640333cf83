import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const fonts = new Map<string, Buffer>();

/** Vazirmatn, which has Persian, Latin and Czech letters in one face. Read once. */
export function fontFile(weight: 'Regular' | 'Bold'): Buffer {
  let font = fonts.get(weight);
  if (font === undefined) {
    font = readFileSync(findFont(`Vazirmatn-${weight}.ttf`));
    fonts.set(weight, font);
  }
  return font;
}

/** In the package's `fonts` folder, which lies above this file in the sources and above every bundle. */
function findFont(name: string): string {
  let directory = dirname(fileURLToPath(import.meta.url));
  for (let parent = dirname(directory); parent !== directory; directory = parent, parent = dirname(directory)) {
    const candidate = join(parent, 'fonts', name);
    if (existsSync(candidate)) return candidate;
  }
  throw new Error(`The font "${name}" of @callweave/server-adapter is missing; reinstall the package.`);
}
