import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decodeMulaw, encodeMulaw } from '../../mulaw.ts';
import { promptFile, promptLanguages, spokenPrompts } from '../../prompts.ts';
import { FaxToneListener } from './fax-tone.ts';
import { mulawFromWav } from './wav-audio.ts';

const tone = (hz: number, ms: number, level = 8000) =>
  Int16Array.from({ length: ms * 8 }, (_, at) => Math.round(level * Math.sin((2 * Math.PI * hz * at) / 8000)));
const silence = (ms: number) => new Int16Array(ms * 8);
const join = (...parts: Int16Array[]) => Int16Array.from(parts.flatMap((part) => [...part]));

function heard(samples: Int16Array, packet = 160, drop: (index: number) => boolean = () => false): number {
  const listener = new FaxToneListener();
  const bytes = encodeMulaw(samples);
  let times = 0;
  for (let at = 0, index = 0; at < bytes.length; at += packet, index += 1)
    if (!drop(index) && listener.hear(bytes.subarray(at, at + packet))) times += 1;
  return times;
}

describe('the calling tone of a fax machine', () => {
  const calling = join(silence(130), tone(1100, 500), silence(3000), tone(1100, 500), silence(500));

  it('is heard once, however the packets are cut, and when one is lost', () => {
    expect(heard(calling)).toBe(1);
    expect(heard(calling, 80)).toBe(1);
    expect(heard(calling, 240)).toBe(1);
    expect(heard(calling, 160, (index) => index === 15)).toBe(1);
  });

  it.each([
    ['softly', join(tone(1100, 500, 300), silence(200))],
    ['at the lower limit', join(tone(1062, 430), silence(200))],
    ['at the upper limit', join(tone(1138, 570), silence(200))],
  ])('is heard %s', (_how, samples) => {
    expect(heard(samples)).toBe(1);
  });

  it.each([
    ['a tone that stays', tone(1100, 5000)],
    ['a beep', join(tone(1100, 200), silence(400))],
    ['a tone of another pitch', join(tone(1000, 500), silence(400), tone(1200, 500), silence(400))],
    ['a dial tone', join(tone(425, 500), silence(400))],
    [
      'keys',
      join(
        Int16Array.from(tone(697, 500), (low, at) => low + (tone(1209, 500)[at] ?? 0)),
        silence(400),
      ),
    ],
    ['silence', silence(2000)],
  ])('is not taken for %s', (_what, samples) => {
    expect(heard(samples)).toBe(0);
  });

  it('is not heard in any voice', () => {
    for (const language of promptLanguages)
      for (const key of Object.keys(spokenPrompts))
        expect(heard(join(wav(promptFile(language, key)), silence(200)))).toBe(0);
  });
});

function wav(file: string): Int16Array {
  return decodeMulaw(mulawFromWav(readFileSync(file)) ?? Buffer.alloc(0));
}
