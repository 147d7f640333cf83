import type { VoicemailShelf } from './shelf.ts';

const DAY_MS = 86_400_000;

/** What has been in the bin for long enough is gone: first its row, so that nothing shown leads to a missing file. */
export async function emptyBin(shelf: VoicemailShelf, now: Date): Promise<number> {
  const { store, files, policy } = shelf;
  const before = new Date(now.getTime() - policy.binDays * DAY_MS).toISOString();
  const rows = await store.db
    .selectFrom('voicemail_messages')
    .select(['id', 'file', 'sha256'])
    .where('deleted_at', '<', before)
    .limit(500)
    .execute();
  for (const { id, file, sha256 } of rows) {
    const gone = await store.write(async (tx) => {
      // Restored in this very moment: it stays.
      const deleted = await tx.db
        .deleteFrom('voicemail_messages')
        .where('id', '=', id)
        .where('deleted_at', '<', before)
        .executeTakeFirst();
      if (Number(deleted.numDeletedRows) === 0) return false;
      await tx.record({ actor: 'system', action: 'voicemail.removed', subject: `voicemail:${id}`, data: { sha256 } });
      return true;
    });
    if (gone && file !== null) await files.delete(file);
  }
  return rows.length;
}
