import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Store } from './store.ts';

/** Greater than every character that a text can hold. */
const LAST = '\u{10ffff}';

/**
 * `column` begins with `prefix`, as a range that an index answers in both dialects. LIKE would not do: SQLite ignores the
 * index for it, and PostgreSQL compares by the language of the database unless told to compare bytes.
 */
export function startsWith(dialect: Store['dialect'], column: string, prefix: string): RawBuilder<SqlBool> {
  const bytewise = dialect === 'postgres' ? sql`${sql.ref(column)} collate "C"` : sql.ref(column);
  return sql<SqlBool>`(${bytewise} >= ${prefix} and ${bytewise} < ${prefix + LAST})`;
}
