import type { ImportFault } from '@callweave/sdk/protocol';
import { Problem } from '../problem.ts';
import type { Store } from '../store/store.ts';
import type { CheckedRow, Fault, ImportKind } from './import-kind.ts';
import { faultColumns, fileOf, findImport, type ImportRow, step } from './import-rows.ts';
import { readLines } from './read-lines.ts';

/** Rows that are looked at, or written, before others get a turn. */
const PORTION = 500;
const PREVIEW_ROWS = 20;
/** All are written in one transaction, during which other writes wait; measured with `npm run bench -- import`. */
export const MAX_IMPORT_ROWS = 20_000;

/** The world has changed since the check: nothing of the import was written. */
class Refused extends Error {}

/**
 * Takes an import as far as it goes without a person: checks what was given in, writes what was confirmed. What is in the
 * store says where to go on, so that a process that is killed anywhere leaves nothing half done.
 */
export async function workOn(store: Store, kind: ImportKind, importId: string, stopped: () => boolean): Promise<void> {
  const row = await findImport(store.db, importId);
  if (row?.state === 'checking') {
    const { faults, rows } = await check(store, kind, row, stopped, true);
    if (stopped()) return;
    await store.write(async (tx) => {
      const present = await findImport(tx.db, importId);
      if (present?.state !== 'checking') return;
      const state = faults.length === 0 && rows.length > 0 ? 'ready' : 'faulty';
      await step(tx, present, { state, checked: present.rows_count, ...faultColumns(faults) });
    });
  } else if (row?.state === 'applying') {
    const { faults, rows } = await check(store, kind, row, stopped, false);
    if (stopped()) return;
    if (faults.length > 0) await refuse(store, importId, faults);
    else await apply(store, kind, row, rows);
  }
}

interface Checked {
  readonly rows: readonly CheckedRow<unknown>[];
  readonly faults: readonly ImportFault[];
}

async function check(
  store: Store,
  kind: ImportKind,
  row: ImportRow,
  stopped: () => boolean,
  telling: boolean,
): Promise<Checked> {
  const { lines, faults: wrongHeadings } = readLines(await fileOf(store.db, row.id), kind.columns);
  const faults: ImportFault[] = [...wrongHeadings];
  if (lines.length === 0 && faults.length === 0)
    faults.push({ line: 1, column: null, code: 'missing', message: 'there are no rows' });
  if (lines.length > MAX_IMPORT_ROWS) {
    const message = `there are more than ${MAX_IMPORT_ROWS} rows; give them in several files`;
    return { rows: [], faults: [{ line: MAX_IMPORT_ROWS + 2, column: null, code: 'too-long', message }] };
  }
  const fault: Fault = (line, column, code, message) => void faults.push({ line, column, code, message });
  const rows: CheckedRow<unknown>[] = [];
  const seen = new Map<string, number>();
  if (telling) {
    const preview = JSON.stringify(lines.slice(0, PREVIEW_ROWS));
    await tell(store, row.id, { rows_count: lines.length, checked: 0, preview });
  }
  for (let from = 0; from < lines.length && !stopped(); from += PORTION) {
    for (const checked of await kind.check(lines.slice(from, from + PORTION), fault)) {
      for (const { column, value } of checked.unique) {
        const first = seen.get(`${column}:${value}`);
        if (first !== undefined) fault(checked.line, column, 'twice', `stands on line ${first} already`);
        else seen.set(`${column}:${value}`, checked.line);
      }
      rows.push(checked);
    }
    const isThere =
      !telling ||
      (await tell(store, row.id, { checked: Math.min(from + PORTION, lines.length), ...faultColumns(faults) }));
    if (!isThere) break;
    await nextTurn();
  }
  faults.sort((a, b) => a.line - b.line);
  return { rows, faults };
}

/** False when the import is no longer being checked: it was taken back. */
function tell(store: Store, importId: string, set: Partial<ImportRow>): Promise<boolean> {
  return store.write(async (tx) => {
    const present = await findImport(tx.db, importId);
    if (present?.state !== 'checking') return false;
    await step(tx, present, set);
    return true;
  });
}

async function apply(
  store: Store,
  kind: ImportKind,
  row: ImportRow,
  rows: readonly CheckedRow<unknown>[],
): Promise<void> {
  const faults: ImportFault[] = [];
  const fault: Fault = (line, column, code, message) => void faults.push({ line, column, code, message });
  const actor = { importId: row.id, accountId: row.created_by };
  try {
    await store.write(async (tx) => {
      // Another process may have written it, or a person may have taken it back, while this one was checking.
      const present = await findImport(tx.db, row.id);
      if (present?.state !== 'applying') return;
      for (let from = 0; from < rows.length; from += PORTION) {
        await kind.apply(tx, rows.slice(from, from + PORTION), actor, fault);
        if (faults.length > 0) throw new Refused('Something of it is there already.');
        await nextTurn();
      }
      await kind.applied?.(tx, rows);
      await tx.record({
        actor: row.created_by,
        action: 'import.applied',
        subject: `import:${row.id}`,
        data: { kind: kind.name, rows: rows.length },
      });
      await step(tx, present, { state: 'applied', applied: rows.length });
    });
  } catch (error) {
    if (error instanceof Refused) return refuse(store, row.id, faults);
    if (error instanceof Problem && error.code !== 'unavailable') {
      const message = error.message;
      return refuse(store, row.id, [{ line: 1, column: null, code: 'unknown', message }]);
    }
    throw error;
  }
}

function refuse(store: Store, importId: string, faults: readonly ImportFault[]): Promise<void> {
  return store.write(async (tx) => {
    const present = await findImport(tx.db, importId);
    if (present?.state === 'applying') await step(tx, present, { state: 'faulty', ...faultColumns(faults) });
  });
}

const nextTurn = () => new Promise<void>((next) => setImmediate(next));
