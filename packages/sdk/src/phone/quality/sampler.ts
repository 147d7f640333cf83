import { opinionScore, type QualityEstimate, rating } from './estimate.ts';
import { createWarningTracker, type QualityWarning, WARNING_THRESHOLDS, type WarningChange } from './warnings.ts';

/** The counters of one moment, taken from `getStats()`. */
export interface Counters {
  readonly packetsReceived: number;
  readonly packetsLost: number;
  readonly jitterMs: number;
  readonly playoutMs: number;
  readonly remoteLost: number | null;
  readonly packetsSent: number;
  readonly rttMs: number | null;
  /** Loudness of the microphone 0–1; `null` where the browser does not tell. */
  readonly microphoneLevel: number | null;
}

export interface QualitySampler {
  observe(counters: Counters, call: { readonly held: boolean; readonly muted: boolean }): QualitySample | null;
}

export interface QualitySample {
  readonly estimate: QualityEstimate;
  readonly changes: readonly WarningChange[];
}

type StatsEntry = Record<string, unknown> & { type?: string; kind?: string };

export function readCounters(report: Iterable<[string, unknown]>): Counters | null {
  let inbound: StatsEntry | undefined;
  let outbound: StatsEntry | undefined;
  let remote: StatsEntry | undefined;
  let source: StatsEntry | undefined;
  for (const [, value] of report) {
    const entry = value as StatsEntry;
    if (entry.kind !== 'audio') continue;
    if (entry.type === 'inbound-rtp') inbound = entry;
    else if (entry.type === 'outbound-rtp') outbound = entry;
    else if (entry.type === 'remote-inbound-rtp') remote = entry;
    else if (entry.type === 'media-source') source = entry;
  }
  if (!inbound && !outbound) return null;
  const emitted = number(inbound?.['jitterBufferEmittedCount']);
  const rtt = remote?.['roundTripTime'];
  const level = source?.['audioLevel'];
  return {
    packetsReceived: number(inbound?.['packetsReceived']),
    packetsLost: number(inbound?.['packetsLost']),
    jitterMs: number(inbound?.['jitter']) * 1000,
    playoutMs: emitted > 0 ? (number(inbound?.['jitterBufferDelay']) / emitted) * 1000 : 0,
    remoteLost: remote ? number(remote['packetsLost']) : null,
    packetsSent: number(outbound?.['packetsSent']),
    rttMs: typeof rtt === 'number' ? rtt * 1000 : null,
    microphoneLevel: typeof level === 'number' ? level : null,
  };
}

function number(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : 0;
}

/** Time to fill a packet and to leave the sound card, which no counter shows. */
const FIXED_DELAY_MS = 25;

export function createQualitySampler(thresholds = WARNING_THRESHOLDS): QualitySampler {
  const tracker = createWarningTracker(thresholds.streak);
  let previous: Counters | null = null;
  return {
    observe(now, call) {
      const before = previous;
      previous = now;
      if (!before) return null;
      const received = Math.max(0, now.packetsReceived - before.packetsReceived);
      const lostIn = Math.max(0, now.packetsLost - before.packetsLost);
      const sent = Math.max(0, now.packetsSent - before.packetsSent);
      const lossIn = received + lostIn > 0 ? lostIn / (received + lostIn) : 0;
      const lossOut =
        now.remoteLost === null || before.remoteLost === null || sent === 0
          ? null
          : Math.min(1, Math.max(0, now.remoteLost - before.remoteLost) / sent);
      const delayMs = (now.rttMs ?? 0) / 2 + now.playoutMs + FIXED_DELAY_MS;
      const r = Math.min(rating({ loss: lossIn, delayMs }), rating({ loss: lossOut ?? 0, delayMs }));
      const mos = opinionScore(r);
      const bad = new Set<QualityWarning>();
      if (lossIn > thresholds.loss || (lossOut ?? 0) > thresholds.loss) bad.add('high-loss');
      if ((now.rttMs ?? 0) > thresholds.rttMs) bad.add('high-delay');
      if (now.jitterMs > thresholds.jitterMs) bad.add('high-jitter');
      if (mos < thresholds.mos) bad.add('low-score');
      // On hold nobody is expected to be heard.
      if (!call.held && received === 0) bad.add('no-incoming-audio');
      if (!call.held && !call.muted && now.microphoneLevel === 0 && before.microphoneLevel === 0)
        bad.add('silent-microphone');
      const changes = tracker.observe(bad);
      return {
        changes,
        estimate: Object.freeze({
          r: round(r, 1),
          mos: round(mos, 2),
          lossIn: round(lossIn, 4),
          lossOut: lossOut === null ? null : round(lossOut, 4),
          rttMs: now.rttMs === null ? null : Math.round(now.rttMs),
          jitterMs: round(now.jitterMs, 1),
          warnings: Object.freeze([...tracker.raised]),
        }),
      };
    },
  };
}

function round(value: number, digits: number): number {
  const factor = 10 ** digits;
  return Math.round(value * factor) / factor;
}
