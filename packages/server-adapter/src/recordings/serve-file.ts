import { AlteredFileError } from '../connectors/recordings/recording-store.ts';
import { Problem } from '../problem.ts';
import type { RecordingArchive, RecordingRow } from './archive.ts';
import { parseRange } from './byte-range.ts';

/** A stored sound: a recording, or a message in a voicemail box. */
export type StoredSound = Pick<RecordingRow, 'id' | 'state' | 'file' | 'sha256'>;

/** Rejects a recording of which there is nothing to hear, and says why. */
export function assertStored<Row extends StoredSound>(row: Row): asserts row is Row & { file: string } {
  if (row.state === 'expired')
    throw new Problem('recording-expired', 'This recording was deleted at the end of its retention.');
  if (row.state === 'failed' || row.state === 'none')
    throw new Problem('not-found', 'There is no sound of this call; see the gaps of the recording.');
  if (row.state !== 'stored' || row.file === null)
    throw new Problem('recording-not-ready', 'The recording is still being stored.');
}

export interface Serving {
  readonly disposition: 'inline' | 'attachment';
  /** Runs before the first byte: nobody hears anything that the log does not know of. */
  note(part: 'beginning' | 'later'): Promise<void>;
}

/** Answers with the sound, or with the part of it that the request asks for; only that part is read. */
export async function serveFile(
  archive: Pick<RecordingArchive, 'files'>,
  row: StoredSound,
  request: Request,
  { disposition, note }: Serving,
): Promise<Response> {
  assertStored(row);
  const { file } = row;
  const altered = (error: unknown): never => {
    if (error instanceof AlteredFileError)
      throw new Problem('recording-altered', 'The stored file was changed.', { cause: error });
    throw error;
  };
  const size = await archive.files.size(file).catch(altered);
  if (size === undefined)
    throw new Problem('not-found', 'The file of this recording is gone. `callweave evidence verify` tells since when.');
  const headers = {
    'content-type': 'audio/wav',
    'accept-ranges': 'bytes',
    'cache-control': 'private, no-store',
    etag: `"${row.sha256}"`,
    'content-disposition': `${disposition}; filename="${row.id}.wav"`,
  };
  const ifRange = request.headers.get('if-range');
  const range = ifRange === null || ifRange === headers.etag ? parseRange(request.headers.get('range'), size) : 'whole';
  if (range === 'unsatisfiable')
    return new Response(null, { status: 416, headers: { ...headers, 'content-range': `bytes */${size}` } });
  const from = range === 'whole' ? 0 : range.start;
  const length = range === 'whole' ? size : range.end - range.start + 1;
  const status = range === 'whole' ? 200 : 206;
  const answered = {
    ...headers,
    'content-length': String(length),
    ...(range === 'whole' ? {} : { 'content-range': `bytes ${range.start}-${range.end}/${size}` }),
  };
  // A stream that nobody reads would keep its file open.
  if (request.method === 'HEAD') return new Response(null, { status, headers: answered });
  await note(from === 0 ? 'beginning' : 'later');
  const body = await archive.files.read(file, range === 'whole' ? undefined : range).catch(altered);
  return new Response(body, { status, headers: answered });
}
