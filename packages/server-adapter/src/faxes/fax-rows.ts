import type { CustomerSummary, Fax } from '@callweave/sdk/protocol';
import type { Kysely } from 'kysely';
import { customerSummaries } from '../customers/index.ts';
import type { Database } from '../store/schema.ts';
import type { Tx } from '../store/store.ts';

export type FaxRow = Database['faxes'];

const DAY_MS = 86_400_000;

/** Faxes as pages see them. One query for all customers. */
export async function toFaxes(db: Kysely<Database>, rows: readonly FaxRow[], binDays: number): Promise<Fax[]> {
  const ids = rows.flatMap((row) => [...(row.customer_id === null ? [] : [row.customer_id]), ...candidatesOf(row)]);
  const customers = await customerSummaries(db, ids);
  return rows.map((row) => toFax(row, customers, binDays));
}

function toFax(row: FaxRow, customers: ReadonlyMap<string, CustomerSummary>, binDays: number): Fax {
  return {
    id: row.id,
    state: row.state as Fax['state'],
    source: row.source as Fax['source'],
    from: row.caller_number,
    stationId: row.station_id,
    to: row.called_number,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    format: row.format as Fax['format'],
    pages: row.pages,
    damagedLines: row.damaged_lines,
    failure: row.failure as Fax['failure'],
    failureDetail: row.failure_detail,
    customer: (row.customer_id === null ? undefined : customers.get(row.customer_id)) ?? null,
    candidates: row.customer_id === null ? candidatesOf(row).flatMap((id) => customers.get(id) ?? []) : [],
    readAt: row.read_at,
    note: row.note,
    sha256: row.sha256,
    deletedAt: row.deleted_at,
    binnedUntil: row.deleted_at === null ? null : new Date(Date.parse(row.deleted_at) + binDays * DAY_MS).toISOString(),
  };
}

function candidatesOf(row: FaxRow): string[] {
  return JSON.parse(row.candidates) as string[];
}

export async function findFax(db: Kysely<Database>, id: string): Promise<FaxRow | undefined> {
  return db.selectFrom('faxes').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Changes a fax and tells everyone's page: the box is the whole office's. */
export async function changeFax(tx: Tx, id: string, change: Partial<FaxRow>, binDays: number): Promise<Fax> {
  await tx.db.updateTable('faxes').set(change).where('id', '=', id).execute();
  return publishFax(tx, id, binDays);
}

export async function publishFax(tx: Tx, id: string, binDays: number): Promise<Fax> {
  const row = await tx.db.selectFrom('faxes').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  const [fax] = (await toFaxes(tx.db, [row], binDays)) as [Fax];
  await tx.publish({ type: 'fax', data: fax }, ['role:agent', 'role:supervisor', 'role:manager']);
  return fax;
}
