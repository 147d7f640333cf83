import type { FaxShelf } from './store-fax.ts';

const DAY_MS = 86_400_000;

/** What has been in the bin for long enough is gone: first its row, so that nothing shown leads to a missing file. */
export async function emptyBin(shelf: FaxShelf, now: Date): Promise<number> {
  const { store, files, binDays } = shelf;
  const before = new Date(now.getTime() - binDays * DAY_MS).toISOString();
  const rows = await store.db
    .selectFrom('faxes')
    .select(['id', 'file', 'sha256'])
    .where('deleted_at', '<', before)
    .limit(500)
    .execute();
  for (const { id, file, sha256 } of rows) {
    const gone = await store.write(async (tx) => {
      // Restored in this very moment: it stays.
      const deleted = await tx.db
        .deleteFrom('faxes')
        .where('id', '=', id)
        .where('deleted_at', '<', before)
        .executeTakeFirst();
      if (Number(deleted.numDeletedRows) === 0) return false;
      await tx.record({ actor: 'system', action: 'fax.removed', subject: `fax:${id}`, data: { sha256 } });
      return true;
    });
    if (gone && file !== null) await files.delete(file);
  }
  return rows.length;
}
