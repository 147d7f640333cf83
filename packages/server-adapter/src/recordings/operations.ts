import type { contract } from '@callweave/sdk/protocol';
import type { Caller, Implementation } from '../http/operation.ts';
import { Problem } from '../problem.ts';
import {
  concernedAccounts,
  type LinkedInstruction,
  type RecordingArchive,
  type RecordingRow,
  toRecording,
} from './archive.ts';
import { parseRange } from './byte-range.ts';

/** One line in the listening log covers the many range requests of a player within this time. */
const LISTENING_MS = 60_000;

/** The contract's `recordings`: see a recording, listen to it (and be seen listening, G8). */
export function createRecordings(archive: RecordingArchive): Implementation<typeof contract.recordings> {
  const listened = new Map<string, number>();

  async function load(
    recordingId: string,
    caller: Caller,
  ): Promise<{ row: RecordingRow; linked: readonly LinkedInstruction[] }> {
    const { db } = archive.store;
    const row = await db.selectFrom('recordings').selectAll().where('id', '=', recordingId).executeTakeFirst();
    const linked = row ? await archive.links.instructionsOf(db, row.id) : [];
    // The same answer for what is not there and what is not theirs: ids cannot be probed.
    if (!row || !(await mayListen(caller, row, linked)))
      throw new Problem('not-found', `There is no recording ${recordingId}.`);
    return { row, linked };
  }

  async function mayListen(caller: Caller, row: RecordingRow, linked: readonly LinkedInstruction[]): Promise<boolean> {
    if (caller.roles.includes('supervisor') || caller.roles.includes('manager')) return true;
    return (await concernedAccounts(archive, archive.store.db, row, linked)).has(caller.accountId);
  }

  async function noteListening(caller: Caller, row: RecordingRow): Promise<void> {
    const key = `${caller.accountId} ${row.id}`;
    const now = Date.now();
    for (const [old, at] of listened) if (now - at > LISTENING_MS) listened.delete(old);
    if (listened.has(key)) return;
    await archive.store.write((tx) =>
      tx.record({
        actor: caller.accountId,
        action: 'recording.listened',
        subject: `recording:${row.id}`,
        data: { callId: row.call_id },
      }),
    );
    listened.set(key, now);
  }

  return {
    async get({ recordingId }, { caller }) {
      const { row, linked } = await load(recordingId, caller);
      return toRecording(row, linked);
    },

    async audio({ recordingId }, { caller, request }) {
      const { row } = await load(recordingId, caller);
      if (row.state === 'failed' || row.state === 'none')
        throw new Problem('not-found', 'There is no sound of this call; see the gaps of the recording.');
      if (row.state !== 'stored' || row.file === null)
        throw new Problem('recording-not-ready', 'The recording is still being stored.');
      const size = await archive.files.size(row.file);
      if (size === undefined)
        throw new Problem(
          'not-found',
          'The file of this recording is gone. `callweave evidence verify` tells since when.',
        );
      // Before the first byte: nobody hears anything that the log does not know of.
      await noteListening(caller, row);

      const headers = {
        'content-type': 'audio/wav',
        'accept-ranges': 'bytes',
        'cache-control': 'private, no-store',
        etag: `"${row.sha256}"`,
        'content-disposition': `inline; filename="${row.id}.wav"`,
      };
      const ifRange = request.headers.get('if-range');
      const range =
        ifRange === null || ifRange === headers.etag ? parseRange(request.headers.get('range'), size) : 'whole';
      if (range === 'unsatisfiable')
        return new Response(null, { status: 416, headers: { ...headers, 'content-range': `bytes */${size}` } });
      if (range === 'whole')
        return new Response(await archive.files.read(row.file), {
          headers: { ...headers, 'content-length': String(size) },
        });
      return new Response(await archive.files.read(row.file, range), {
        status: 206,
        headers: {
          ...headers,
          'content-length': String(range.end - range.start + 1),
          'content-range': `bytes ${range.start}-${range.end}/${size}`,
        },
      });
    },
  };
}
