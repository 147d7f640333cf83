/** Bytes `start` to `end`, both included, as HTTP counts them. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/**
 * Where finished recordings are kept. Keys are made by {@link recordingKey}; a driver refuses any other form, so that no
 * key can lead out of its place. A file is there whole or not at all.
 */
export interface RecordingStore {
  /** Durable when it resolves. Writing a key again replaces the file. */
  put(key: string, bytes: Uint8Array): Promise<void>;
  /** Size in bytes, or undefined when there is no such file. */
  size(key: string): Promise<number | undefined>;
  /** The file, or a part of it. Rejects when there is none. */
  read(key: string, range?: ByteRange): Promise<ReadableStream<Uint8Array>>;
  /** Deleting what is not there is harmless. */
  delete(key: string): Promise<void>;
}

const KEY = /^[a-z0-9]{2}\/[a-z0-9]{2}\/[A-Za-z0-9_-]{1,64}\.wav$/;

export function assertRecordingKey(key: string): void {
  if (!KEY.test(key)) throw new Error(`"${key}" is not a key of a recording; make it with recordingKey().`);
}

/** Sharded by the random end of the id: its beginning is time, and would put a day's recordings into one folder. */
export function recordingKey(recordingId: string): string {
  const tail = recordingId
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .slice(-4)
    .padStart(4, '0');
  return `${tail.slice(0, 2)}/${tail.slice(2)}/${recordingId}.wav`;
}
