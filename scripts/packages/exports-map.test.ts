import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Manifest } from '../stages/workspaces.ts';
import { brokenPromises, exportedEntries, unbuiltSources } from './exports-map.ts';

const manifest: Manifest = {
  name: '@x/y',
  version: '1.0.0',
  bin: { y: './dist/cli.js' },
  exports: {
    '.': { '@callweave/source': './src/index.ts', types: './dist/index.d.ts', default: './dist/index.js' },
    './define/*': {
      '@callweave/source': './src/define/*.ts',
      types: './dist/define/*.d.ts',
      default: './dist/define/*.js',
    },
    './data.json': './data.json',
  },
};
const complete = [
  'src/index.ts',
  'dist/index.js',
  'dist/index.d.ts',
  'src/define/badge.ts',
  'dist/define/badge.js',
  'dist/define/badge.d.ts',
  'dist/cli.js',
  'data.json',
];

describe('exports map of an unpacked package', () => {
  let folder: string;
  const write = (files: string[]) => {
    for (const file of files) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), '');
    }
  };
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'callweave-exports-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('spells out wildcards and leaves data out', () => {
    write(complete);
    expect(exportedEntries(manifest, folder)).toEqual([
      { specifier: '@x/y', file: './dist/index.js', wildcard: false },
      { specifier: '@x/y/define/badge', file: './dist/define/badge.js', wildcard: true },
    ]);
  });

  it('finds nothing wrong where every promise is kept', () => {
    write(complete);
    expect(brokenPromises(manifest, folder)).toEqual([]);
    expect(unbuiltSources(manifest, folder)).toEqual([]);
  });

  it.each([
    ['dist/index.d.ts', '. (types) leads to ./dist/index.d.ts, which is not in the tarball'],
    ['dist/define/badge.js', './define/* (default) leads to ./dist/define/*.js, which is not in the tarball'],
    ['dist/cli.js', 'command y leads to ./dist/cli.js, which is not in the tarball'],
    ['data.json', './data.json leads to ./data.json, which is not in the tarball'],
  ])('names a promise that is broken: %s is missing', (missing, problem) => {
    write(complete.filter((file) => file !== missing));
    expect(brokenPromises(manifest, folder)).toEqual([problem]);
  });

  it('finds a source behind a wildcard that was not built', () => {
    write([...complete, 'src/define/sheet.ts']);
    expect(unbuiltSources(manifest, folder)).toEqual(['./src/define/sheet.ts']);
  });
});
