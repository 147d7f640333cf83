import { readMonoWav, SAMPLE_RATE } from './wav.ts';

/** How long a track of the exchange is; undefined when there is no sound in it that could be read. */
export function soundLengthMs(wav: Uint8Array): number | undefined {
  try {
    return Math.round((readMonoWav(wav).length / SAMPLE_RATE) * 1000);
  } catch {
    return undefined;
  }
}
