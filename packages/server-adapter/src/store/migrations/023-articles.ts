import type { Migration } from '../migrate.ts';

/** Articles (D9), their versions, and the words by which they are found: an index of its own kind on each database. */
export const articles: Migration = {
  name: '023-articles',
  statements: [
    `create table articles (
      id TEXT primary key, state TEXT not null, version INTEGER not null, content TEXT not null, drafted INTEGER not null,
      revision INTEGER not null, created_at TEXT not null, created_by TEXT not null, updated_at TEXT not null,
      published_at TEXT, published_kind TEXT, withdrawn_reason TEXT)`,
    'create index articles_by_time on articles (state, published_at, id)',
    'create index articles_by_change on articles (updated_at, id)',
    `create table article_versions (
      article_id TEXT not null, version INTEGER not null, content TEXT not null, published_at TEXT not null,
      published_by TEXT not null, primary key (article_id, version))`,
    `create table article_types (
      article_id TEXT not null, type_id TEXT not null, primary key (article_id, type_id))`,
    'create index article_types_by_type on article_types (type_id, article_id)',
    `create table article_texts (
      number INTEGER primary key, article_id TEXT not null, scope TEXT not null, locale TEXT not null,
      title_words TEXT not null, words TEXT not null)`,
    'create unique index article_texts_of_article on article_texts (article_id, scope, locale)',
  ],
  dialects: {
    sqlite: [
      // The words are folded and parted already; what is indexed stands in article_texts and not a second time.
      `create virtual table article_words using fts5(
        title_words, words, content = 'article_texts', content_rowid = 'number',
        tokenize = "unicode61 remove_diacritics 0", prefix = '2 3')`,
      `create trigger article_texts_inserted after insert on article_texts begin
        insert into article_words (rowid, title_words, words) values (new.number, new.title_words, new.words); end`,
      `create trigger article_texts_deleted after delete on article_texts begin
        insert into article_words (article_words, rowid, title_words, words)
          values ('delete', old.number, old.title_words, old.words); end`,
    ],
    postgres: [
      // Made of the words as they are: no parser of the server's decides differently what a word is. Articles change
      // seldom, so an index without a list of what is still to be put in: that list is read by every search.
      `create index article_texts_title_words on article_texts
        using gin (array_to_tsvector(string_to_array(title_words, ' '))) with (fastupdate = off)`,
      `create index article_texts_words on article_texts
        using gin (array_to_tsvector(string_to_array(words, ' '))) with (fastupdate = off)`,
    ],
  },
};
