/** Bytes `start` to `end`, both included, as HTTP counts them. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/**
 * What is to be kept: bytes, or where they can be read from, when they are too many for the memory. `open` is called again
 * when a driver has to begin anew, and gives the same bytes each time.
 */
export type FileContent = Uint8Array | SizedContent;

export interface SizedContent {
  readonly size: number;
  open(): AsyncIterable<Uint8Array>;
}

export function asSized(content: FileContent): SizedContent {
  if (!(content instanceof Uint8Array)) return content;
  return {
    size: content.length,
    async *open() {
      yield content;
    },
  };
}

/** The stored bytes are not those that were put: changed, cut short, or put in another's place. */
export class AlteredFileError extends Error {
  override readonly name = 'AlteredFileError';
}

/**
 * Where finished recordings are kept, and voicemail and faxes with them. Keys are made by {@link fileKey}; a driver refuses
 * any other form, so that no key can lead out of its place. A file is there whole or not at all.
 */
export interface RecordingStore {
  /** Durable when it resolves. Writing a key again replaces the file. */
  put(key: string, content: FileContent): Promise<void>;
  /** Size in bytes, or undefined when there is no such file. */
  size(key: string): Promise<number | undefined>;
  /** The file, or a part of it. Rejects when there is none. */
  read(key: string, range?: ByteRange): Promise<ReadableStream<Uint8Array>>;
  /** Deleting what is not there is harmless. */
  delete(key: string): Promise<void>;
}

/** What is kept here, and the form in which. A recording's key has no prefix: those were here first. */
const KINDS = {
  recording: { folder: '', extensions: ['wav'] },
  voicemail: { folder: 'voicemail/', extensions: ['wav'] },
  fax: { folder: 'fax/', extensions: ['tiff', 'pdf', 'png'] },
  attachment: { folder: 'attachment/', extensions: ['jpg', 'png', 'gif', 'webp', 'pdf', 'txt', 'mp4', 'webm'] },
} as const;

export type FileKind = keyof typeof KINDS;
export type FileExtension<Kind extends FileKind> = (typeof KINDS)[Kind]['extensions'][number];

const FORMS = Object.values(KINDS).map(
  ({ folder, extensions }) =>
    new RegExp(`^${folder}[a-z0-9]{2}/[a-z0-9]{2}/[A-Za-z0-9_-]{1,64}\\.(${extensions.join('|')})$`),
);

export function assertFileKey(key: string): void {
  if (!FORMS.some((form) => form.test(key)))
    throw new Error(`"${key}" is not a key of a stored file; make it with fileKey().`);
}

/**
 * Sharded by the random end of the id: its beginning is time, and would put a day's files into one folder. Several files
 * of one thing (the pages of a fax) have ids of their own, `ID-1`, `ID-2`.
 */
export function fileKey<Kind extends FileKind>(kind: Kind, id: string, extension?: FileExtension<Kind>): string {
  const { folder, extensions } = KINDS[kind];
  const tail = id
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .slice(-4)
    .padStart(4, '0');
  return `${folder}${tail.slice(0, 2)}/${tail.slice(2)}/${id}.${extension ?? extensions[0]}`;
}
