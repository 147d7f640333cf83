import {
  type ImportRowProblem,
  Locale,
  normalizeNumber,
  PAIRING_COLUMNS,
  toAsciiDigits,
} from '@callweave/sdk/protocol';
import { parseCsv } from '../csv.ts';
import { isOver } from './day.ts';
import type { NumbersContext } from './numbers-context.ts';
import { planOf, projectIsOver } from './project-view.ts';
import type { FieldCallerRow, NumberRow, ProjectRow } from './rows.ts';

export type PairingColumn = (typeof PAIRING_COLUMNS)[number];

/** A line of an import that says something that can be done. */
export interface ReadRow {
  readonly line: number;
  readonly project: ProjectRow;
  readonly fictitiousNumber: string;
  readonly realNumber: string;
  readonly name: string;
  readonly expiresOn: string | null;
  readonly locale: Locale | undefined;
}

/** What stands in the store, as far as an import is about it. */
export interface Known {
  readonly projects: ReadonlyMap<string, ProjectRow>;
  readonly numbers: ReadonlyMap<string, NumberRow>;
  readonly fieldCallers: ReadonlyMap<string, FieldCallerRow>;
  readonly today: string;
}

const REQUIRED: readonly PairingColumn[] = ['project', 'fictitious_number', 'real_number'];

/** Reads every line against what is known, and gathers everything that is wrong, not only the first. */
export function readRows(
  csv: string,
  context: NumbersContext,
  known: Known,
): { readonly count: number; readonly rows: readonly ReadRow[]; readonly problems: readonly ImportRowProblem[] } {
  const [header, ...lines] = parseCsv(csv);
  const problems: ImportRowProblem[] = [];
  const columns = (header?.fields ?? []).map((name) => name.toLowerCase().replace(/[\s-]+/g, '_'));
  for (const column of REQUIRED)
    if (!columns.includes(column))
      problems.push({ line: header?.line ?? 1, column, code: 'columns', message: `the column ${column} is missing` });
  for (const column of columns)
    if (!(PAIRING_COLUMNS as readonly string[]).includes(column))
      problems.push({ line: header?.line ?? 1, column, code: 'columns', message: `there is no column ${column}` });
  if (problems.length > 0) return { count: lines.length, rows: [], problems };

  const rows: ReadRow[] = [];
  const seen = new Map<string, number>();
  /** What the lines before this one say of a real number, or of where a number belongs. */
  const names = new Map<string, string>();
  const places = new Map<string, string>();
  for (const { line, fields } of lines) {
    const before = problems.length;
    const cell = (column: PairingColumn) => fields[columns.indexOf(column)] ?? '';
    const wrong = (column: PairingColumn, code: ImportRowProblem['code'], message: string) =>
      void problems.push({ line, column, code, message });
    for (const column of REQUIRED) if (cell(column) === '') wrong(column, 'missing', 'is missing');
    const project = readProject(cell('project'), known, wrong);
    const plan = project === undefined ? context.plan : planOf(project, context.plan);
    const number = (column: 'fictitious_number' | 'real_number') => {
      const text = cell(column);
      const read = text === '' ? undefined : normalizeNumber(text.replace(/^'/, ''), plan);
      if (text !== '' && read === undefined) wrong(column, 'not-a-number', 'is no telephone number');
      else if (read !== undefined && context.ownNumbers.includes(read))
        wrong(column, 'own-number', 'is a number of the exchange itself');
      return read;
    };
    const fictitious = number('fictitious_number');
    const real = number('real_number');
    if (project !== undefined && fictitious !== undefined) {
      const place = known.numbers.get(fictitious)?.project_id ?? places.get(fictitious);
      if (place !== undefined && place !== project.id)
        wrong('fictitious_number', 'number-of-other-project', 'belongs to another project');
      places.set(fictitious, project.id);
    }
    if (real !== undefined && known.numbers.has(real)) wrong('real_number', 'own-number', 'is a fictitious number');
    const name = cell('name');
    if (name.length > 120) wrong('name', 'too-long', 'is longer than 120 characters');
    if (real !== undefined) {
      const present = known.fieldCallers.get(real)?.name ?? names.get(real);
      if (name !== '' && present !== undefined && present !== name)
        wrong('name', 'other-name', 'differs from the name that this number has already');
      if (name === '' && present === undefined) wrong('name', 'missing', 'is missing for a new field caller');
      if (name !== '') names.set(real, name);
    }
    const expiresOn = readDay(cell('expires_on'), known.today, wrong);
    const locale = Locale.safeParse(cell('locale').toLowerCase());
    if (cell('locale') !== '' && !locale.success) wrong('locale', 'unknown-locale', 'is none of en, fa, cs');
    const key = `${fictitious} ${real}`;
    if (fictitious !== undefined && real !== undefined) {
      const first = seen.get(key);
      if (first !== undefined) wrong('real_number', 'twice', `stands with this number on line ${first} already`);
      seen.set(key, line);
    }
    if (problems.length > before || project === undefined || fictitious === undefined || real === undefined) continue;
    rows.push({
      line,
      project,
      fictitiousNumber: fictitious,
      realNumber: real,
      name: name === '' ? (names.get(real) ?? '') : name,
      expiresOn,
      locale: locale.success ? locale.data : undefined,
    });
  }
  return { count: lines.length, rows, problems };
}

type Wrong = (column: PairingColumn, code: ImportRowProblem['code'], message: string) => void;

function readProject(name: string, known: Known, wrong: Wrong): ProjectRow | undefined {
  if (name === '') return undefined;
  const project = known.projects.get(name);
  if (project === undefined) {
    wrong('project', 'unknown-project', 'is no active project; create it first');
    return undefined;
  }
  if (projectIsOver(project, known.today)) wrong('project', 'project-over', 'is over');
  return project;
}

function readDay(text: string, today: string, wrong: Wrong): string | null {
  if (text === '') return null;
  const day = toAsciiDigits(text);
  const real =
    /^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(Date.parse(day)) && new Date(day).toISOString().startsWith(day);
  if (!real) {
    wrong('expires_on', 'not-a-day', 'is no day; write it as 2027-03-20');
    return null;
  }
  if (isOver(day, today)) wrong('expires_on', 'already-past', 'has passed already');
  return day;
}
