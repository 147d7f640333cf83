import { createHash } from 'node:crypto';
import type { ArticleContent, contract } from '@callweave/sdk/protocol';
import { canonicalJson } from '../canonical-json.ts';
import type { Implementation } from '../http/operation.ts';
import { newId } from '../id.ts';
import { Problem } from '../problem.ts';
import type { Store, Tx } from '../store/store.ts';
import {
  type ArticleRow,
  changeArticle,
  contentOf,
  findArticle,
  LOCALES,
  removeArticle,
  setPublished,
  toArticle,
} from './article-rows.ts';
import { findArticles } from './find-articles.ts';
import { searchTerms } from './search-words.ts';

export interface WriterParts {
  readonly store: Store;
  readonly accountNames: (db: Store['db'], ids: readonly string[]) => Promise<ReadonlyMap<string, string>>;
  readonly typeExists: (db: Store['db'], typeId: string) => Promise<boolean>;
  readonly videoHosts: readonly string[];
}

type Operations = Omit<Implementation<typeof contract.articles>, 'search' | 'read'>;

/** What the technical team does: drafts, versions, publication. */
export function createWriterOperations({ store, accountNames, typeExists, videoHosts }: WriterParts): Operations {
  async function known(db: Store['db'], id: string, revision?: number): Promise<ArticleRow> {
    const row = await findArticle(db, id);
    if (row === undefined) throw new Problem('not-found', `There is no article ${id}.`);
    if (revision !== undefined && row.revision !== revision)
      throw new Problem('conflict', 'Somebody else has changed this article since it was loaded.');
    return row;
  }

  async function checked(db: Store['db'], content: ArticleContent): Promise<string> {
    for (const typeId of content.typeIds)
      if (!(await typeExists(db, typeId))) throw new Problem('unknown-device-type', `There is no type ${typeId}.`);
    checkHost(content.videoUrl);
    return JSON.stringify(content);
  }

  /** An `https:` address of a host that the house has named, without anything that hides another in it. */
  function checkHost(videoUrl: string | null): void {
    if (videoUrl === null) return;
    const url = URL.canParse(videoUrl) ? new URL(videoUrl) : undefined;
    const allowed = url?.protocol === 'https:' && url.username === '' && url.port === '';
    if (!allowed || !videoHosts.includes(url.hostname))
      throw new Problem('video-host', `Videos may be at: ${videoHosts.join(', ') || 'no host at all'}.`);
  }

  /** In the chain stands the digest of the text; the text itself stands in the versions. */
  const note = (tx: Tx, actor: string, id: string, action: string, data: Record<string, unknown> = {}) =>
    tx.record({ actor, action: `article.${action}`, subject: `article:${id}`, data });

  const digestOf = (content: string) =>
    createHash('sha256')
      .update(canonicalJson(JSON.parse(content)))
      .digest('hex');

  return {
    async list({ query, state, offset, limit }) {
      const terms = searchTerms(query);
      if (query.trim() !== '' && terms.length === 0) return { articles: [], more: false };
      const ids = await findArticles(store, { scope: 'working', terms, state, offset, limit: limit + 1 });
      const shown = ids.slice(0, limit);
      const rows =
        shown.length === 0 ? [] : await store.db.selectFrom('articles').selectAll().where('id', 'in', shown).execute();
      const byId = new Map(rows.map((row) => [row.id, toArticle(row)]));
      return { articles: shown.flatMap((id) => byId.get(id) ?? []), more: ids.length > limit };
    },

    get: async ({ articleId }) => toArticle(await known(store.db, articleId)),

    create: {
      async write(tx, content, { caller }) {
        const now = tx.now.toISOString();
        const row: ArticleRow = {
          id: newId('article', tx.now),
          state: 'draft',
          version: 0,
          content: await checked(tx.db, content),
          drafted: 1,
          revision: 0,
          created_at: now,
          created_by: caller.accountId,
          updated_at: now,
          published_at: null,
          published_kind: null,
          withdrawn_reason: null,
        };
        await tx.db.insertInto('articles').values(row).execute();
        await note(tx, caller.accountId, row.id, 'drafted', { kind: content.kind });
        return changeArticle(tx, row, { content: row.content });
      },
    },

    save: {
      async write(tx, { articleId, revision, content }, { caller }) {
        const row = await known(tx.db, articleId, revision);
        const written = await checked(tx.db, content);
        await note(tx, caller.accountId, row.id, 'saved', { digest: digestOf(written) });
        return changeArticle(tx, row, { content: written, drafted: 1 });
      },
    },

    discard: {
      async write(tx, { articleId }, { caller }) {
        const row = await known(tx.db, articleId);
        if (row.drafted === 0) throw new Problem('article-state', 'The article has no draft.');
        await note(tx, caller.accountId, row.id, 'draft-dropped');
        if (row.version === 0) await removeArticle(tx, row.id);
        else
          await changeArticle(tx, row, { content: (await versionOf(tx.db, row.id, row.version)).content, drafted: 0 });
        return {};
      },
    },

    publish: {
      async write(tx, { articleId, revision }, { caller }) {
        const row = await known(tx.db, articleId, revision);
        // One that was withdrawn is published again as it was: that is a version, too.
        if (row.drafted === 0 && row.state !== 'withdrawn')
          throw new Problem('article-state', 'There is nothing new to publish.');
        const content = contentOf(row);
        checkHost(content.videoUrl);
        if (!isComplete(content))
          throw new Problem('article-incomplete', 'A language lacks its text, or a video its link.');
        const version = row.version + 1;
        const now = tx.now.toISOString();
        await tx.db
          .insertInto('article_versions')
          .values({
            article_id: row.id,
            version,
            content: row.content,
            published_at: now,
            published_by: caller.accountId,
          })
          .execute();
        await setPublished(tx, row.id, content);
        await note(tx, caller.accountId, row.id, 'published', { version, digest: digestOf(row.content) });
        return changeArticle(tx, row, {
          state: 'published',
          version,
          drafted: 0,
          published_at: now,
          published_kind: content.kind,
          withdrawn_reason: null,
        });
      },
    },

    withdraw: {
      async write(tx, { articleId, revision, reason }, { caller }) {
        const row = await known(tx.db, articleId, revision);
        if (row.state !== 'published') throw new Problem('article-state', `The article is ${row.state}.`);
        await setPublished(tx, row.id, undefined);
        await note(tx, caller.accountId, row.id, 'withdrawn', { version: row.version });
        return changeArticle(tx, row, { state: 'withdrawn', withdrawn_reason: reason });
      },
    },

    async versions({ articleId }) {
      await known(store.db, articleId);
      const rows = await store.db
        .selectFrom('article_versions')
        .selectAll()
        .where('article_id', '=', articleId)
        .orderBy('version', 'desc')
        .execute();
      const names = await accountNames(
        store.db,
        rows.map(({ published_by }) => published_by),
      );
      return {
        versions: rows.map((row) => ({
          version: row.version,
          publishedAt: row.published_at,
          publishedBy: names.get(row.published_by) ?? '',
          content: contentOf(row),
        })),
      };
    },

    restore: {
      async write(tx, { articleId, revision, version }, { caller }) {
        const row = await known(tx.db, articleId, revision);
        const { content } = await versionOf(tx.db, row.id, version);
        await note(tx, caller.accountId, row.id, 'restored', { version });
        return changeArticle(tx, row, { content, drafted: 1 });
      },
    },
  };
}

async function versionOf(db: Store['db'], articleId: string, version: number): Promise<{ readonly content: string }> {
  const row = await db
    .selectFrom('article_versions')
    .select('content')
    .where('article_id', '=', articleId)
    .where('version', '=', version)
    .executeTakeFirst();
  if (row === undefined) throw new Problem('not-found', `The article has no version ${version}.`);
  return row;
}

/** A video says enough with its link; anything to read needs a text in each of its languages. */
function isComplete({ kind, texts, videoUrl }: ArticleContent): boolean {
  return kind === 'video' ? videoUrl !== null : LOCALES.every((locale) => texts[locale]?.body !== '');
}
