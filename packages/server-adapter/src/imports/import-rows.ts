import type { Import, ImportFault, ImportKindName, ImportState } from '@callweave/sdk/protocol';
import { Problem } from '../problem.ts';
import type { Database } from '../store/schema.ts';
import type { Store, Tx } from '../store/store.ts';

export type ImportRow = Database['imports'];
type Db = Store['db'];

/** Faults beyond these are only counted: a file in another form has one for each line. */
const MOST_FAULTS = 1000;
const AUDIENCE = ['role:manager'] as const;

export function toImport(row: ImportRow): Import {
  return {
    id: row.id,
    kind: row.kind as ImportKindName,
    fileName: row.file_name,
    state: row.state as ImportState,
    rows: row.rows_count,
    checked: row.checked,
    applied: row.applied,
    faults: JSON.parse(row.faults) as ImportFault[],
    faultCount: row.fault_count,
    preview: JSON.parse(row.preview) as Import['preview'],
    createdBy: row.created_by,
    createdAt: row.created_at,
    endedAt: row.ended_at,
  };
}

export const findImport = (db: Db, importId: string): Promise<ImportRow | undefined> =>
  db.selectFrom('imports').selectAll().where('id', '=', importId).executeTakeFirst();

export async function requireImport(db: Db, importId: string): Promise<ImportRow> {
  const row = await findImport(db, importId);
  if (row === undefined) throw new Problem('not-found', `There is no import ${importId}.`);
  return row;
}

/** The file as far as it has come. */
export async function fileOf(db: Db, importId: string): Promise<string> {
  const parts = await db
    .selectFrom('import_parts')
    .select('csv')
    .where('import_id', '=', importId)
    .orderBy('part')
    .execute();
  return parts.map(({ csv }) => csv).join('');
}

/** Writes a step of an import and tells managers' pages. When it ends, the file is forgotten: it holds personal data. */
export async function step(tx: Tx, before: ImportRow, set: Partial<ImportRow>): Promise<ImportRow> {
  const ended = set.state === 'applied' || set.state === 'aborted';
  const all: Partial<ImportRow> = ended ? { ...set, preview: '[]', ended_at: tx.now.toISOString() } : set;
  await tx.db.updateTable('imports').set(all).where('id', '=', before.id).execute();
  if (ended) await tx.db.deleteFrom('import_parts').where('import_id', '=', before.id).execute();
  return announce(tx, { ...before, ...all });
}

export async function announce(tx: Tx, row: ImportRow): Promise<ImportRow> {
  await tx.publish({ type: 'import', data: toImport(row) }, AUDIENCE);
  return row;
}

export const faultColumns = (faults: readonly ImportFault[]): Pick<ImportRow, 'faults' | 'fault_count'> => ({
  faults: JSON.stringify(faults.slice(0, MOST_FAULTS)),
  fault_count: faults.length,
});
