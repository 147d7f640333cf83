/**
 * Generates the shipped prompts from the catalogue: `node packages/server-adapter/scripts/generate-prompts.ts [key …]`.
 * Needs `espeak-ng` and `sox` on the machine that runs it; whoever uses the package needs neither, the audio is committed.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { numberPrompts, sentencePrompts } from '../src/telephony/prompt-texts.ts';
import { mulawWav } from './mulaw-wav.ts';
import { beep, holdMusic, ringback } from './sounds.ts';

const target = join(import.meta.dirname, '..', 'prompts');
const wanted = new Set(process.argv.slice(2));
const voices = {
  en: ['-v', 'en-gb', '-s', '150'],
  fa: ['-v', 'fa', '-s', '140'],
  cs: ['-v', 'cs', '-s', '150'],
} as const;
const scratch = mkdtempSync(join(tmpdir(), 'callweave-prompts-'));

function speak(text: string, voice: readonly string[], trailingSeconds: number): Buffer {
  const spoken = join(scratch, 'spoken.wav');
  const shaped = join(scratch, 'shaped.wav');
  execFileSync('espeak-ng', [...voice, '-g', '2', '-w', spoken, text]);
  // A telephone carries 300–3400 Hz. Silence is trimmed so that words can be strung together into numbers.
  execFileSync('sox', [
    '-D',
    spoken,
    '-r',
    '8000',
    '-c',
    '1',
    '-b',
    '16',
    shaped,
    'gain',
    '-6',
    'highpass',
    '250',
    'lowpass',
    '3400',
    'silence',
    '1',
    '0.02',
    '0.3%',
    'reverse',
    'silence',
    '1',
    '0.02',
    '0.3%',
    'reverse',
    'norm',
    '-4',
    'pad',
    '0.02',
    String(trailingSeconds),
  ]);
  return readSamples(shaped);
}

/** The `data` chunk of a WAV file that sox wrote. */
function readSamples(file: string): Buffer {
  const bytes = readFileSync(file);
  let at = 12;
  while (bytes.toString('latin1', at, at + 4) !== 'data') at += 8 + bytes.readUInt32LE(at + 4);
  return bytes.subarray(at + 8, at + 8 + bytes.readUInt32LE(at + 4));
}

function samplesOf(pcm: Buffer): Int16Array {
  return Int16Array.from({ length: pcm.length / 2 }, (_, index) => pcm.readInt16LE(index * 2));
}

try {
  for (const [language, voice] of Object.entries(voices) as [keyof typeof voices, readonly string[]][]) {
    mkdirSync(join(target, language), { recursive: true });
    for (const [group, trailing] of [
      [sentencePrompts, 0.25],
      [numberPrompts, 0.08],
    ] as const) {
      for (const [key, text] of Object.entries(group)) {
        if (wanted.size > 0 && !wanted.has(key)) continue;
        writeFileSync(
          join(target, language, `${key}.wav`),
          mulawWav(samplesOf(speak(text[language], voice, trailing))),
        );
      }
    }
  }
  mkdirSync(join(target, 'sounds'), { recursive: true });
  for (const [key, make] of Object.entries({ 'hold-music': holdMusic, ringback, beep })) {
    if (wanted.size > 0 && !wanted.has(key)) continue;
    writeFileSync(join(target, 'sounds', `${key}.wav`), mulawWav(make()));
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
