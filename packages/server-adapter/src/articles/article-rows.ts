import type { Article, ArticleContent, ArticleText, Locale } from '@callweave/sdk/protocol';
import type { Kysely, Selectable } from 'kysely';
import type { Database } from '../store/schema.ts';
import type { Audience, Tx } from '../store/store.ts';
import { searchWords } from './search-words.ts';
import { plainText } from './snippet.ts';

type Db = Kysely<Database>;
export type ArticleRow = Selectable<Database['articles']>;

/** In `article_types`: about no type in particular, for everybody. No id is spelled like it. */
export const GENERAL = '*';

/** In which order a language is looked for that the reader can do with. */
export const LOCALES = ['en', 'fa', 'cs'] as const satisfies readonly Locale[];

const WRITERS: Audience = ['role:technician', 'role:manager'];
const READERS: Audience = ['role:buyer', 'role:agent', 'role:supervisor', 'role:technician', 'role:manager'];

export const findArticle = (db: Db, id: string): Promise<ArticleRow | undefined> =>
  db.selectFrom('articles').selectAll().where('id', '=', id).executeTakeFirst();

export const contentOf = ({ content }: { readonly content: string }) => JSON.parse(content) as ArticleContent;

export function toArticle(row: ArticleRow): Article {
  return {
    id: row.id,
    state: row.state,
    version: row.version,
    drafted: row.drafted === 1,
    content: contentOf(row),
    revision: row.revision,
    updatedAt: row.updated_at,
    publishedAt: row.published_at,
    withdrawnReason: row.withdrawn_reason,
  };
}

/** The languages it is there in, that of the reader first. */
export const localesOf = ({ texts }: ArticleContent, wanted: Locale): readonly Locale[] =>
  [wanted, ...LOCALES.filter((each) => each !== wanted)].filter((each) => texts[each] !== undefined);

/** Writes a change of an article, what it is found by, and tells the technical team. */
export async function changeArticle(tx: Tx, row: ArticleRow, set: Partial<ArticleRow>): Promise<Article> {
  const changed: ArticleRow = { ...row, ...set, revision: row.revision + 1, updated_at: tx.now.toISOString() };
  await tx.db.updateTable('articles').set(changed).where('id', '=', row.id).execute();
  if (set.content !== undefined) await indexTexts(tx, row.id, 'working', contentOf(changed));
  const article = toArticle(changed);
  await tx.publish({ type: 'article', data: article }, WRITERS);
  return article;
}

/** What buyers find from now on; nothing, when it is taken back. */
export async function setPublished(tx: Tx, articleId: string, content: ArticleContent | undefined): Promise<void> {
  await tx.db.deleteFrom('article_types').where('article_id', '=', articleId).execute();
  if (content !== undefined) {
    const types = content.typeIds.length === 0 ? [GENERAL] : [...new Set(content.typeIds)];
    await tx.db
      .insertInto('article_types')
      .values(types.map((type_id) => ({ article_id: articleId, type_id })))
      .execute();
  }
  await indexTexts(tx, articleId, 'published', content);
  await tx.publish({ type: 'articles-changed', data: {} }, READERS);
}

export async function removeArticle(tx: Tx, articleId: string): Promise<void> {
  await indexTexts(tx, articleId, 'working', undefined);
  await tx.db.deleteFrom('articles').where('id', '=', articleId).execute();
  await tx.publish({ type: 'article-removed', data: { id: articleId } }, WRITERS);
}

/** The index follows by itself: through triggers on one database, through the columns it is made of on the other. */
async function indexTexts(tx: Tx, articleId: string, scope: 'published' | 'working', content?: ArticleContent) {
  await tx.db.deleteFrom('article_texts').where('article_id', '=', articleId).where('scope', '=', scope).execute();
  for (const locale of LOCALES) {
    const text = content?.texts[locale];
    if (text === undefined) continue;
    await tx.db
      .insertInto('article_texts')
      .values({
        number: await tx.next('article-texts'),
        article_id: articleId,
        scope,
        locale,
        title_words: searchWords(text.title),
        words: searchWords(wholeText(text)),
      })
      .execute();
  }
}

/** All that is said in one language, as plain text. */
export const wholeText = ({ title, body, transcript }: ArticleText) =>
  [title, plainText(body), transcript].filter((part) => part !== '').join('\n');
