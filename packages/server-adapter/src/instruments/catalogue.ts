import { foldText, foldTight, type Instrument, InstrumentKind, type Section, sectionOf } from '@callweave/sdk/protocol';
import { type Kysely, type SqlBool, sql } from 'kysely';
import { preparedList } from '../store/prepared.ts';
import type { Database } from '../store/schema.ts';
import { startsWith } from '../store/starts-with.ts';
import type { Tx } from '../store/store.ts';

type Row = Database['instruments'];
type Db = Kysely<Database>;

const toInstrument = (row: Row): Instrument => ({
  code: row.code,
  symbol: row.symbol,
  name: row.name,
  kind: row.kind as Instrument['kind'],
  lot: row.lot,
  active: row.active === 1,
});

const rowsByCode = preparedList((db, codes) => db.selectFrom('instruments').selectAll().where('code', 'in', codes));

/** Instruments by their codes. */
export async function instrumentsByCode(db: Db, codes: readonly string[]): Promise<Map<string, Instrument>> {
  if (codes.length === 0) return new Map();
  const rows = await rowsByCode(db, [...new Set(codes)]);
  return new Map(rows.map((row) => [row.code, toInstrument(row)]));
}

/**
 * What an agent means by a few typed letters: the symbol itself, then symbols, names and codes that begin so, then those
 * that hold it anywhere. Only what can be traded.
 */
export async function searchInstruments(
  db: Db,
  query: string,
  options: { readonly section?: Section | undefined; readonly limit: number },
): Promise<Instrument[]> {
  const kinds = InstrumentKind.options.filter(
    (kind) => options.section === undefined || sectionOf(kind) === options.section,
  );
  const active = () => db.selectFrom('instruments').selectAll().where('active', '=', 1).where('kind', 'in', kinds);
  const symbol = foldTight(query);
  if (symbol === '') return (await active().orderBy('symbol_folded').limit(options.limit).execute()).map(toInstrument);

  const name = foldText(query);
  const found = new Map<string, Row>();
  const add = (rows: readonly Row[]) => rows.forEach((row) => found.has(row.code) || found.set(row.code, row));
  const prefixed = await active()
    .where((eb) =>
      eb.or([
        startsWith('symbol_folded', symbol),
        startsWith('name_folded', name),
        startsWith('code', symbol.toUpperCase()),
      ]),
    )
    .orderBy('symbol_folded')
    .limit(options.limit * 3)
    .execute();
  const rank = (row: Row) =>
    row.symbol_folded === symbol
      ? 0
      : row.symbol_folded.startsWith(symbol)
        ? 1
        : row.name_folded.startsWith(name)
          ? 2
          : 3;
  add(prefixed.sort((a, b) => rank(a) - rank(b)));
  if (found.size < options.limit) {
    const holds = (column: 'symbol_folded' | 'name_folded', text: string) =>
      sql<SqlBool>`${sql.ref(column)} like ${`%${text.replace(/[!%_]/g, '!$&')}%`} escape '!'`;
    const within = await active()
      .where((eb) => eb.or([holds('symbol_folded', symbol), holds('name_folded', name)]))
      .orderBy('symbol_folded')
      .limit(options.limit)
      .execute();
    add(within);
  }
  return [...found.values()].slice(0, options.limit).map(toInstrument);
}

const ROWS_PER_STATEMENT = 500;

/** Adds new instruments and overwrites those whose code is known; one that the list does not name stays as it is. */
export async function importInstruments(
  tx: Tx,
  instruments: readonly Instrument[],
): Promise<{ imported: number; changed: number }> {
  const known = new Map<string, Instrument>();
  for (const part of parts(instruments))
    for (const [code, row] of await instrumentsByCode(
      tx.db,
      part.map(({ code }) => code),
    ))
      known.set(code, row);
  const isNews = (instrument: Instrument) => {
    const old = known.get(instrument.code);
    return (
      old === undefined || (Object.keys(instrument) as (keyof Instrument)[]).some((key) => old[key] !== instrument[key])
    );
  };
  const news = instruments.filter(isNews);
  for (const part of parts(news)) {
    await tx.db
      .insertInto('instruments')
      .values(
        part.map((row) => ({
          ...row,
          symbol_folded: foldTight(row.symbol),
          name_folded: foldText(row.name),
          active: row.active ? 1 : 0,
        })),
      )
      .onConflict((conflict) =>
        conflict.column('code').doUpdateSet(({ ref }) => ({
          symbol: ref('excluded.symbol'),
          symbol_folded: ref('excluded.symbol_folded'),
          name: ref('excluded.name'),
          name_folded: ref('excluded.name_folded'),
          kind: ref('excluded.kind'),
          lot: ref('excluded.lot'),
          active: ref('excluded.active'),
        })),
      )
      .execute();
  }
  const changed = news.filter(({ code }) => known.has(code)).length;
  return { imported: news.length - changed, changed };
}

function* parts<T>(rows: readonly T[]): Generator<T[]> {
  for (let from = 0; from < rows.length; from += ROWS_PER_STATEMENT) yield rows.slice(from, from + ROWS_PER_STATEMENT);
}
