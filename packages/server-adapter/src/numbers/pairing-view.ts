import type { OwnPairing, Pairing, PairingState, Project } from '@callweave/sdk/protocol';
import { isOver } from './day.ts';
import { numbersToCall, policyOf, projectIsOver } from './project-view.ts';
import type { Db, FieldCallerRow, PairingRow, ProjectRow } from './rows.ts';

/** Rows of a pairing that show what it stands for. */
export interface WholePairing {
  readonly pairing: PairingRow;
  readonly project: ProjectRow;
  readonly fieldCaller: FieldCallerRow;
}

/** What a pairing is today, whether or not it was written already that its time is over. */
export function stateOf({ pairing, project, fieldCaller }: WholePairing, today: string): PairingState {
  if (pairing.state !== 'active') return pairing.state as PairingState;
  if (isOver(pairing.expires_on, today)) return 'expired';
  return projectIsOver(project, today) || fieldCaller.active !== 1 ? 'ended' : 'active';
}

/** Adds project and field caller, with one query each. */
export async function complete(db: Db, rows: readonly PairingRow[]): Promise<WholePairing[]> {
  if (rows.length === 0) return [];
  const projects = await byId(
    db,
    'projects',
    rows.map(({ project_id }) => project_id),
  );
  const fieldCallers = await byId(
    db,
    'field_callers',
    rows.map(({ field_caller_id }) => field_caller_id),
  );
  return rows.flatMap((pairing) => {
    const project = projects.get(pairing.project_id);
    const fieldCaller = fieldCallers.get(pairing.field_caller_id);
    return project === undefined || fieldCaller === undefined ? [] : [{ pairing, project, fieldCaller }];
  });
}

/** SQLite takes 32,766 values in one statement. */
const VALUES_PER_QUERY = 10_000;

async function byId(db: Db, table: 'projects', ids: readonly string[]): Promise<Map<string, ProjectRow>>;
async function byId(db: Db, table: 'field_callers', ids: readonly string[]): Promise<Map<string, FieldCallerRow>>;
async function byId(
  db: Db,
  table: 'projects' | 'field_callers',
  ids: readonly string[],
): Promise<Map<string, ProjectRow | FieldCallerRow>> {
  const distinct = [...new Set(ids)];
  const found = new Map<string, ProjectRow | FieldCallerRow>();
  for (let from = 0; from < distinct.length; from += VALUES_PER_QUERY) {
    const part = distinct.slice(from, from + VALUES_PER_QUERY);
    const rows: (ProjectRow | FieldCallerRow)[] =
      table === 'projects'
        ? await db.selectFrom('projects').selectAll().where('id', 'in', part).execute()
        : await db.selectFrom('field_callers').selectAll().where('id', 'in', part).execute();
    for (const row of rows) found.set(row.id, row);
  }
  return found;
}

/** For managers: with the real number. */
export function toPairing(whole: WholePairing, today: string): Pairing {
  const { pairing, project, fieldCaller } = whole;
  return {
    id: pairing.id,
    project: { id: project.id, name: project.name },
    fictitiousNumber: pairing.fictitious_number,
    fieldCaller: { id: fieldCaller.id, name: fieldCaller.name, number: fieldCaller.number },
    spokenId: pairing.spoken_id,
    expiresOn: pairing.expires_on,
    state: stateOf(whole, today),
    createdAt: pairing.created_at,
    endedAt: pairing.ended_at,
  };
}

export function toOwnPairing({ pairing, project }: WholePairing): OwnPairing {
  return {
    id: pairing.id,
    spokenId: pairing.spoken_id,
    fictitiousNumber: pairing.fictitious_number,
    project: {
      id: project.id,
      name: project.name,
      info: project.info,
      numbersToCall: numbersToCall(project),
      numbering: project.numbering as Project['numbering'],
      dialPolicy: policyOf(project),
      endsOn: project.ends_on,
    },
    expiresOn: pairing.expires_on,
  };
}

/** The pairings through which a field caller can call today, by the ID that they key. */
export async function usablePairings(db: Db, fieldCallerId: string, today: string): Promise<WholePairing[]> {
  const rows = await db
    .selectFrom('pairings')
    .selectAll()
    .where('field_caller_id', '=', fieldCallerId)
    .where('state', '=', 'active')
    .orderBy('spoken_id')
    .execute();
  return (await complete(db, rows)).filter((whole) => stateOf(whole, today) === 'active');
}
