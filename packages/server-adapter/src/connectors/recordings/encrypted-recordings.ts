import { bytesOf, streamOf } from '../../byte-stream.ts';
import { createKeyRing, type FileKeyBook, type KeyRing, type MasterKey } from './file-keys.ts';
import { AlteredFileError, asSized, assertFileKey, type ByteRange, type RecordingStore } from './recording-store.ts';
import { assertHead, chunksOf, HEAD_SIZE, type Head, parseHead, seal, unseal } from './sealed-file.ts';

export interface EncryptedRecordingsOptions {
  /** Where the encrypted files go. */
  readonly files: RecordingStore;
  readonly book: FileKeyBook;
  /** The first wraps new files; the others open older ones. */
  readonly masterKeys: readonly MasterKey[] | KeyRing;
}

/**
 * Any store, encrypted: each file under a data key of its own, which the key book holds wrapped under a master key. Files
 * that were stored before keys were given are read as they are; one whose key is in the book must be encrypted.
 */
export function encryptedRecordings({ files, book, masterKeys }: EncryptedRecordingsOptions): RecordingStore {
  const ring = 'unwrap' in masterKeys ? masterKeys : createKeyRing(masterKeys);

  /** @returns undefined for a file that is not encrypted, and need not be */
  async function open(key: string, stored: number): Promise<{ head: Head; dataKey: Buffer } | undefined> {
    const head =
      stored < HEAD_SIZE
        ? undefined
        : parseHead(await bytesOf(await files.read(key, { start: 0, end: HEAD_SIZE - 1 })));
    if (head === undefined) {
      if (await book.knows(key)) throw new AlteredFileError(`${key} ought to be encrypted, and is not.`);
      return undefined;
    }
    const entry = await book.find(head.keyId);
    if (entry === undefined || entry.file !== key)
      throw new AlteredFileError(`${key} is encrypted with a key that does not belong to it.`);
    const dataKey = ring.unwrap(entry);
    assertHead(head, dataKey, stored);
    return { head, dataKey };
  }

  return {
    async put(key, content) {
      assertFileKey(key);
      const { dataKey, entry } = ring.issue(key);
      // The key first: a crash between leaves a key too many, never a file that nobody can open.
      await book.add(entry);
      await files.put(key, seal(asSized(content), entry.id, dataKey));
      await book.forget(key, entry.id);
    },

    async size(key) {
      const stored = await files.size(key);
      return stored === undefined ? undefined : ((await open(key, stored))?.head.plainSize ?? stored);
    },

    async read(key, range) {
      const stored = await files.size(key);
      if (stored === undefined) throw new Error(`There is no file ${key}.`);
      const opened = await open(key, stored);
      if (opened === undefined) return files.read(key, range);
      const { head, dataKey } = opened;
      const wanted: ByteRange = range ?? { start: 0, end: head.plainSize - 1 };
      const chunks = chunksOf(head, wanted);
      if (chunks === undefined) return streamOf(nothing());
      const sealed = await files.read(key, chunks.stored);
      return streamOf(unseal(head, dataKey, sealed, chunks.first, wanted));
    },

    async delete(key) {
      await files.delete(key);
      // After the file: whatever copy of it is left somewhere is noise from here on.
      await book.forget(key);
    },
  };
}

async function* nothing(): AsyncGenerator<Uint8Array> {}
