import { readMonoWav, SAMPLE_RATE, writeStereoWav } from './wav.ts';

export type TrackRole = 'customer' | 'agent';

export interface TrackSound {
  readonly role: TrackRole;
  /** When this track began, from the start of the recording. */
  readonly offsetMs: number;
  /** Mono, 8 kHz, 16-bit WAV. */
  readonly wav: Uint8Array;
}

export interface Assembled {
  readonly wav: Uint8Array;
  readonly durationMs: number;
}

/** Puts all tracks on one time line: the customer on the left, whoever spoke for the house on the right. */
export function assembleTracks(tracks: readonly TrackSound[]): Assembled {
  const placed = tracks.map(({ role, offsetMs, wav }) => ({
    role,
    at: Math.round((Math.max(0, offsetMs) * SAMPLE_RATE) / 1000),
    samples: readMonoWav(wav),
  }));
  const frames = placed.reduce((longest, { at, samples }) => Math.max(longest, at + samples.length), 0);
  const sideOf = (role: TrackRole) => {
    const side = new Int16Array(frames);
    let filled = 0;
    for (const { role: its, at, samples } of placed) {
      if (its !== role) continue;
      // Two agents overlap while a call is handed over: added, not overwritten, and never wrapped around.
      const overlap = Math.max(0, Math.min(filled - at, samples.length));
      for (let i = 0; i < overlap; i += 1) side[at + i] = clip((side[at + i] as number) + (samples[i] as number));
      side.set(samples.subarray(overlap), at + overlap);
      filled = Math.max(filled, at + samples.length);
    }
    return side;
  };
  return {
    wav: writeStereoWav(sideOf('customer'), sideOf('agent')),
    durationMs: Math.round((frames * 1000) / SAMPLE_RATE),
  };
}

const clip = (sample: number) => Math.max(-32768, Math.min(32767, sample));
