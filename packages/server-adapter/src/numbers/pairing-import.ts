import type { ImportReport } from '@callweave/sdk/protocol';
import { newId } from '../id.ts';
import type { Tx } from '../store/store.ts';
import { smallestFree } from './callback-cases.ts';
import type { NumbersContext } from './numbers-context.ts';
import { endOverdue, publishChange } from './overdue.ts';
import { type ReadRow, readRows } from './pairing-rows.ts';
import type { FieldCallerRow, NumberRow, PairingRow } from './rows.ts';

/** Problems beyond these are not listed one by one: a file in another form has one for each line. */
const MOST_PROBLEMS = 1000;
const ROWS_PER_INSERT = 500;

/**
 * Imports pairings: every line is read first, and only when all of them can be done is anything written, in one write.
 * What is there already is left as it is, or gets its new last day; nothing is ended by an import.
 */
export async function importPairings(
  tx: Tx,
  context: NumbersContext,
  input: { readonly csv: string; readonly dryRun: boolean; readonly actor: string },
): Promise<ImportReport> {
  const today = context.dayOf(tx.now);
  if (!input.dryRun) await endOverdue(tx, today);
  const projects = await tx.db.selectFrom('projects').selectAll().where('ended_at', 'is', null).execute();
  const numbers = await tx.db.selectFrom('fictitious_numbers').selectAll().execute();
  const fieldCallers = await tx.db.selectFrom('field_callers').selectAll().where('active', '=', 1).execute();
  const read = readRows(input.csv, context, {
    projects: new Map(projects.map((row) => [row.name, row])),
    numbers: new Map(numbers.map((row) => [row.number, row])),
    fieldCallers: new Map(fieldCallers.map((row) => [row.number, row])),
    today,
  });
  const active = await tx.db.selectFrom('pairings').selectAll().where('state', '=', 'active').execute();
  const plan = planImport(tx.now, read.rows, { numbers, fieldCallers, active });
  const report: ImportReport = {
    rows: read.count,
    applied: !input.dryRun && read.problems.length === 0,
    created: plan.created.length,
    changed: plan.changed.length,
    unchanged: plan.unchanged,
    newFieldCallers: plan.newFieldCallers.length,
    newFictitiousNumbers: plan.newNumbers.length + plan.assigned.length,
    problems: read.problems.slice(0, MOST_PROBLEMS),
  };
  if (!report.applied) return report;
  await apply(tx, plan);
  await tx.record({
    actor: input.actor,
    action: 'pairings.imported',
    subject: 'pairings',
    data: {
      rows: report.rows,
      created: report.created,
      changed: report.changed,
      newFieldCallers: report.newFieldCallers,
      newFictitiousNumbers: report.newFictitiousNumbers,
    },
  });
  await publishChange(tx, plan.accounts);
  return report;
}

interface Plan {
  readonly created: readonly PairingRow[];
  readonly changed: readonly { readonly id: string; readonly expiresOn: string | null }[];
  readonly unchanged: number;
  readonly newFieldCallers: readonly FieldCallerRow[];
  readonly newNumbers: readonly NumberRow[];
  /** From the stock to a project. */
  readonly assigned: readonly { readonly id: string; readonly projectId: string }[];
  readonly accounts: readonly string[];
}

function planImport(
  now: Date,
  rows: readonly ReadRow[],
  present: {
    readonly numbers: readonly NumberRow[];
    readonly fieldCallers: readonly FieldCallerRow[];
    readonly active: readonly PairingRow[];
  },
): Plan {
  const at = now.toISOString();
  const numbers = new Map(present.numbers.map((row) => [row.number, row]));
  const fieldCallers = new Map(present.fieldCallers.map((row) => [row.number, row]));
  const pairings = new Map(present.active.map((row) => [`${row.number_id} ${row.field_caller_id}`, row]));
  const spoken = new Map<string, Set<number>>();
  for (const { field_caller_id, spoken_id } of present.active)
    spoken.set(field_caller_id, (spoken.get(field_caller_id) ?? new Set()).add(spoken_id));
  const created: PairingRow[] = [];
  const changed: { id: string; expiresOn: string | null }[] = [];
  const newFieldCallers: FieldCallerRow[] = [];
  const newNumbers: NumberRow[] = [];
  const assigned: { id: string; projectId: string }[] = [];
  const accounts = new Set<string>();
  let unchanged = 0;
  for (const row of rows) {
    let number = numbers.get(row.fictitiousNumber);
    if (number === undefined) {
      number = { id: newId('number', now), number: row.fictitiousNumber, project_id: row.project.id, created_at: at };
      newNumbers.push(number);
    } else if (number.project_id === null) {
      number = { ...number, project_id: row.project.id };
      assigned.push({ id: number.id, projectId: row.project.id });
    }
    numbers.set(number.number, number);
    let fieldCaller = fieldCallers.get(row.realNumber);
    if (fieldCaller === undefined) {
      fieldCaller = {
        id: newId('field', now),
        name: row.name,
        number: row.realNumber,
        account_id: null,
        locale: row.locale ?? 'fa',
        active: 1,
        created_at: at,
      };
      newFieldCallers.push(fieldCaller);
      fieldCallers.set(row.realNumber, fieldCaller);
    }
    const paired = pairings.get(`${number.id} ${fieldCaller.id}`);
    if (paired !== undefined) {
      if (paired.expires_on === row.expiresOn) unchanged += 1;
      else {
        changed.push({ id: paired.id, expiresOn: row.expiresOn });
        if (fieldCaller.account_id !== null) accounts.add(fieldCaller.account_id);
      }
      continue;
    }
    const held = spoken.get(fieldCaller.id) ?? new Set<number>();
    const spokenId = smallestFree([...held]);
    spoken.set(fieldCaller.id, held.add(spokenId));
    created.push({
      id: newId('pairing', now),
      project_id: row.project.id,
      number_id: number.id,
      fictitious_number: number.number,
      field_caller_id: fieldCaller.id,
      spoken_id: spokenId,
      expires_on: row.expiresOn,
      state: 'active',
      created_at: at,
      ended_at: null,
    });
    if (fieldCaller.account_id !== null) accounts.add(fieldCaller.account_id);
  }
  return { created, changed, unchanged, newFieldCallers, newNumbers, assigned, accounts: [...accounts] };
}

async function apply(tx: Tx, plan: Plan): Promise<void> {
  const { db } = tx;
  for (const part of parts(plan.newNumbers)) await db.insertInto('fictitious_numbers').values(part).execute();
  for (const { id, projectId } of plan.assigned)
    await db.updateTable('fictitious_numbers').set({ project_id: projectId }).where('id', '=', id).execute();
  for (const part of parts(plan.newFieldCallers)) await db.insertInto('field_callers').values(part).execute();
  for (const part of parts(plan.created)) await db.insertInto('pairings').values(part).execute();
  for (const { id, expiresOn } of plan.changed)
    await db.updateTable('pairings').set({ expires_on: expiresOn }).where('id', '=', id).execute();
}

function* parts<T>(rows: readonly T[]): Generator<T[]> {
  for (let from = 0; from < rows.length; from += ROWS_PER_INSERT) yield rows.slice(from, from + ROWS_PER_INSERT);
}
