import { describe, expect, test } from 'vitest';
import { measure, readWav } from '../telephony/testing/tone-measure.ts';
import { assembleTracks } from './assemble.ts';
import { toneWav } from './testing/tone-wav.ts';
import { readMonoWav, WavError } from './wav.ts';

function sides(wav: Uint8Array): { left: Int16Array; right: Int16Array } {
  const { channels, rate, bits, samples } = readWav(wav);
  expect([channels, rate, bits]).toEqual([2, 8000, 16]);
  return { left: samples.filter((_, index) => index % 2 === 0), right: samples.filter((_, index) => index % 2 === 1) };
}

const second = (side: Int16Array, from: number) => measure(side.subarray(from * 8000, (from + 1) * 8000)).hz;

describe('assembling a recording', () => {
  test('the customer is on the left, the agent on the right, each from their own moment', () => {
    const { wav, durationMs } = assembleTracks([
      { role: 'customer', offsetMs: 0, wav: toneWav(440, 4000) },
      { role: 'agent', offsetMs: 2000, wav: toneWav(1000, 3000) },
    ]);
    const { left, right } = sides(wav);
    expect(durationMs).toBe(5000);
    expect([0, 1, 2, 3, 4].map((at) => second(left, at))).toEqual([440, 440, 440, 440, 0]);
    expect([0, 1, 2, 3, 4].map((at) => second(right, at))).toEqual([0, 0, 1000, 1000, 1000]);
  });

  test('a second agent after a transfer goes on on the right; overlapping voices are both heard', () => {
    const { wav } = assembleTracks([
      { role: 'customer', offsetMs: 0, wav: toneWav(440, 3000) },
      { role: 'agent', offsetMs: 0, wav: toneWav(1000, 2000) },
      { role: 'agent', offsetMs: 1000, wav: toneWav(2000, 2000) },
    ]);
    const { right } = sides(wav);
    expect(second(right, 0)).toBe(1000);
    expect(second(right, 2)).toBe(2000);
    const both = measure(right.subarray(8000, 16_000));
    expect([1000, 2000]).toContain(both.hz);
    expect(both.purity).toBeGreaterThan(0.4);
    expect(both.purity).toBeLessThan(0.6);
  });

  test('voices that add up beyond 16 bits are clipped, not wrapped around', () => {
    const { wav } = assembleTracks([
      { role: 'agent', offsetMs: 0, wav: toneWav(500, 500, 32_000) },
      { role: 'agent', offsetMs: 0, wav: toneWav(500, 500, 32_000) },
    ]);
    const { right } = sides(wav);
    expect(Math.max(...right)).toBe(32_767);
    expect(measure(right).hz).toBe(500);
  });

  test('a file that was cut short by a crash is read as far as it goes', () => {
    const whole = toneWav(440, 1000);
    for (const size of [0, 0xffffffff]) {
      const cut = whole.slice(0, 44 + 8000);
      new DataView(cut.buffer).setUint32(40, size, true);
      expect(readMonoWav(cut)).toHaveLength(4000);
      expect(measure(readMonoWav(cut)).hz).toBe(440);
    }
  });

  test.each([
    ['nothing', new Uint8Array()],
    ['text', new TextEncoder().encode('RIFFxxxxWAVE')],
    ['another rate', Uint8Array.from(toneWav(440, 10)).fill(0x44, 24, 25)],
    ['two channels', Uint8Array.from(toneWav(440, 10)).fill(2, 22, 23)],
    ['another codec', Uint8Array.from(toneWav(440, 10)).fill(7, 20, 21)],
    ['sound without a format', Uint8Array.from(toneWav(440, 10)).fill(0x78, 12, 16)],
  ])('refuses %s', (_name, bytes) => {
    expect(() => readMonoWav(bytes)).toThrow(WavError);
  });
});
