import {
  CZECHIA,
  type DialPolicy,
  IRAN,
  type NumberingPlan,
  type NumberToCall,
  type Project,
} from '@callweave/sdk/protocol';
import { isOver } from './day.ts';
import type { Db, ProjectRow } from './rows.ts';

const PLANS: Readonly<Record<NonNullable<Project['numbering']>, NumberingPlan>> = { IR: IRAN, CZ: CZECHIA };

/** How numbers are keyed in a project. */
export function planOf(row: Pick<ProjectRow, 'numbering'>, house: NumberingPlan): NumberingPlan {
  return row.numbering === null ? house : PLANS[row.numbering as keyof typeof PLANS];
}

export function policyOf(row: Pick<ProjectRow, 'dial_policy'>): DialPolicy {
  return JSON.parse(row.dial_policy) as DialPolicy;
}

export function numbersToCall(row: Pick<ProjectRow, 'numbers_to_call'>): NumberToCall[] {
  return JSON.parse(row.numbers_to_call) as NumberToCall[];
}

export function projectIsOver(row: Pick<ProjectRow, 'ended_at' | 'ends_on'>, today: string): boolean {
  return row.ended_at !== null || isOver(row.ends_on, today);
}

export async function showProjects(db: Db, rows: readonly ProjectRow[], today: string): Promise<Project[]> {
  if (rows.length === 0) return [];
  const numbers = await db
    .selectFrom('fictitious_numbers')
    .select(['id', 'number', 'project_id'])
    .where(
      'project_id',
      'in',
      rows.map(({ id }) => id),
    )
    .orderBy('number')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    info: row.info,
    numbersToCall: numbersToCall(row),
    fictitiousNumbers: numbers
      .filter(({ project_id }) => project_id === row.id)
      .map(({ id, number }) => ({ id, number })),
    numbering: row.numbering as Project['numbering'],
    dialPolicy: policyOf(row),
    endsOn: row.ends_on,
    state: projectIsOver(row, today) ? 'over' : 'active',
    endedAt: row.ended_at,
  }));
}
