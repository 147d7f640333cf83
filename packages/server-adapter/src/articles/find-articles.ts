import { type RawBuilder, sql } from 'kysely';
import type { Store } from '../store/store.ts';
import { GENERAL } from './article-rows.ts';
import { ftsQuery, type SearchTerm, tsQuery } from './search-words.ts';

export interface ArticleSearch {
  readonly scope: 'published' | 'working';
  readonly terms: readonly SearchTerm[];
  /** Only articles about these types, and general ones; undefined: about any. */
  readonly visibleTypes?: readonly string[] | undefined;
  /** Only articles about this type, or also general ones where nothing is about it alone. */
  readonly typeId?: string | undefined;
  readonly state?: string | undefined;
  readonly kind?: string | undefined;
  readonly offset: number;
  readonly limit: number;
}

interface Found {
  readonly id: string;
}

/**
 * Ids of what is found, in the order of both databases: all words in the title first, then the newest. Their own ranking
 * functions weigh differently, and the same question would have two answers.
 */
export async function findArticles(
  store: Pick<Store, 'db' | 'dialect'>,
  search: ArticleSearch,
): Promise<readonly string[]> {
  const { rows } = await articleQuery(store.dialect, search).execute(store.db);
  return rows.map(({ id }) => id);
}

/** The statement itself, so that a test can ask for its plan. */
export function articleQuery(dialect: Store['dialect'], search: ArticleSearch): RawBuilder<Found> {
  const { scope, terms, visibleTypes, typeId, state, kind, offset, limit } = search;
  const time = scope === 'published' ? sql`a.published_at` : sql`a.updated_at`;
  const conditions: RawBuilder<unknown>[] = [];
  if (scope === 'published') conditions.push(sql`a.state = 'published'`);
  if (state !== undefined) conditions.push(sql`a.state = ${state}`);
  if (visibleTypes !== undefined) conditions.push(aboutOneOf([GENERAL, ...visibleTypes]));
  if (typeId !== undefined) conditions.push(aboutOneOf([typeId]));
  if (kind !== undefined) conditions.push(sql`a.published_kind = ${kind}`);
  const where = (more: readonly RawBuilder<unknown>[]) =>
    more.length === 0 ? sql`` : sql` where ${sql.join(more, sql` and `)}`;
  if (terms.length === 0)
    return sql<Found>`select a.id as id from articles a${where(conditions)} order by ${time} desc, a.id desc limit ${limit} offset ${offset}`;

  const matches = (column: 'title_words' | 'words') =>
    dialect === 'sqlite'
      ? sql`t.number in (select rowid from article_words where article_words match ${ftsQuery(terms, column)})`
      : column === 'words'
        ? sql`array_to_tsvector(string_to_array(t.words, ' ')) @@ ${tsQuery(terms)}::tsquery`
        : sql`array_to_tsvector(string_to_array(t.title_words, ' ')) @@ ${tsQuery(terms)}::tsquery`;
  return sql<Found>`
    select a.id as id
    from article_texts t join articles a on a.id = t.article_id
    ${where([sql`t.scope = ${scope}`, matches('words'), ...conditions])}
    group by a.id, ${time}
    order by min(case when ${matches('title_words')} then 0 else 1 end), ${time} desc, a.id desc
    limit ${limit} offset ${offset}`;
}

const aboutOneOf = (types: readonly string[]) =>
  sql`exists (select 1 from article_types y where y.article_id = a.id and y.type_id in (${sql.join(types)}))`;
