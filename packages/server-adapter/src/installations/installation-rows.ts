import type { Checklist, ChecklistItem, Installation } from '@callweave/sdk/protocol';
import type { Database } from '../store/schema.ts';
import type { Audience, Store, Tx } from '../store/store.ts';
import { readRecord } from './sealed-record.ts';
import { type DeviceFacts, wordingsOf } from './wording.ts';

type Db = Store['db'];

export type ChecklistRow = Database['checklists'];
export type InstallationRow = Database['installations'];
/** With the checklist that it goes by. */
export type WholeInstallation = InstallationRow & Pick<ChecklistRow, 'version' | 'items'>;

export function toChecklist(row: ChecklistRow): Checklist {
  return {
    id: row.id,
    typeId: row.type_id,
    version: row.version,
    state: row.state,
    items: itemsOf(row),
    revision: row.revision,
    updatedAt: row.updated_at,
    publishedAt: row.published_at,
  };
}

export const itemsOf = (row: Pick<ChecklistRow, 'items'>): ChecklistItem[] => JSON.parse(row.items) as ChecklistItem[];

export const wholeInstallations = (db: Db) =>
  db
    .selectFrom('installations')
    .innerJoin('checklists', 'checklists.id', 'installations.checklist_id')
    .selectAll('installations')
    .select(['checklists.version', 'checklists.items']);

export async function findInstallation(db: Db, id: string): Promise<WholeInstallation | undefined> {
  return wholeInstallations(db).where('installations.id', '=', id).executeTakeFirst();
}

export type AccountNames = (db: Db, ids: readonly string[]) => Promise<ReadonlyMap<string, string>>;

export async function toInstallations(
  db: Db,
  rows: readonly WholeInstallation[],
  accountNames: AccountNames,
): Promise<Installation[]> {
  const names = await accountNames(db, [...new Set(rows.map((row) => row.prepared_by))]);
  return rows.map((row) => {
    const device = JSON.parse(row.device) as DeviceFacts;
    const items = itemsOf(row);
    const record = readRecord(row.record);
    const content = { device, version: row.version, items, installedOn: row.installed_on, notes: row.notes };
    return {
      id: row.id,
      deviceId: row.device_id,
      customerId: row.customer_id,
      state: row.state,
      device,
      checklist: { id: row.checklist_id, version: row.version, items },
      installedOn: row.installed_on,
      notes: row.notes,
      revision: row.revision,
      wordings: wordingsOf(content),
      preparedAt: row.prepared_at,
      preparedBy: { id: row.prepared_by, name: names.get(row.prepared_by) ?? '' },
      confirmed:
        record === undefined
          ? null
          : {
              at: record.at,
              by: { id: record.accountId, name: record.accountName },
              locale: record.locale,
              text: record.text,
              code: record.code,
            },
    };
  });
}

const STAFF: Audience = ['role:technician', 'role:manager', 'role:supervisor'];

/** Tells the buyer and the house of the whole new state. */
export async function publishInstallation(tx: Tx, id: string, accountNames: AccountNames): Promise<Installation> {
  const row = await findInstallation(tx.db, id);
  if (row === undefined) throw new Error(`installation ${id} is not there`);
  const [installation] = await toInstallations(tx.db, [row], accountNames);
  if (installation === undefined) throw new Error(`installation ${id} cannot be shown`);
  await tx.publish({ type: 'installation', data: installation }, [...STAFF, `customer:${row.customer_id}`]);
  return installation;
}
