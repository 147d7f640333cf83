import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { buildApiReference } from '../build/api-reference.ts';
import { Checks, root, type Stage } from './stage.ts';

const pages = ['*.md', 'docs/**/*.md', 'packages/*/*.md', 'examples/*/*.md'];

/** Relative links of Markdown pages that lead nowhere. */
function brokenLinks(): string[] {
  return globSync(pages, { cwd: root, exclude: (path) => path.includes('node_modules') })
    .filter((page) => !page.startsWith('docs/api/'))
    .flatMap((page) =>
      [...readFileSync(join(root, page), 'utf8').matchAll(/\]\(([^)\s#]+)(?:#[^)\s]*)?\)/g)]
        .map((match) => match[1] ?? '')
        .filter((link) => !/^[a-z]+:/i.test(link) && !existsSync(join(root, dirname(page), link)))
        .map((link) => `${page}: ${link}`),
    );
}

export const documentation: Stage = {
  name: 'docs',
  title: 'Documentation',
  async run() {
    const checks = new Checks();
    await checks.check('links between pages lead somewhere', async () => brokenLinks().join('\n'));
    await checks.check('API reference', buildApiReference);
    return checks;
  },
};
