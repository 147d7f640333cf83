export { endListening, type Listening, logListening, readListeningLog } from './listening-log.ts';
export { namesOf } from './names.ts';
