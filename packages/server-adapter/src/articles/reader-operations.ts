import type { ArticleContent, ArticleHit, ArticleText, contract, Locale } from '@callweave/sdk/protocol';
import type { Caller, Implementation } from '../http/operation.ts';
import { Problem } from '../problem.ts';
import type { Store } from '../store/store.ts';
import { contentOf, localesOf, wholeText } from './article-rows.ts';
import { findArticles } from './find-articles.ts';
import { type SearchTerm, searchTerms } from './search-words.ts';
import { holdsAll, markWords, plainText, snippetOf } from './snippet.ts';

export interface ReaderParts {
  readonly store: Store;
  /** Types of the devices that a buyer owns. */
  readonly typesOwned: (db: Store['db'], customerId: string) => Promise<readonly string[]>;
}

type Operations = Pick<Implementation<typeof contract.articles>, 'search' | 'read'>;

/** What is read: by buyers as far as it concerns them, by staff all. */
export function createReaderOperations({ store, typesOwned }: ReaderParts): Operations {
  /** Undefined: every type. The server decides, and by what is owned now. */
  async function visibleTypes(caller: Caller): Promise<readonly string[] | undefined> {
    if (caller.roles.some((role) => role !== 'buyer')) return undefined;
    return caller.customerId === undefined ? [] : typesOwned(store.db, caller.customerId);
  }

  /** The published content of articles; `articles.content` may be a newer draft. */
  async function published(ids: readonly string[]): Promise<ReadonlyMap<string, Published>> {
    if (ids.length === 0) return new Map();
    const rows = await store.db
      .selectFrom('articles')
      .innerJoin('article_versions', (join) =>
        join
          .onRef('article_versions.article_id', '=', 'articles.id')
          .onRef('article_versions.version', '=', 'articles.version'),
      )
      .select(['articles.id', 'articles.version', 'article_versions.content', 'article_versions.published_at'])
      .where('articles.id', 'in', ids)
      .where('articles.state', '=', 'published')
      .execute();
    return new Map(rows.map((row) => [row.id, { ...row, content: contentOf(row) }]));
  }

  return {
    async search({ query, typeId, kind, locale, offset, limit }, { caller }) {
      const terms = searchTerms(query);
      // Signs alone are no words: nothing is found by them.
      if (query.trim() !== '' && terms.length === 0) return { articles: [], more: false };
      const ids = await findArticles(store, {
        scope: 'published',
        terms,
        typeId,
        kind,
        visibleTypes: await visibleTypes(caller),
        offset,
        limit: limit + 1,
      });
      const known = await published(ids.slice(0, limit));
      const hits = ids.flatMap((id) => {
        const article = known.get(id);
        return article === undefined ? [] : [toHit(article, terms, locale)];
      });
      return { articles: hits, more: ids.length > limit };
    },

    async read({ articleId, locale }, { caller }) {
      const article = (await published([articleId])).get(articleId);
      const visible = await visibleTypes(caller);
      const { typeIds = [] } = article?.content ?? {};
      if (
        article === undefined ||
        (visible !== undefined && typeIds.length > 0 && !typeIds.some((type) => visible.includes(type)))
      )
        throw new Problem('not-found', `There is no article ${articleId}.`);
      const { content, version, published_at } = article;
      const locales = localesOf(content, locale);
      const [shown = locale] = locales;
      const { title, body, transcript } = textIn(content, shown);
      return {
        id: articleId,
        kind: content.kind,
        typeIds,
        locale: shown,
        locales: [...locales],
        title,
        body,
        transcript,
        videoUrl: content.videoUrl,
        version,
        publishedAt: published_at,
      };
    },
  };
}

interface Published {
  readonly id: string;
  readonly version: number;
  readonly content: ArticleContent;
  readonly published_at: string;
}

const textIn = ({ texts }: ArticleContent, locale: Locale): ArticleText =>
  texts[locale] ?? { title: '', body: '', transcript: '' };

/** In the reader's language, unless the words stand in another one alone. */
function toHit({ id, content, published_at }: Published, terms: readonly SearchTerm[], wanted: Locale): ArticleHit {
  const locales = localesOf(content, wanted);
  const [first = wanted] = locales;
  const locale = locales.find((each) => holdsAll(wholeText(textIn(content, each)), terms)) ?? first;
  const { title, body, transcript } = textIn(content, locale);
  const plain = plainText(body);
  const place = markWords(plain, terms).marks.length === 0 && markWords(transcript, terms).marks.length > 0;
  return {
    id,
    kind: content.kind,
    typeIds: content.typeIds,
    locale,
    title: markWords(title, terms),
    snippet: snippetOf(place ? transcript.replace(/\s+/g, ' ') : plain, terms),
    publishedAt: published_at,
  };
}
