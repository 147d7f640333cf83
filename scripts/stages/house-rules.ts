import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { root } from './stage.ts';

const widgets = join(root, 'packages/widgets/src');

/**
 * A component is one folder with fixed file names, and comes with its test and its stories. A folder `…-parts` is none: it
 * holds what several components are made of.
 */
export function incompleteComponents(folder = widgets): string[] {
  return globSync('components/*/', { cwd: folder }).flatMap((component) => {
    const name = basename(component);
    if (name.endsWith('-parts')) return [];
    return [`${name}.ts`, `${name}.test.ts`, `${name}.stories.ts`]
      .filter((file) => !existsSync(join(folder, component, file)))
      .map((file) => `packages/widgets/src/components/${name}/${file} is missing`);
  });
}

/** Every define entry is part of the script tag's bundle. */
export function definesLeftOut(folder = widgets): string[] {
  const all = readFileSync(join(folder, 'define/all.ts'), 'utf8');
  return globSync('define/*.ts', { cwd: folder })
    .map((file) => basename(file))
    .filter((file) => file !== 'all.ts' && !all.includes(`'./${file}'`))
    .map((file) => `packages/widgets/src/define/all.ts does not import ./${file}`);
}

/** Files named after no subject. */
export function subjectlessNames(): string[] {
  return globSync('{packages/*/src,examples/*,scripts}/**/{utils,util,helpers,helper,common,misc}.{ts,js}', {
    cwd: root,
  })
    .filter((file) => !file.includes('node_modules'))
    .map((file) => `${file}: name its subject`);
}
