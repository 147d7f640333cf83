import { createHash } from 'node:crypto';
import type { LedgerEntry } from '@callweave/sdk/protocol';
import { canonicalJson } from '../canonical-json.ts';
import type { RecordingStore } from '../connectors/recordings/recording-store.ts';
import type { Gap, StoredRecording } from '../recordings/index.ts';
import type { Check } from './order-checks.ts';

/** What an instruction says of its recording. */
export interface RecordedMoment {
  readonly callId: string;
  readonly recordingId: string | null;
  readonly offsetMs: number | null;
}

/** The call was recorded, the file is the one that was sealed, and the read-back is in it. */
export async function checkRecording(
  moment: RecordedMoment,
  recording: StoredRecording | undefined,
  files: RecordingStore,
  lines: readonly LedgerEntry[],
): Promise<Check[]> {
  const { recordingId, callId, offsetMs } = moment;
  const subject = `recording:${recordingId}`;
  const started = lines.find((line) => line.subject === subject && line.action === 'recording.started');
  const call = (ok: boolean, detail: string): Check => ({ name: 'call-recorded', ok, detail });
  const file = (ok: boolean, detail: string): Check => ({ name: 'recording-file', ok, detail });
  if (recordingId === null || offsetMs === null) return [call(false, 'the instruction names no recording')];
  if (!recording) return [call(false, `recording ${recordingId} is missing`)];
  if (!started) return [call(false, `no entry says that recording ${recordingId} was started`)];
  if (started.data['callId'] !== callId || recording.callId !== callId)
    return [call(false, `recording ${recordingId} belongs to another call than ${callId}`)];
  const recorded = call(true, `call ${callId} was recorded from entry ${started.seq}`);

  const stored = lines.filter((line) => line.subject === subject && line.action === 'recording.stored').at(-1);
  if (recording.state === 'recording' || recording.state === 'paused' || recording.state === 'storing')
    return [recorded, file(false, `recording ${recordingId} is not stored yet; verify again after the call`)];
  const expired = lines.find((line) => line.subject === subject && line.action === 'recording.expired');
  if (recording.state === 'expired' && expired)
    return [
      recorded,
      file(false, `recording ${recordingId} was deleted at the end of its retention, in entry ${expired.seq}`),
    ];
  if (!stored) return [recorded, file(false, `no entry says that recording ${recordingId} was stored`)];
  const sealed = stored.data;
  const { sha256: rowSha256, durationMs, startedAt, gaps: rowGaps } = recording;
  const asSealed = {
    state: 'stored',
    sha256: sealed['sha256'],
    callId: sealed['callId'],
    durationMs: sealed['durationMs'],
    startedAt: sealed['startedAt'],
    gaps: sealed['gaps'],
  };
  const asStored = { state: recording.state, sha256: rowSha256, callId, durationMs, startedAt, gaps: parsed(rowGaps) };
  if (canonicalJson(asSealed) !== canonicalJson(asStored) || started.data['startedAt'] !== startedAt) {
    return [recorded, file(false, `recording ${recordingId} differs from what entry ${stored.seq} sealed`)];
  }
  let sha256: string | undefined;
  try {
    sha256 = recording.file === null ? undefined : await sha256Of(files, recording.file);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return [recorded, file(false, `the file of recording ${recordingId} does not open: ${why}`)];
  }
  if (sha256 === undefined) return [recorded, file(false, `the file of recording ${recordingId} is missing`)];
  if (sha256 !== recording.sha256)
    return [
      recorded,
      file(
        false,
        `the file of recording ${recordingId} has SHA-256 ${sha256}, and ${recording.sha256} was sealed in entry ${stored.seq}`,
      ),
    ];
  const gaps = (Array.isArray(sealed['gaps']) ? sealed['gaps'] : []) as Gap[];
  const gap = gaps.find(({ fromMs, toMs }) => fromMs <= offsetMs && offsetMs < toMs);
  if (gap)
    return [recorded, file(false, `the read-back at ${offsetMs} ms falls into a gap of the recording (${gap.reason})`)];
  if (offsetMs > recording.durationMs)
    return [
      recorded,
      file(false, `the read-back at ${offsetMs} ms lies behind the end of the recording at ${recording.durationMs} ms`),
    ];
  return [recorded, file(true, `SHA-256 ${sha256}, as sealed in entry ${stored.seq}`)];
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return json;
  }
}

async function sha256Of(files: RecordingStore, key: string): Promise<string | undefined> {
  if ((await files.size(key)) === undefined) return undefined;
  const hash = createHash('sha256');
  for await (const part of await files.read(key)) hash.update(part);
  return hash.digest('hex');
}
