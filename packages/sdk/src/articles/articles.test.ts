import { expect, test } from 'vitest';
import type { Client } from '../http/client.ts';
import type { Article } from '../protocol/article.ts';
import { createArticleDrafts } from './article-drafts.ts';
import { createArticles } from './articles.ts';

const article = (id: string, revision: number, minute: number): Article => ({
  id,
  state: 'draft',
  version: 0,
  drafted: true,
  content: { kind: 'article', typeIds: [], texts: {}, videoUrl: null },
  revision,
  updatedAt: `2026-11-22T10:0${minute}:00.000Z`,
  publishedAt: null,
  withdrawnReason: null,
});

test('drafts: what was changed last comes first, an event wins over an older answer, what was dropped stays away', async () => {
  let answer: (article: Article) => void = () => {};
  const client = {
    articles: {
      list: async () => ({ articles: [article('a', 1, 1), article('b', 1, 2)], more: false }),
      publish: () => new Promise<Article>((resolve) => (answer = resolve)),
    },
  } as unknown as Client;
  const drafts = createArticleDrafts(client);
  const shown = () => {
    const state = drafts.list.get();
    return state.status === 'ready' ? state.value.map(({ id, revision }) => `${id} ${revision}`) : state.status;
  };
  drafts.open();
  await expect.poll(shown).toEqual(['b 1', 'a 1']);
  const publishing = drafts.publish(article('a', 1, 1));
  drafts.handleArticle(article('a', 3, 4));
  answer(article('a', 2, 3));
  await publishing;
  expect(shown()).toEqual(['a 3', 'b 1']);
  drafts.handleRemoved('b');
  expect(shown()).toEqual(['a 3']);
  drafts.reload();
  drafts.handleArticle(article('c', 1, 5));
  await expect.poll(shown).toEqual(['c 1', 'a 1']);
  drafts.reset();
  expect(shown()).toBe('loading');
});

test('readers are told when there may be something else to read', () => {
  const articles = createArticles({} as Client);
  const told: number[] = [];
  articles.changes.subscribe((count) => told.push(count));
  articles.reload();
  articles.reload();
  expect(new Set(told).size).toBeGreaterThanOrEqual(2);
});
