import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mustSucceed, root } from '../stages/stage.ts';

export const manifestFile = 'packages/widgets/dist/custom-elements.json';

interface CustomElementsManifest {
  modules: {
    path: string;
    declarations?: { kind: string; name: string; tagName?: string; customElement?: boolean }[];
  }[];
}

export function readManifest(): CustomElementsManifest | undefined {
  const file = join(root, manifestFile);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as CustomElementsManifest) : undefined;
}

/** Tag names of the elements that the manifest describes. */
export function manifestTags(): string[] {
  return (readManifest()?.modules ?? [])
    .flatMap((module) => module.declarations ?? [])
    .flatMap((declaration) => (declaration.tagName ? [declaration.tagName] : []))
    .sort();
}

/** Analyses the widgets into the custom-elements manifest that docs, editors and Storybook read. */
export async function buildManifest(): Promise<string | undefined> {
  return mustSucceed('cem', ['analyze', '--config', 'custom-elements-manifest.config.js'], {
    cwd: join(root, 'packages/widgets'),
  });
}
