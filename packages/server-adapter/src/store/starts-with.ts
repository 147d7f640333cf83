import { type RawBuilder, type SqlBool, sql } from 'kysely';

/** Greater than every character that a text can hold. */
const LAST = '\u{10ffff}';

/**
 * `column` begins with `prefix`, as a range that an index answers in both dialects (text is compared bytewise in both).
 * LIKE would not do: SQLite uses no index for it.
 */
export function startsWith(column: string, prefix: string): RawBuilder<SqlBool> {
  return sql<SqlBool>`(${sql.ref(column)} >= ${prefix} and ${sql.ref(column)} < ${prefix + LAST})`;
}
