import type { Selectable } from 'kysely';
import type { RecordingStore } from '../connectors/recordings/recording-store.ts';
import type { Database } from '../store/schema.ts';
import type { Store, Tx } from '../store/store.ts';
import type { RetentionClock } from './retention-clock.ts';
import { endOfRetention, type KeepFor, newestThatMayEnd } from './retention-policy.ts';

const PAGE = 200;

export interface Retention {
  readonly keep: KeepFor;
  /** As of when it is decided what is over. */
  readonly asOf: RetentionClock;
  /** What is stopped goes on at the next run. */
  readonly stopped?: () => boolean;
}

/** Tables of things that have one file each, and come to an end: `id`, `state`, `file`, `sha256`, `started_at`. */
type KeptTable = 'faxes' | 'voicemail_messages';

export interface KeptFiles<Table extends KeptTable> {
  readonly store: Store;
  readonly files: Pick<RecordingStore, 'delete'>;
  readonly table: Table;
  /** As subjects and actions of the ledger name it: `fax`. */
  readonly kind: string;
  /** In which there is a file that is complete. */
  readonly states: readonly string[];
  /** When its time began to run. */
  readonly endedAt: (row: Selectable<Database[Table]>) => Date;
  readonly publish: (tx: Tx, id: string) => Promise<unknown>;
  readonly onError: (message: string, error: unknown) => void;
}

/**
 * Ends what has been kept for its time: the file goes, the row and a line of the ledger stay. Decided in one write each,
 * deleted after it, so that nothing shown leads to a missing file and nothing is forgotten when the disk cannot be written.
 *
 * @returns how many
 */
export async function expireKeptFiles<Table extends KeptTable>(
  kept: KeptFiles<Table>,
  { keep, asOf, stopped = () => false }: Retention,
): Promise<number> {
  const { store, states, kind } = kept;
  const table = sharedColumns(kept.table);
  const now = await asOf();
  const newest = newestThatMayEnd(now, { [kind]: keep });
  let ended = 0;
  for (let after = ''; newest !== undefined && !stopped(); ) {
    const rows = await store.db
      .selectFrom(table)
      .select('id')
      .where('state', 'in', states)
      .where('file', 'is not', null)
      .where('started_at', '<=', newest.toISOString())
      .where('id', '>', after)
      .orderBy('id')
      .limit(PAGE)
      .execute();
    const last = rows.at(-1);
    if (last === undefined) break;
    after = last.id;
    for (const { id } of rows) if (!stopped() && (await decide(kept, id, keep, now))) ended += 1;
  }
  await deleteDecided(kept, stopped);
  return ended;
}

function decide<Table extends KeptTable>(kept: KeptFiles<Table>, id: string, keep: KeepFor, now: Date) {
  const { store, states, kind, endedAt, publish } = kept;
  const table = sharedColumns(kept.table);
  return store.write(async (tx) => {
    const row = await tx.db
      .selectFrom(table)
      .selectAll()
      .where('id', '=', id)
      .where('state', 'in', states)
      .executeTakeFirst();
    if (row === undefined) return false;
    const end = endOfRetention(endedAt(row as unknown as Selectable<Database[Table]>), keep);
    if (end === undefined || end > now) return false;
    await tx.db.updateTable(table).set({ state: 'expired' }).where('id', '=', id).execute();
    await tx.record({
      actor: 'system',
      action: `${kind}.expired`,
      subject: `${kind}:${id}`,
      data: { keptUntil: end.toISOString(), sha256: row.sha256 },
    });
    await publish(tx, id);
    return true;
  });
}

/** Also what an earlier run decided and did not get to. */
async function deleteDecided<Table extends KeptTable>(kept: KeptFiles<Table>, stopped: () => boolean): Promise<void> {
  const { store, files, kind, onError } = kept;
  const table = sharedColumns(kept.table);
  const rows = await store.db
    .selectFrom(table)
    .select(['id', 'file'])
    .where('state', '=', 'expired')
    .where('file', 'is not', null)
    .orderBy('id')
    .execute();
  for (const { id, file } of rows) {
    if (stopped()) return;
    try {
      await files.delete(file ?? '');
      await store.write((tx) => tx.db.updateTable(table).set({ file: null }).where('id', '=', id).execute());
    } catch (error) {
      onError(`The file of ${kind} ${id} was not deleted at the end of its time; it is tried again.`, error);
    }
  }
}

/** What is asked of a table here, all of them have: a union of tables is more than the query builder's types can follow. */
const sharedColumns = (table: KeptTable): 'faxes' => table as 'faxes';
