import { encryptedRecordings } from '../connectors/recordings/encrypted-recordings.ts';
import type { MasterKey } from '../connectors/recordings/file-keys.ts';
import { fileRecordings } from '../connectors/recordings/file-recordings.ts';
import type { RecordingStore } from '../connectors/recordings/recording-store.ts';
import type { Store } from '../store/store.ts';
import { storedKeyBook } from './key-book.ts';

/** The place of recordings as an integrator names it: a folder or a driver, encrypted when there are keys. */
export function recordingFiles(
  store: Store,
  place: string | RecordingStore,
  keys: readonly MasterKey[] | undefined,
): RecordingStore {
  const files = typeof place === 'string' ? fileRecordings(place) : place;
  return keys === undefined || keys.length === 0
    ? files
    : encryptedRecordings({ files, book: storedKeyBook(store), masterKeys: keys });
}
