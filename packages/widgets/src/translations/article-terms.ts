import type { ArticleKind, ArticleState, Locale } from '@callweave/sdk/protocol';
import type { TermsSection } from './section.ts';

/** The knowledge base, as it is read and as it is written. */
export interface ArticleTerms {
  readonly title: string;
  readonly search: string;
  readonly searchHint: string;
  readonly type: string;
  readonly allTypes: string;
  readonly kind: Readonly<Record<ArticleKind, string>>;
  readonly kinds: string;
  readonly allKinds: string;
  readonly empty: string;
  readonly noMatch: (query: string) => string;
  readonly found: (count: number) => string;
  readonly more: string;
  readonly back: string;
  readonly gone: string;
  readonly offline: string;
  readonly otherLanguage: (language: string) => string;
  readonly language: Readonly<Record<Locale, string>>;
  readonly published: (when: string) => string;
  readonly video: string;
  readonly openVideo: string;
  readonly videoBlocked: string;
  readonly transcript: string;
  readonly editor: {
    readonly title: string;
    readonly empty: string;
    readonly write: string;
    readonly state: Readonly<Record<ArticleState, string>>;
    readonly drafted: string;
    readonly version: (number: string) => string;
    readonly changed: (when: string) => string;
    readonly kind: string;
    readonly general: string;
    readonly types: string;
    readonly typesHint: string;
    readonly videoUrl: string;
    readonly videoHint: string;
    readonly languages: string;
    readonly languagesHint: string;
    readonly titleIn: Readonly<Record<Locale, string>>;
    readonly bodyIn: Readonly<Record<Locale, string>>;
    readonly bodyHint: string;
    readonly transcriptIn: Readonly<Record<Locale, string>>;
    readonly preview: string;
    readonly save: string;
    readonly saved: string;
    readonly publish: string;
    readonly publishSure: string;
    readonly publishNow: string;
    readonly donePublishing: (number: string) => string;
    readonly withdraw: string;
    readonly withdrawReason: string;
    readonly withdrawNow: string;
    readonly withdrawn: string;
    readonly discard: string;
    readonly discardSure: string;
    readonly discardNow: string;
    readonly versions: string;
    readonly noVersions: string;
    readonly versionBy: (number: string, name: string, when: string) => string;
    readonly restore: string;
    readonly restored: (number: string) => string;
    readonly titleMissing: string;
  };
}

export const articleTerms: TermsSection<'articles'> = {
  name: 'articles',
  en: () => import('./en/articles.ts'),
  fa: () => import('./fa/articles.ts'),
  cs: () => import('./cs/articles.ts'),
};
