import type { Kysely, Selectable } from 'kysely';
import type { Database } from '../store/schema.ts';

export type Db = Kysely<Database>;
export type ProjectRow = Selectable<Database['projects']>;
export type NumberRow = Selectable<Database['fictitious_numbers']>;
export type FieldCallerRow = Selectable<Database['field_callers']>;
export type PairingRow = Selectable<Database['pairings']>;
export type FieldCallRow = Selectable<Database['field_calls']>;
export type CaseRow = Selectable<Database['callback_cases']>;

export async function findProject(db: Db, id: string): Promise<ProjectRow | undefined> {
  return db.selectFrom('projects').selectAll().where('id', '=', id).executeTakeFirst();
}

export async function findNumber(db: Db, id: string): Promise<NumberRow | undefined> {
  return db.selectFrom('fictitious_numbers').selectAll().where('id', '=', id).executeTakeFirst();
}

export async function findFieldCaller(db: Db, id: string): Promise<FieldCallerRow | undefined> {
  return db.selectFrom('field_callers').selectAll().where('id', '=', id).executeTakeFirst();
}

export async function findPairing(db: Db, id: string): Promise<PairingRow | undefined> {
  return db.selectFrom('pairings').selectAll().where('id', '=', id).executeTakeFirst();
}

/** The field caller to whom an account belongs. */
export async function fieldCallerOfAccount(db: Db, accountId: string): Promise<FieldCallerRow | undefined> {
  return db
    .selectFrom('field_callers')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('active', '=', 1)
    .executeTakeFirst();
}

/** Names of projects by id. */
export async function projectNames(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('projects')
    .select(['id', 'name'])
    .where('id', 'in', [...new Set(ids)])
    .execute();
  return new Map(rows.map(({ id, name }) => [id, name]));
}
