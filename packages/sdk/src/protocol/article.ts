import * as z from 'zod/mini';
import { endpoint } from './endpoint.ts';
import { Empty, Id, Instant, Locale, line, paragraph } from './primitives.ts';

/** D9: something to read; or a video, with its description and what is said in it. */
export const ArticleKind = z.enum(['article', 'video']);
export type ArticleKind = z.infer<typeof ArticleKind>;

/**
 * `draft`: never published. `published`: buyers have the newest version, whatever is being drafted besides.
 * `withdrawn`: no buyer sees it any more; it can be published again.
 */
export const ArticleState = z.enum(['draft', 'published', 'withdrawn']);
export type ArticleState = z.infer<typeof ArticleState>;

/** What an article says in one language. */
export const ArticleText = z.object({
  title: line(160),
  /** Markdown (CommonMark and tables); raw HTML in it is shown as text. */
  body: paragraph(50_000),
  /** What is said in a video, for those who cannot hear it and for the search. */
  transcript: z._default(paragraph(50_000), ''),
});
export type ArticleText = z.infer<typeof ArticleText>;

const texts = z.object({ en: z.optional(ArticleText), fa: z.optional(ArticleText), cs: z.optional(ArticleText) });

/** All that is written about one subject: what a draft changes, and what a version keeps. */
export const ArticleContent = z.object({
  kind: ArticleKind,
  /** Device types it is about; empty: general, for every buyer. */
  typeIds: z.array(Id).check(z.maxLength(200)),
  /** In one language at least. Readers of another get the first there is of theirs, English, Persian, Czech. */
  texts: texts.check(
    z.refine(
      (all) => all.en !== undefined || all.fa !== undefined || all.cs !== undefined,
      'must be there in one language',
    ),
  ),
  /** Where the video is: `https:`, at one of the hosts that the house allows. */
  videoUrl: z.nullable(z.string().check(z.maxLength(1000), z.regex(/^https:\/\/[^\s/?#@]+(?:[/?#]\S*)?$/))),
});
export type ArticleContent = z.infer<typeof ArticleContent>;

/** An article as the technical team works on it. */
export const Article = z.object({
  id: Id,
  state: ArticleState,
  /** The newest published version; 0: there is none yet. */
  version: z.int(),
  /** There are changes that have not been published. */
  drafted: z.boolean(),
  /** The draft; without one, the newest version. */
  content: ArticleContent,
  /** Counts changes: who saves names the one they have read. */
  revision: z.int(),
  updatedAt: Instant,
  publishedAt: z.nullable(Instant),
  withdrawnReason: z.nullable(z.string()),
});
export type Article = z.infer<typeof Article>;

/** A published version; it never changes. */
export const ArticleVersion = z.object({
  version: z.int(),
  publishedAt: Instant,
  /** Who published it. */
  publishedBy: z.string(),
  content: ArticleContent,
});
export type ArticleVersion = z.infer<typeof ArticleVersion>;

/** Where, in characters of the text, something is to be marked: from the first to before the second. */
const Mark = z.tuple([z.int(), z.int()]);
export const MarkedText = z.object({ text: z.string(), marks: z.array(Mark) });
export type MarkedText = z.infer<typeof MarkedText>;

/** What a search finds: plain text, never markup. */
export const ArticleHit = z.object({
  id: Id,
  kind: ArticleKind,
  typeIds: z.array(Id),
  /** The language that the text is in. */
  locale: Locale,
  title: MarkedText,
  /** The beginning, or the place where the words stand. */
  snippet: MarkedText,
  publishedAt: Instant,
});
export type ArticleHit = z.infer<typeof ArticleHit>;

/** A published article as it is read. */
export const ArticlePage = z.object({
  id: Id,
  kind: ArticleKind,
  typeIds: z.array(Id),
  locale: Locale,
  /** The languages it is there in. */
  locales: z.array(Locale),
  title: z.string(),
  /** Markdown. */
  body: z.string(),
  transcript: z.string(),
  videoUrl: z.nullable(z.string()),
  version: z.int(),
  publishedAt: Instant,
});
export type ArticlePage = z.infer<typeof ArticlePage>;

const readers = ['buyer', 'agent', 'supervisor', 'technician', 'manager'] as const;
const writers = ['technician', 'manager'] as const;
const one = { articleId: Id };
const known = { ...one, revision: z.int() };
const limit = z._default(z.coerce.number().check(z.int(), z.gte(1), z.lte(100)), 30);
const offset = z._default(z.coerce.number().check(z.int(), z.gte(0), z.lte(10_000)), 0);

export const articles = {
  search: endpoint({
    method: 'GET',
    path: '/articles',
    summary: 'Published articles; a buyer gets the general ones and those about types they own',
    access: readers,
    input: z.object({
      /** Every word must stand in it, or begin one that does; found in the title first. Empty: all, the newest first. */
      query: z._default(z.string().check(z.maxLength(200)), ''),
      typeId: z.optional(Id),
      kind: z.optional(ArticleKind),
      locale: z._default(Locale, 'en'),
      offset,
      limit,
    }),
    output: z.object({ articles: z.array(ArticleHit), more: z.boolean() }),
  }),
  read: endpoint({
    method: 'GET',
    path: '/articles/{articleId}',
    summary: 'One published article; what is not for the buyer answers like what is not there',
    access: readers,
    input: z.object({ ...one, locale: z._default(Locale, 'en') }),
    output: ArticlePage,
  }),
  list: endpoint({
    method: 'GET',
    path: '/article-drafts',
    summary: 'Every article as the technical team works on it, drafts included; by words too',
    access: writers,
    input: z.object({
      query: z._default(z.string().check(z.maxLength(200)), ''),
      state: z.optional(ArticleState),
      offset,
      limit,
    }),
    output: z.object({ articles: z.array(Article), more: z.boolean() }),
  }),
  get: endpoint({
    method: 'GET',
    path: '/article-drafts/{articleId}',
    summary: 'One article as the technical team works on it',
    access: writers,
    input: z.object(one),
    output: Article,
  }),
  create: endpoint({
    method: 'POST',
    path: '/article-drafts',
    summary: 'Begin an article',
    access: writers,
    input: ArticleContent,
    output: Article,
    problems: ['unknown-device-type', 'video-host'],
  }),
  save: endpoint({
    method: 'PUT',
    path: '/article-drafts/{articleId}',
    summary: 'Save the draft; what is published stays as it is',
    access: writers,
    input: z.object({ ...known, content: ArticleContent }),
    output: Article,
    problems: ['unknown-device-type', 'video-host'],
  }),
  discard: endpoint({
    method: 'DELETE',
    path: '/article-drafts/{articleId}',
    summary: 'Drop the draft; an article that was never published goes with it',
    access: writers,
    input: z.object(one),
    output: Empty,
    problems: ['article-state'],
  }),
  publish: endpoint({
    method: 'POST',
    path: '/article-drafts/{articleId}/publish',
    summary: 'Publish the draft as a new version',
    access: writers,
    input: z.object(known),
    output: Article,
    problems: ['article-state', 'article-incomplete', 'video-host'],
  }),
  withdraw: endpoint({
    method: 'POST',
    path: '/article-drafts/{articleId}/withdraw',
    summary: 'Take it back, with a reason: buyers no longer see it',
    access: writers,
    input: z.object({ ...known, reason: line(300) }),
    output: Article,
    problems: ['article-state'],
  }),
  versions: endpoint({
    method: 'GET',
    path: '/article-drafts/{articleId}/versions',
    summary: 'What was published, the newest first',
    access: writers,
    input: z.object(one),
    output: z.object({ versions: z.array(ArticleVersion) }),
  }),
  restore: endpoint({
    method: 'POST',
    path: '/article-drafts/{articleId}/restore',
    summary: 'Make an old version the draft; it is published like any other',
    access: writers,
    input: z.object({ ...known, version: z.int() }),
    output: Article,
  }),
} as const;
