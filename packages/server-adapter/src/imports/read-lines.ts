import { foldTight, type ImportFault } from '@callweave/sdk/protocol';
import { parseCsv } from '../csv.ts';
import type { ImportColumn, ImportLine } from './import-kind.ts';

/** A file as lines of named cells; headings that are missing or mean nothing are faults, and then there are no lines. */
export function readLines(
  csv: string,
  columns: readonly ImportColumn[],
): { readonly lines: readonly ImportLine[]; readonly faults: readonly ImportFault[] } {
  const [header, ...rows] = parseCsv(csv);
  const line = header?.line ?? 1;
  const meanings = new Map(
    columns.flatMap(({ name, headings }) => [name, ...headings].map((heading) => [foldTight(heading), name])),
  );
  const faults: ImportFault[] = [];
  const wrong = (column: string, message: string) => void faults.push({ line, column, code: 'columns', message });
  const names = (header?.fields ?? []).map((heading) => {
    const name = meanings.get(foldTight(heading));
    if (name === undefined) wrong(heading.slice(0, 80), 'means no column of this import');
    return name;
  });
  for (const { name, required } of columns) {
    if (required && !names.includes(name)) wrong(name, 'is missing');
    if (names.indexOf(name) !== names.lastIndexOf(name)) wrong(name, 'stands twice');
  }
  if (faults.length > 0) return { lines: [], faults };
  return {
    faults,
    lines: rows.map(({ line: at, fields }) => ({
      line: at,
      cells: Object.fromEntries(
        names.flatMap((name, index) => {
          const cell = fields[index] ?? '';
          return name === undefined || cell === '' ? [] : [[name, cell]];
        }),
      ),
    })),
  };
}
