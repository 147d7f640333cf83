export type { LinkedInstruction, RecordingArchive, RecordingLinks } from './archive.ts';
export type { TrackRole } from './assemble.ts';
export { createRecordings } from './operations.ts';
export { addGap, addTrack, finishRecording, type Gap, startRecording, type Track } from './recorder.ts';
export { publishRecording, storeRecording } from './store-recording.ts';
