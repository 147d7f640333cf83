import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { definesLeftOut, incompleteComponents } from './house-rules.ts';

let folder: string;
const write = (file: string, text = '') => {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
};
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'callweave-house-'));
  for (const suffix of ['', '.test', '.stories']) write(`components/badge/badge${suffix}.ts`);
  write('define/all.ts', `import './badge.ts';\n`);
  write('define/badge.ts');
});
afterEach(() => rmSync(folder, { recursive: true }));

it('is content with a complete component', () => {
  expect(incompleteComponents(folder)).toEqual([]);
  expect(definesLeftOut(folder)).toEqual([]);
});

it('names a missing story and a define entry that the bundle leaves out', () => {
  write('components/sheet/sheet.ts');
  write('components/sheet/sheet.test.ts');
  write('define/sheet.ts');
  expect(incompleteComponents(folder)).toEqual(['packages/widgets/src/components/sheet/sheet.stories.ts is missing']);
  expect(definesLeftOut(folder)).toEqual(['packages/widgets/src/define/all.ts does not import ./sheet.ts']);
});
