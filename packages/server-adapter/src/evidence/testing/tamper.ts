import { readFile, writeFile } from 'node:fs/promises';
import { sql } from 'kysely';
import type { Store } from '../../store/store.ts';

/** Numbers that a property test draws; each picks one of what there is. */
export interface Draw {
  readonly row: number;
  readonly column: number;
  readonly place: number;
}

export interface Tampering {
  readonly what: string;
  undo(): Promise<void>;
}

type Row = Record<string, string | number | null>;

const pick = <T>(items: readonly T[], at: number): T => {
  const item = items[at % items.length];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
};

/** Another value of the same kind: one character or one figure differs. */
function flipped(value: string | number | null, place: number): string | number {
  if (value === null) return 'x';
  // Far enough to meet no other number that must be unique.
  if (typeof value === 'number') return value + 1000 + (place % 3);
  if (value === '') return 'x';
  const at = place % value.length;
  const other = value[at] === '7' ? '8' : '7';
  return value.slice(0, at) + other + value.slice(at + 1);
}

const raw = (store: Store, statement: ReturnType<typeof sql>) => store.write((tx) => statement.execute(tx.db));

async function update(store: Store, table: string, key: string, id: string | number, set: Row): Promise<void> {
  const assignments = Object.entries(set).map(([column, value]) => sql`${sql.ref(column)} = ${value}`);
  await raw(store, sql`update ${sql.table(table)} set ${sql.join(assignments)} where ${sql.ref(key)} = ${id}`);
}

async function insert(store: Store, table: string, row: Row): Promise<void> {
  await raw(
    store,
    sql`insert into ${sql.table(table)} (${sql.join(Object.keys(row).map((column) => sql.ref(column)))}) values (${sql.join(Object.values(row))})`,
  );
}

/** Changes one value of one row. */
export async function flipValue(
  store: Store,
  table: string,
  key: string,
  rows: readonly Row[],
  columns: readonly string[],
  draw: Draw,
): Promise<Tampering> {
  const row = pick(rows, draw.row);
  const column = pick(columns, draw.column);
  const id = row[key] as string | number;
  const before = row[column] ?? null;
  // A number column takes no letter where it is empty.
  const after = before === null && /(_ms|quantity|number)$/.test(column) ? 1 : flipped(before, draw.place);
  await update(store, table, key, id, { [column]: after });
  const nowId = column === key ? after : id;
  return {
    what: `${table} ${id}: ${column} ${JSON.stringify(before)} → ${JSON.stringify(after)}`,
    undo: () => update(store, table, key, nowId, { [column]: before }),
  };
}

/** Deletes one row. */
export async function deleteRow(
  store: Store,
  table: string,
  key: string,
  rows: readonly Row[],
  draw: Draw,
): Promise<Tampering> {
  const row = pick(rows, draw.row);
  await raw(store, sql`delete from ${sql.table(table)} where ${sql.ref(key)} = ${row[key] ?? null}`);
  return { what: `${table} ${row[key]} deleted`, undo: () => insert(store, table, row) };
}

/** Swaps what two lines of the ledger say, each keeping its number. */
export async function swapLines(store: Store, rows: readonly Row[], draw: Draw): Promise<Tampering> {
  const first = pick(rows, draw.row);
  const second = pick(rows, draw.row + 1 + (draw.column % (rows.length - 1)));
  const put = async (at: Row, content: Row) => {
    const { seq: _, ...rest } = content;
    await update(store, 'ledger', 'seq', at['seq'] as number, rest);
  };
  await put(first, second);
  await put(second, first);
  return {
    what: `ledger ${first['seq']} and ${second['seq']} swapped`,
    undo: async () => {
      await put(first, first);
      await put(second, second);
    },
  };
}

/** Flips one bit of a file. */
export async function flipBit(path: string, draw: Draw): Promise<Tampering> {
  const before = await readFile(path);
  const after = Buffer.from(before);
  const at = (draw.row * 65_537 + draw.place) % after.length;
  after[at] = (after[at] ?? 0) ^ (1 << (draw.column % 8));
  await writeFile(path, after);
  return { what: `byte ${at} of ${path}`, undo: () => writeFile(path, before) };
}
