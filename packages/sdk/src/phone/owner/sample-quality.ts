import type { Clock } from '../ports/clock.ts';
import { type QualitySample, readCounters } from '../quality/sampler.ts';
import type { CallState } from '../state.ts';
import type { LiveCall } from './live-call.ts';

const SAMPLE_EVERY_MS = 2_000;

/** Judges the sound of a call again and again; returns how to stop. */
export function sampleQuality(
  call: LiveCall,
  clock: Clock,
  hooks: { state(): CallState | undefined; result(sample: QualitySample): void },
): () => void {
  let stop: () => void = () => {};
  const sample = async (): Promise<void> => {
    const counters = readCounters((await call.sip.connection?.getStats())?.entries() ?? []);
    const state = hooks.state();
    if (!counters || !state) return;
    const judged = call.sampler.observe(counters, { held: state.hold !== 'none', muted: state.muted });
    if (judged) hooks.result(judged);
  };
  const again = (): void => {
    stop = clock.after(SAMPLE_EVERY_MS, () => {
      again();
      // Statistics of a connection that has just closed are not worth an error.
      sample().catch(() => {});
    });
  };
  again();
  return () => stop();
}
