export type { LinkedInstruction, RecordingArchive, RecordingLinks } from './archive.ts';
export type { TrackRole } from './assemble.ts';
export { recordingFiles } from './files.ts';
export { rotateKeys } from './key-book.ts';
export { createRecordings } from './operations.ts';
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
export { publishRecording, storeRecording } from './store-recording.ts';
export { type StoredRecording, storedRecordings } from './stored-recordings.ts';
