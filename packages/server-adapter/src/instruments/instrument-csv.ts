import { type FieldProblem, Instrument } from '@callweave/sdk/protocol';
import { CsvError, parse } from 'csv-parse/sync';
import { Problem } from '../problem.ts';

const COLUMNS = ['code', 'symbol', 'name', 'kind', 'lot', 'active'] as const;
/** Enough to correct a file by; a file in the wrong format would name every row. */
const MAX_FIELDS = 50;

interface Line {
  readonly record: Record<string, string>;
  readonly info: { readonly lines: number };
}

/**
 * The rows of a catalogue file. All or nothing: when a row is wrong, the problem names each by its line in the file, and
 * no row is given back. `lot` and `active` may be left out (1, yes).
 */
export function parseInstruments(csv: string): Instrument[] {
  const lines = readLines(csv);
  const fields: FieldProblem[] = [];
  const seen = new Map<string, number>();
  const rows = lines.flatMap(({ record, info }) => {
    const row = Instrument.safeParse({
      code: record['code']?.toUpperCase(),
      symbol: record['symbol'],
      name: record['name'],
      kind: record['kind']?.toLowerCase(),
      lot: record['lot'] === undefined || record['lot'] === '' ? 1 : Number(record['lot']),
      active: truth(record['active']),
    });
    if (!row.success) {
      fields.push(
        ...row.error.issues.map(({ path, message }) => ({ path: `csv.line ${info.lines}.${path.join('.')}`, message })),
      );
      return [];
    }
    const earlier = seen.get(row.data.code);
    if (earlier !== undefined)
      fields.push({ path: `csv.line ${info.lines}.code`, message: `stands in line ${earlier} already` });
    seen.set(row.data.code, info.lines);
    return [row.data];
  });
  if (rows.length === 0 && fields.length === 0) fields.push({ path: 'csv', message: 'holds no instruments' });
  if (fields.length > 0)
    throw new Problem('invalid-input', 'The file was not imported; no row was changed.', {
      fields: fields.slice(0, MAX_FIELDS),
    });
  return rows;
}

function readLines(csv: string): Line[] {
  try {
    return parse(csv, {
      bom: true,
      trim: true,
      skip_empty_lines: true,
      info: true,
      columns: readHeader,
    }) as unknown as Line[];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new Problem('invalid-input', 'The file is not a CSV file.', {
      fields: [{ path: 'csv', message: error.message }],
      cause: error,
    });
  }
}

function readHeader(header: string[]): string[] {
  const names = header.map((name) => name.toLowerCase());
  const wrong = names.filter((name) => !(COLUMNS as readonly string[]).includes(name));
  const missing = (['code', 'symbol', 'name', 'kind'] as const).filter((name) => !names.includes(name));
  if (wrong.length === 0 && missing.length === 0 && new Set(names).size === names.length) return names;
  throw new Problem('invalid-input', 'The file was not imported.', {
    fields: [{ path: 'csv.line 1', message: `must name the columns ${COLUMNS.join(',')}` }],
  });
}

const TRUE = ['', '1', 'true', 'yes'];
const FALSE = ['0', 'false', 'no'];

/** Anything else stays as it is, for the schema to refuse. */
function truth(text: string | undefined): unknown {
  const word = text?.toLowerCase() ?? '';
  if (TRUE.includes(word)) return true;
  return FALSE.includes(word) ? false : text;
}
