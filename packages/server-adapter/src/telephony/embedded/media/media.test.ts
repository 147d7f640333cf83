import { describe, expect, it } from 'vitest';
import { decodeMulawSample, encodeMulawSample } from '../../mulaw.ts';
import { DtmfReceiver } from './dtmf-receiver.ts';
import { RecordingTimeline } from './recording-timeline.ts';
import { RtpOut } from './rtp-out.ts';
import { repairWav, wavHeader } from './wav-header.ts';

const event = (code: number, end: boolean, duration: number) =>
  Uint8Array.from([code, (end ? 0x80 : 0) | 10, duration >> 8, duration & 0xff]);

describe('µ-law', () => {
  it('comes back within the step of its segment', () => {
    for (let sample = -32_768; sample <= 32_767; sample += 7) {
      const back = decodeMulawSample(encodeMulawSample(sample));
      expect(Math.abs(back - sample)).toBeLessThanOrEqual(Math.max(8, Math.abs(sample) * 0.04));
    }
    // Reference values of G.711.
    expect(encodeMulawSample(0)).toBe(0xff);
    expect(decodeMulawSample(0x00)).toBe(-32_124);
    expect(decodeMulawSample(0x80)).toBe(32_124);
  });
});

describe('digits', () => {
  const keyed = (...packets: [timestamp: number, payload: Uint8Array, ssrc?: number][]) => {
    const receiver = new DtmfReceiver();
    return packets
      .map(([timestamp, payload, ssrc = 1]) => receiver.receive({ ssrc, timestamp, payload }) ?? '')
      .join('');
  };
  it('are told once, also when packets repeat, are lost or come late', () => {
    expect(
      keyed(
        [1000, event(5, false, 160)],
        [1000, event(5, false, 320)],
        [1000, event(5, true, 480)],
        [1000, event(5, true, 480)],
      ),
    ).toBe('5');
    expect(keyed([1000, event(5, true, 480)])).toBe('5');
    expect(keyed([1000, event(5, false, 160)], [3000, event(5, false, 160)])).toBe('55');
    expect(keyed([3000, event(5, true, 160)], [1000, event(4, true, 160)])).toBe('5');
  });
  it('go on over a wrapping timestamp, a new sender, and a key held for long', () => {
    expect(keyed([0xffff_ff00, event(1, true, 160)], [0x100, event(2, true, 160)])).toBe('12');
    expect(keyed([5000, event(1, true, 160)], [100, event(2, true, 160), 9])).toBe('12');
    expect(keyed([1000, event(1, false, 0xffff)], [1000 + 0xffff, event(1, true, 400)])).toBe('1');
  });
  it('are keypad keys only', () => {
    expect(keyed([1, event(10, true, 1)], [500, event(11, true, 1)], [1000, event(15, true, 1)])).toBe('*#D');
    expect(keyed([1, event(16, true, 1)], [500, event(255, true, 1)], [900, Uint8Array.from([1])])).toBe('');
  });
});

describe('the outgoing stream', () => {
  it('stays continuous over sources, and keeps the gaps and order inside of one', () => {
    let now = 0;
    const out = new RtpOut(() => now);
    const first = out.next('a', { sequence: 65_534, timestamp: 0xffff_ff00 });
    expect(first?.marker).toBe(true);
    const base = first?.sequence ?? 0;
    const lost = out.next('a', { sequence: 0, timestamp: 0x40 });
    expect(lost).toMatchObject({ sequence: (base + 2) & 0xffff, marker: false });
    expect(out.next('a', { sequence: 65_535, timestamp: 0xffff_ffa0 })?.sequence).toBe((base + 1) & 0xffff);
    now = 100;
    const other = out.next('b', { sequence: 7, timestamp: 5 });
    expect(other).toMatchObject({ sequence: (base + 3) & 0xffff, marker: true });
    // 100 ms went by, so the receiver is told of 800 samples.
    expect(((other?.timestamp ?? 0) - (lost?.timestamp ?? 0)) | 0).toBe(800);
    // A packet of before the switch would take a number that was given away.
    expect(out.next('b', { sequence: 6, timestamp: 0 })).toBeUndefined();
  });

  it('never repeats or goes back over a long call', () => {
    const out = new RtpOut(() => 0);
    let last: number | undefined;
    for (let i = 0; i < 200_000; i++) {
      const sequence = out.next('a', { sequence: i & 0xffff, timestamp: (i * 160) >>> 0 })?.sequence;
      if (last !== undefined && sequence !== ((last + 1) & 0xffff)) throw new Error(`After ${last} came ${sequence}.`);
      last = sequence;
    }
  });
});

describe('the timeline of a recording', () => {
  const loud = Buffer.alloc(160, encodeMulawSample(8000));
  const packet = (n: number, ssrc = 1) => ({ ssrc, sequence: n, timestamp: n * 160, payload: loud });
  const loudParts = (samples: Int16Array) => {
    const parts: [number, number][] = [];
    samples.forEach((sample, index) => {
      if (sample === 0) return;
      const last = parts.at(-1);
      if (last !== undefined && last[1] === index) last[1] = index + 1;
      else parts.push([index, index + 1]);
    });
    return parts;
  };
  it('puts late, early and reordered packets where they belong', () => {
    const timeline = new RecordingTimeline();
    const jitter = [0, 300, -100, 250, 0, 120];
    const order = [0, 2, 1, 3, 5, 4];
    for (const n of order) timeline.write(packet(n), 160 * (n + 1) + (jitter[n] as number), false);
    expect(loudParts(timeline.finish(1600))).toEqual([[0, 960]]);
  });
  it('keeps gaps as silence of their true length', () => {
    const timeline = new RecordingTimeline();
    timeline.write(packet(0), 160, false);
    timeline.write(packet(1000, 1), 16_000, false);
    timeline.write(packet(3, 2), 24_000, false);
    const early = timeline.settle(8000);
    const rest = timeline.finish(32_000);
    const all = Int16Array.from([...early, ...rest]);
    expect(all.length).toBe(32_000);
    expect(loudParts(all)).toEqual([
      [0, 160],
      [15_840, 16_000],
      [23_840, 24_000],
    ]);
  });
  it('keeps speech whole that waited while the process stood still', () => {
    const timeline = new RecordingTimeline();
    for (let n = 0; n < 100; n++) timeline.write(packet(n), n < 40 ? 160 * (n + 1) : 16_000, false, n < 40 ? 0 : 9600);
    expect(loudParts(timeline.finish(16_000))).toEqual([[0, 16_000]]);
  });
  it('writes silence while paused and goes on in place', () => {
    const timeline = new RecordingTimeline();
    for (let n = 0; n < 30; n++) timeline.write(packet(n), 160 * (n + 1), n >= 10 && n < 20);
    expect(loudParts(timeline.finish(4800))).toEqual([
      [0, 1600],
      [3200, 4800],
    ]);
  });
});

describe('a recording whose process was killed', () => {
  it('gets a header that fits, and loses a torn sample', () => {
    const torn = Buffer.concat([wavHeader(0), Buffer.alloc(1001, 1)]);
    const repaired = repairWav(torn);
    expect(repaired.readUInt32LE(40)).toBe(1000);
    expect(repaired.readUInt32LE(4)).toBe(1036);
    expect(repaired.length).toBe(1044);
    expect(repairWav(Buffer.alloc(10)).length).toBe(44);
  });
});
