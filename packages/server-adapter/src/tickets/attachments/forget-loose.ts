import type { Clock } from '../../clock.ts';
import type { RecordingStore } from '../../connectors/recordings/recording-store.ts';
import type { Store } from '../../store/store.ts';

const DAY_MS = 86_400_000;
const BATCH = 100;

/** Removes files that were uploaded a day ago and sent with no message. */
export async function forgetLoose(store: Store, files: RecordingStore, clock: Clock): Promise<void> {
  const before = new Date(clock.now().getTime() - DAY_MS).toISOString();
  for (;;) {
    const rows = await store.db
      .selectFrom('ticket_attachments')
      .select(['id', 'file'])
      .where('entry_id', 'is', null)
      .where('created_at', '<', before)
      .limit(BATCH)
      .execute();
    if (rows.length === 0) return;
    const gone = await store.write(async (tx) => {
      // One that is sent at this moment stays.
      const removed = await tx.db
        .deleteFrom('ticket_attachments')
        .where(
          'id',
          'in',
          rows.map(({ id }) => id),
        )
        .where('entry_id', 'is', null)
        .returning('file')
        .execute();
      return removed.flatMap(({ file }) => file ?? []);
    });
    for (const file of gone) await files.delete(file);
  }
}
