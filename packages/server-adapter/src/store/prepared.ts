import type { Compilable, CompiledQuery, Kysely } from 'kysely';
import type { Database } from './schema.ts';

/** Stands for the n-th parameter while a query is built. */
export type Parameter = never;

/**
 * A query that is built and compiled once per dialect. Compiling costs more than SQLite takes to answer, so the queries
 * that every request needs go this way. Parameters are given in the order in which they stand in the SQL text.
 * @example
 * const byUsername = prepared((db, p) => db.selectFrom('accounts').selectAll().where('username', '=', p(0)));
 * const [row] = await byUsername(tx.db, 'sara');
 */
export function prepared<Row>(
  build: (db: Kysely<Database>, parameter: (index: number) => Parameter) => Compilable<Row>,
): (db: Kysely<Database>, ...parameters: readonly unknown[]) => Promise<Row[]> {
  const compiled = new Map<
    unknown,
    { readonly query: CompiledQuery<Row>; readonly places: readonly (number | { readonly constant: unknown })[] }
  >();
  return async (db, ...parameters) => {
    const dialect = db.getExecutor().adapter.constructor;
    let known = compiled.get(dialect);
    if (known === undefined) {
      const query = build(db, (index) => new Place(index) as never).compile();
      known = {
        query,
        places: query.parameters.map((value) => (value instanceof Place ? value.index : { constant: value })),
      };
      compiled.set(dialect, known);
    }
    const values = known.places.map((place) => (typeof place === 'number' ? parameters[place] : place.constant));
    return (await db.executeQuery<Row>({ ...known.query, parameters: values })).rows;
  };
}

/** More than anybody asks for at once; a longer list is built anew each time. */
const LONGEST_LIST = 50;

/**
 * The same for a query over a list of values: compiled once for each length of the list.
 * @example
 * const byIds = preparedList((db, ids) => db.selectFrom('accounts').selectAll().where('id', 'in', ids));
 * const rows = await byIds(tx.db, ['account_1', 'account_2']);
 */
export function preparedList<Row>(
  build: (db: Kysely<Database>, values: readonly Parameter[]) => Compilable<Row>,
): (db: Kysely<Database>, values: readonly unknown[]) => Promise<Row[]> {
  const byLength = new Map<number, ReturnType<typeof prepared<Row>>>();
  return async (db, values) => {
    if (values.length > LONGEST_LIST)
      return (await db.executeQuery<Row>(build(db, values as readonly Parameter[]).compile())).rows;
    let query = byLength.get(values.length);
    if (query === undefined) {
      query = prepared((on, p) =>
        build(
          on,
          Array.from(values, (_, index) => p(index)),
        ),
      );
      byLength.set(values.length, query);
    }
    return query(db, ...values);
  };
}

class Place {
  readonly index: number;
  constructor(index: number) {
    this.index = index;
  }
}
