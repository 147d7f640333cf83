import type { StoreTrouble } from '@callweave/sdk/protocol';
import type { RecordingArchive } from './archive.ts';
import { publishRecording } from './store-recording.ts';

const FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);
const READ_ONLY = new Set(['EROFS', 'EACCES', 'EPERM']);

/** What keeps a file from being stored, in the words of the desk. */
export function troubleOf(error: unknown): StoreTrouble {
  const code = String((error as { code?: unknown } | null)?.code ?? '');
  if (FULL.has(code)) return 'store-full';
  return READ_ONLY.has(code) || code === 'AccessDenied' ? 'store-read-only' : 'store-away';
}

/** Tells everyone whom a recording concerns that it waits, and why; once for each kind of trouble. */
export async function noteTrouble(archive: RecordingArchive, recordingId: string, error: unknown): Promise<void> {
  const waiting = troubleOf(error);
  await archive.store.write(async (tx) => {
    const { numUpdatedRows } = await tx.db
      .updateTable('recordings')
      .set({ waiting })
      .where('id', '=', recordingId)
      .where('state', '=', 'storing')
      .where((eb) => eb.or([eb('waiting', 'is', null), eb('waiting', '!=', waiting)]))
      .executeTakeFirst();
    if (numUpdatedRows > 0n) await publishRecording(archive, tx, recordingId);
  });
}
