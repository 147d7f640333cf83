export interface ArticlesTables {
  articles: {
    id: string;
    state: 'draft' | 'published' | 'withdrawn';
    /** The newest published version; 0: none yet. */
    version: number;
    /** The draft, or else the newest version: `ArticleContent` of the contract. */
    content: string;
    drafted: 0 | 1;
    revision: number;
    created_at: string;
    created_by: string;
    updated_at: string;
    published_at: string | null;
    /** Of the newest version. */
    published_kind: string | null;
    withdrawn_reason: string | null;
  };
  /** What was published; never changed. */
  article_versions: {
    article_id: string;
    version: number;
    content: string;
    published_at: string;
    published_by: string;
  };
  /** The device types of a published article; `*` for a general one. */
  article_types: { article_id: string; type_id: string };
  /** Folded words of each language, parted by single spaces. Rows are replaced and never updated. */
  article_texts: {
    number: number;
    article_id: string;
    scope: 'published' | 'working';
    locale: string;
    title_words: string;
    /** Those of the title among them. */
    words: string;
  };
}
