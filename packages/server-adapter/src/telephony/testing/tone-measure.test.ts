import { describe, expect, it } from 'vitest';
import { measure } from './tone-measure.ts';

const RATE = 8000;
const tone = (hz: number, seconds: number, level = 8000, phase = 0) =>
  Array.from({ length: seconds * RATE }, (_, n) => level * Math.sin((2 * Math.PI * hz * n) / RATE + phase));
/** Steady noise, the same in every run. */
const noise = (seconds: number, level: number) => {
  let state = 1;
  return Array.from({ length: seconds * RATE }, () => {
    state = (state * 48_271) % 2_147_483_647;
    return level * ((state / 2_147_483_647) * 2 - 1);
  });
};
const heard = (...parts: number[][]) => measure(Int16Array.from(parts.flat()));

describe('what was heard', () => {
  it('is the tone, and how clean it was', () => {
    expect(heard(tone(440, 1))).toMatchObject({ hz: 440, samples: RATE });
    expect(heard(tone(440, 1)).purity).toBeGreaterThan(0.99);
  });

  it('is the tone also when packets were lost and something louder was in between', () => {
    const torn = [tone(440, 0.1), noise(0.02, 0), tone(440, 0.1, 8000, 2), noise(0.3, 14_000), tone(440, 0.4, 8000, 1)];
    const { hz, purity } = heard(...torn);
    expect(hz).toBe(440);
    expect(purity).toBeGreaterThan(0.9);
  });

  it('is no tone where there is noise alone, or two voices at once', () => {
    expect(heard(noise(1, 8000)).purity).toBeLessThan(0.1);
    const both = tone(440, 1).map((sample, n) => sample + 8000 * Math.sin((2 * Math.PI * 800 * n) / RATE));
    expect(heard(both).purity).toBeLessThan(0.6);
  });

  it('is not the clean hum of a quiet moment between words', () => {
    expect(heard(noise(0.6, 12_000), tone(100, 0.5, 400)).hz).not.toBe(100);
  });

  it('is nothing where it was silent', () => {
    expect(heard(noise(1, 60))).toMatchObject({ hz: 0, purity: 0 });
    expect(heard([])).toMatchObject({ hz: 0, level: 0, samples: 0 });
  });
});
