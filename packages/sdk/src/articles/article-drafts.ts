import type { Feature } from '../feature.ts';
import type { Client } from '../http/client.ts';
import { articlesRoutes } from '../http/routes/articles.ts';
import type { Article, ArticleContent, ArticleState, ArticleVersion } from '../protocol/article.ts';
import { createArrivals } from '../state/arrivals.ts';
import { LiveList } from '../state/live-list.ts';
import type { Loadable, Readable } from '../state/readable.ts';

/** Who changes an article names the revision that they have read. */
type Known = Pick<Article, 'id' | 'revision'>;

/** The knowledge base as the technical team writes it (D9). */
export interface ArticleDrafts {
  /** Those that were changed last, drafts included. Loaded on the first {@link open}, then kept true by events. */
  readonly list: Readable<Loadable<readonly Article[]>>;
  /** Begins to follow them; returns the function that ends it. */
  open(): () => void;
  /** Any of them, by words. */
  find(query: string, state?: ArticleState): Promise<readonly Article[]>;
  get(articleId: string): Promise<Article>;
  create(content: ArticleContent): Promise<Article>;
  save(article: Known, content: ArticleContent): Promise<Article>;
  /** Drops the draft; an article that was never published goes with it. */
  discard(articleId: string): Promise<void>;
  publish(article: Known): Promise<Article>;
  withdraw(article: Known, reason: string): Promise<Article>;
  /** The newest first. */
  versions(articleId: string): Promise<readonly ArticleVersion[]>;
  /** Makes an old version the draft. */
  restore(article: Known, version: number): Promise<Article>;
}

export interface ArticleDraftsManager extends ArticleDrafts {
  reload(): void;
  reset(): void;
  handleArticle(article: Article): void;
  handleRemoved(articleId: string): void;
}

const LIMIT = 100;

export function createArticleDrafts(client: Pick<Client, 'articles'>): ArticleDraftsManager {
  const list = new LiveList<Article>({
    fetch: async () => (await client.articles.list({ limit: LIMIT })).articles,
    matches: () => true,
    compare: (a, b) => (a.updatedAt === b.updatedAt ? (a.id < b.id ? 1 : -1) : a.updatedAt < b.updatedAt ? 1 : -1),
    limit: LIMIT,
  });
  const arrivals = createArrivals<Article>((article) => list.put(article));
  const handleRemoved = (articleId: string) => list.remove(articleId);
  return {
    list: list.state,
    open: () => list.open(),
    reload: () => list.reload(),
    reset: () => list.reset(),
    handleArticle: (article) => arrivals.event(article),
    handleRemoved,
    find: async (query, state) =>
      (await client.articles.list({ query, limit: LIMIT, ...(state === undefined ? {} : { state }) })).articles,
    get: (articleId) => client.articles.get({ articleId }),
    create: (content) => arrivals.answer(client.articles.create(content)),
    save: ({ id, revision }, content) => arrivals.answer(client.articles.save({ articleId: id, revision, content })),
    async discard(articleId) {
      await client.articles.discard({ articleId });
    },
    publish: ({ id, revision }) => arrivals.answer(client.articles.publish({ articleId: id, revision })),
    withdraw: ({ id, revision }, reason) =>
      arrivals.answer(client.articles.withdraw({ articleId: id, revision, reason })),
    versions: async (articleId) => (await client.articles.versions({ articleId })).versions,
    restore: ({ id, revision }, version) =>
      arrivals.answer(client.articles.restore({ articleId: id, revision, version })),
  };
}

/** The knowledge base as the technical team writes it. */
export const articleDrafts: Feature<ArticleDrafts> = {
  name: 'articleDrafts',
  create({ clientFor, on, keep }) {
    const made = createArticleDrafts(clientFor({ articles: articlesRoutes }));
    on('article', ({ data }) => made.handleArticle(data));
    on('article-removed', ({ data }) => made.handleRemoved(data.id));
    keep(made);
    return made;
  },
};
