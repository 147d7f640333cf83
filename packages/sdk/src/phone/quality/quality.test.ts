import { describe, expect, it } from 'vitest';
import { opinionScore, rating } from './estimate.ts';
import { type Counters, createQualitySampler, readCounters } from './sampler.ts';

const QUIET: Counters = {
  packetsReceived: 0,
  packetsLost: 0,
  jitterMs: 2,
  playoutMs: 40,
  remoteLost: 0,
  packetsSent: 0,
  rttMs: 40,
  microphoneLevel: 0.2,
};
const CALL = { held: false, muted: false };

describe('the E-model estimate', () => {
  it('gives the known figures of G.711', () => {
    expect(rating({ loss: 0, delayMs: 0 })).toBe(93.2);
    // 5 % loss: Ie,eff = 95 · 5 / (5 + 25.1) = 15.78
    expect(rating({ loss: 0.05, delayMs: 0 })).toBeCloseTo(93.2 - 15.78, 1);
    // 300 ms: Id = 7.2 + 0.11 · 122.7 = 20.7
    expect(rating({ loss: 0, delayMs: 300 })).toBeCloseTo(93.2 - 20.7, 1);
    expect(opinionScore(93.2)).toBeCloseTo(4.41, 2);
    expect(opinionScore(50)).toBeCloseTo(2.58, 1);
    expect(opinionScore(0)).toBe(1);
  });

  it('stays within its scale for any input', () => {
    for (const loss of [-1, 0, 0.5, 1, 7]) {
      for (const delayMs of [0, 100, 5_000]) {
        const r = rating({ loss, delayMs });
        expect(r).toBeGreaterThanOrEqual(0);
        expect(r).toBeLessThanOrEqual(93.2);
        expect(opinionScore(r)).toBeGreaterThanOrEqual(1);
        expect(opinionScore(r)).toBeLessThanOrEqual(4.5);
      }
    }
  });
});

describe('the sampler', () => {
  it('judges the difference between two moments, in both directions', () => {
    const sampler = createQualitySampler();
    expect(
      sampler.observe(
        { ...QUIET, packetsReceived: 1_000, packetsLost: 500, packetsSent: 1_000, remoteLost: 400 },
        CALL,
      ),
    ).toBe(null);
    const sample = sampler.observe(
      { ...QUIET, packetsReceived: 1_100, packetsLost: 500, packetsSent: 1_100, remoteLost: 410 },
      CALL,
    );
    expect(sample?.estimate).toMatchObject({ lossIn: 0, lossOut: 0.1, rttMs: 40 });
  });

  it('raises after three bad intervals and clears after three good ones', () => {
    const sampler = createQualitySampler();
    let packets = 0;
    const changes: string[] = [];
    const step = (jitterMs: number): void => {
      packets += 100;
      const sample = sampler.observe({ ...QUIET, packetsReceived: packets, packetsSent: packets, jitterMs }, CALL);
      for (const { warning, raised } of sample?.changes ?? []) changes.push(`${raised ? '+' : '-'}${warning}`);
    };
    for (const jitter of [2, 50, 50, 2, 50, 50]) step(jitter);
    expect(changes).toEqual([]);
    step(50);
    expect(changes).toEqual(['+high-jitter']);
    for (const jitter of [2, 2, 50, 2, 2]) step(jitter);
    expect(changes).toHaveLength(1);
    step(2);
    expect(changes).toEqual(['+high-jitter', '-high-jitter']);
  });

  it('misses the far side and the microphone, but not on hold or muted', () => {
    const warned = (call: { held: boolean; muted: boolean }): readonly string[] => {
      const sampler = createQualitySampler();
      let last: readonly string[] = [];
      for (let i = 1; i <= 5; i += 1) {
        last =
          sampler.observe({ ...QUIET, packetsReceived: 10, packetsSent: i * 100, microphoneLevel: 0 }, call)?.estimate
            .warnings ?? [];
      }
      return last;
    };
    expect(warned(CALL)).toEqual(expect.arrayContaining(['no-incoming-audio', 'silent-microphone']));
    expect(warned({ held: true, muted: false })).toEqual([]);
    expect(warned({ held: false, muted: true })).toEqual(['no-incoming-audio']);
  });

  it('reads what browsers report, and nothing from an empty report', () => {
    expect(readCounters([])).toBe(null);
    expect(
      readCounters([
        [
          '1',
          {
            type: 'inbound-rtp',
            kind: 'audio',
            packetsReceived: 10,
            packetsLost: 1,
            jitter: 0.01,
            jitterBufferDelay: 2,
            jitterBufferEmittedCount: 40,
          },
        ],
        ['2', { type: 'inbound-rtp', kind: 'video', packetsReceived: 999 }],
      ]),
    ).toMatchObject({
      packetsReceived: 10,
      packetsLost: 1,
      jitterMs: 10,
      playoutMs: 50,
      remoteLost: null,
      rttMs: null,
      microphoneLevel: null,
    });
  });
});
