export type { LinkedInstruction, RecordingArchive, RecordingLinks } from './archive.ts';
export type { TrackRole } from './assemble.ts';
export { createRecordingsDomain } from './domain.ts';
export { expireKeptFiles, type Retention } from './expire-kept-files.ts';
export { recordingFiles } from './files.ts';
export { rotateKeys } from './key-book.ts';
export {
  addGap,
  addTrack,
  findUnfinished,
  finishRecording,
  type Gap,
  setRecordingState,
  startRecording,
  storedTracks,
  type Track,
  type UnfinishedRecording,
  unfinishedRecordings,
} from './recorder.ts';
export { type RetentionClock, retentionClock } from './retention-clock.ts';
export {
  checkRetention,
  DEFAULT_RETENTION,
  endOfRetention,
  type KeepFor,
  newestThatMayEnd,
  type RetentionPolicies,
  type RetentionPolicy,
} from './retention-policy.ts';
export { assertStored, type StoredSound, serveFile } from './serve-file.ts';
export { soundLengthMs } from './sound-length.ts';
export { publishRecording, storeRecording } from './store-recording.ts';
export { noteTrouble } from './store-trouble.ts';
export { type StoredRecording, storedRecordings } from './stored-recordings.ts';
