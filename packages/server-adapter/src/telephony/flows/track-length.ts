import { addGap, findUnfinished, finishRecording } from '../../recordings/index.ts';
import type { Tx } from '../../store/store.ts';
import type { PatientExchange } from './patient-exchange.ts';

const WAV_HEADER_BYTES = 44;
/** 8 kHz, 16 bit, mono. */
const BYTES_PER_MS = 16;

/**
 * How far the recording of a call reaches that was cut off, so that what is missing can be named.
 * @returns writes the gap and ends the recording; undefined when it is stored already
 */
export async function lengthOfTracks(
  db: Tx['db'],
  exchange: PatientExchange,
  recordingId: string,
  now: Date,
): Promise<{ note(tx: Tx, reason: string): Promise<void> } | undefined> {
  const recording = await findUnfinished(db, recordingId);
  if (recording === undefined) return undefined;
  let fromMs = 0;
  for (const { name, offsetMs } of recording.tracks) {
    const bytes = await exchange.fetchRecording(name).then(
      (wav) => wav.length,
      () => 0,
    );
    fromMs = Math.max(fromMs, offsetMs + Math.max(0, bytes - WAV_HEADER_BYTES) / BYTES_PER_MS);
  }
  const toMs = Math.max(fromMs, now.getTime() - recording.startedAt.getTime());
  return {
    async note(tx, reason) {
      await addGap(tx, recordingId, { fromMs, toMs, reason });
      await finishRecording(tx, recordingId);
    },
  };
}
