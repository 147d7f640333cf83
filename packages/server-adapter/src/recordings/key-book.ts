import type { FileKeyBook, KeyRing, WrappedKey } from '../connectors/recordings/file-keys.ts';
import type { Store, Tx } from '../store/store.ts';

const PAGE = 500;

/** Wrapped keys in the store. */
export function storedKeyBook(store: Store): FileKeyBook {
  return {
    async add({ id, file, masterKey, wrapped }) {
      await store.write((tx) =>
        tx.db
          .insertInto('file_keys')
          .values({ id, file, master_key: masterKey, wrapped, created_at: tx.now.toISOString() })
          .execute(),
      );
    },
    async find(id) {
      const row = await store.db.selectFrom('file_keys').selectAll().where('id', '=', id).executeTakeFirst();
      return row === undefined ? undefined : toEntry(row);
    },
    async knows(file) {
      const row = await store.db.selectFrom('file_keys').select('id').where('file', '=', file).executeTakeFirst();
      return row !== undefined;
    },
    async forget(file, but) {
      await store.write((tx) => {
        const query = tx.db.deleteFrom('file_keys').where('file', '=', file);
        return (but === undefined ? query : query.where('id', '!=', but)).execute();
      });
    },
  };
}

/**
 * Wraps every data key under the current master key. The files are not touched. Each page is one write, so it can be
 * broken off and taken up again, also while the adapter serves.
 * @returns how many were wrapped anew
 */
export async function rotateKeys(
  store: Store,
  ring: KeyRing,
  onPage: (done: number) => void = () => {},
): Promise<number> {
  let done = 0;
  for (;;) {
    const rows = await store.db
      .selectFrom('file_keys')
      .selectAll()
      .where('master_key', '!=', ring.current)
      .orderBy('id')
      .limit(PAGE)
      .execute();
    if (rows.length === 0) break;
    const renewed = rows.map((row) => ring.rewrap(toEntry(row)));
    await store.write(async (tx) => {
      for (const entry of renewed) await replace(tx, entry);
    });
    done += rows.length;
    onPage(done);
  }
  if (done > 0)
    await store.write((tx) =>
      tx.record({
        actor: 'system',
        action: 'recording.keys-rotated',
        subject: 'recordings',
        data: { masterKey: ring.current, files: done },
      }),
    );
  return done;
}

/** A file that is being stored anew has another key by now: its old entry may be gone, and stays so. */
async function replace(tx: Tx, { id, masterKey, wrapped }: WrappedKey): Promise<void> {
  await tx.db.updateTable('file_keys').set({ master_key: masterKey, wrapped }).where('id', '=', id).execute();
}

const toEntry = (row: { id: string; file: string; master_key: string; wrapped: string }): WrappedKey => ({
  id: row.id,
  file: row.file,
  masterKey: row.master_key,
  wrapped: row.wrapped,
});
