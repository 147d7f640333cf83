import { copyFile, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { mulawFromWav } from './embedded/media/wav-audio.ts';
import { decodeMulaw } from './mulaw.ts';
import { promptFile, promptLanguages, soundPrompts, spokenPrompts } from './prompts.ts';
import { spokenDigits, spokenNumber } from './spoken-numbers.ts';

describe('the shipped prompts', () => {
  it.each(promptLanguages)('are all there in %s, and are heard', async (language) => {
    for (const key of [...Object.keys(spokenPrompts), ...soundPrompts]) {
      const file = await readFile(promptFile(language, key));
      // µ-law at 8 kHz, mono: what both drivers play without converting.
      expect([file.readUInt16LE(20), file.readUInt16LE(22), file.readUInt32LE(24)], key).toEqual([7, 1, 8000]);
      const samples = decodeMulaw(mulawFromWav(file) as Buffer);
      expect(samples.length, key).toBeGreaterThan(800);
      expect(samples.length, key).toBeLessThan(120_000);
      expect(Math.max(...samples.subarray(0, 60_000)), key).toBeGreaterThan(1000);
    }
  });

  it('are replaced by the integrator, for one language or for all', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'callweave-prompts-'));
    try {
      await mkdir(join(folder, 'fa'));
      await copyFile(promptFile('fa', 'welcome'), join(folder, 'fa', 'welcome.wav'));
      await copyFile(promptFile('fa', 'hold-music'), join(folder, 'hold-music.wav'));
      await copyFile(promptFile('fa', 'beep'), join(folder, 'our-own.wav'));
      expect(promptFile('fa', 'welcome', folder)).toBe(join(folder, 'fa', 'welcome.wav'));
      expect(promptFile('en', 'welcome', folder)).toBe(promptFile('en', 'welcome'));
      expect(promptFile('cs', 'hold-music', folder)).toBe(join(folder, 'hold-music.wav'));
      expect(promptFile('cs', 'our-own', folder)).toBe(join(folder, 'our-own.wav'));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  it('cannot be reached outside of their folder', () => {
    for (const key of ['../fa/welcome', '/etc/passwd', '', 'a/b', 'a\u0000', '..', 'Welcome'])
      expect(() => promptFile('en', key)).toThrowError(/not a prompt key/);
    expect(() => promptFile('../sounds' as 'en', 'beep')).toThrowError(/not a prompt key/);
    expect(() => promptFile('en', 'no-such')).toThrowError(/Put it at/);
  });
});

describe('spoken numbers', () => {
  it('are put together as each language says them', () => {
    expect(spokenNumber(0, 'en')).toEqual(['digit-0']);
    expect(spokenNumber(17, 'cs')).toEqual(['number-17']);
    expect(spokenNumber(342, 'en')).toEqual(['number-300', 'number-and', 'number-40', 'digit-2']);
    expect(spokenNumber(342, 'fa')).toEqual(['number-300', 'number-and', 'number-40', 'number-and', 'digit-2']);
    expect(spokenNumber(342, 'cs')).toEqual(['number-300', 'number-40', 'digit-2']);
    expect(spokenNumber(1234, 'en')).toEqual(spokenDigits('1234'));
    expect(spokenDigits('0-9x')).toEqual(['digit-0', 'digit-9']);
  });
  it('have audio for every number', () => {
    for (const language of promptLanguages) {
      for (let value = 0; value < 1000; value++)
        for (const key of spokenNumber(value, language)) expect(key in spokenPrompts).toBe(true);
    }
  });
});
