import type { Feature } from '../feature.ts';
import type { Client } from '../http/client.ts';
import { articlesRoutes } from '../http/routes/articles.ts';
import type { ArticlePage } from '../protocol/article.ts';
import type { contract } from '../protocol/contract.ts';
import type { InputOf, OutputOf } from '../protocol/endpoint.ts';
import type { Locale } from '../protocol/primitives.ts';
import { type Readable, Value } from '../state/readable.ts';

export type ArticleFilter = InputOf<(typeof contract.articles)['search']>;
export type FoundArticles = OutputOf<(typeof contract.articles)['search']>;

/** The knowledge base as it is read: what is published, for a buyer as far as it is about devices of theirs (D9). */
export interface Articles {
  /** Counts up whenever there may be something else to read: then what is shown is asked for anew. */
  readonly changes: Readable<number>;
  /** All words in the title first, then the newest. */
  search(filter: ArticleFilter): Promise<FoundArticles>;
  /** In this language, or else in the first there is. */
  read(articleId: string, locale?: Locale): Promise<ArticlePage>;
}

export interface ArticlesManager extends Articles {
  reload(): void;
  reset(): void;
}

export function createArticles(client: Pick<Client, 'articles'>): ArticlesManager {
  const changes = new Value(0);
  const count = () => changes.set(changes.get() + 1);
  return {
    changes,
    reload: count,
    reset: count,
    search: (filter) => client.articles.search(filter),
    read: (articleId, locale) => client.articles.read({ articleId, ...(locale === undefined ? {} : { locale }) }),
  };
}

/** The knowledge base as it is read. */
export const articles: Feature<Articles> = {
  name: 'articles',
  create({ clientFor, on, keep }) {
    const made = createArticles(clientFor({ articles: articlesRoutes }));
    on('articles-changed', () => made.reload());
    on('devices-changed', () => made.reload());
    keep(made);
    return made;
  },
};
