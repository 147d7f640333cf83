import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ExchangeError, type PromptLanguage } from './exchange.ts';
import { numberPrompts, sentencePrompts } from './prompt-texts.ts';

/** Everything spoken: key → text per language. */
export const spokenPrompts = { ...sentencePrompts, ...numberPrompts } as const;

/** Audio without words, the same in every language; made by the generator, not by a voice. */
export const soundPrompts = ['hold-music', 'ringback', 'beep'] as const;

export const promptLanguages = ['en', 'fa', 'cs'] as const satisfies readonly PromptLanguage[];

export type PromptKey = keyof typeof spokenPrompts | (typeof soundPrompts)[number];

let shippedDirectory: string | undefined;

/**
 * Absolute path of the WAV file (8 kHz, mono, µ-law) of a prompt. An integrator's own recording wins, looked for as
 * `<overrideDir>/<language>/<key>.wav`, then `<overrideDir>/<key>.wav`; an override directory may also hold keys of its own.
 *
 * @throws ExchangeError `invalid` when there is no such prompt.
 */
export function promptFile(language: PromptLanguage, key: string, overrideDir?: string): string {
  // A key becomes part of a path, so nothing that could leave the directory is let through.
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(key) || !promptLanguages.includes(language)) {
    throw new ExchangeError(
      'invalid',
      `"${key}" (${language}) is not a prompt key; use lower-case letters, digits and hyphens.`,
    );
  }
  shippedDirectory ??= findShippedDirectory();
  const candidates = [
    ...(overrideDir === undefined ? [] : [join(overrideDir, language, `${key}.wav`), join(overrideDir, `${key}.wav`)]),
    join(shippedDirectory, language, `${key}.wav`),
    join(shippedDirectory, 'sounds', `${key}.wav`),
  ];
  const found = candidates.find((file) => existsSync(file));
  if (found === undefined) {
    throw new ExchangeError(
      'invalid',
      `There is no audio for prompt "${key}" in "${language}". Put it at ${candidates[0]}.`,
    );
  }
  return resolve(found);
}

/** The package's `prompts` folder, whether this runs from `src` or from wherever a bundler put it in `dist`. */
function findShippedDirectory(): string {
  let directory = dirname(fileURLToPath(import.meta.url));
  for (let parent = dirname(directory); parent !== directory; directory = parent, parent = dirname(directory)) {
    const candidate = join(parent, 'prompts');
    if (existsSync(join(candidate, 'sounds', 'beep.wav'))) return candidate;
  }
  throw new ExchangeError(
    'failed',
    'The folder "prompts" of @callweave/server-adapter is missing; reinstall the package.',
  );
}
