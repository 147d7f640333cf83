import type {
  Article,
  ArticleContent,
  ArticleHit,
  ArticlePage,
  ArticleVersion,
  DeviceType,
} from '@callweave/sdk/protocol';

export const printerType: DeviceType = {
  id: 'devicetype_1',
  names: { en: 'Scanner S1', fa: 'اسکنر اس۱', cs: 'Skener S1' },
  brand: 'Artin',
  model: 'S1',
  kind: 'scanner',
  serviceMonths: 12,
  warrantyMonths: 24,
  active: true,
} as DeviceType;

export const articleHit = (changes: Partial<ArticleHit> = {}): ArticleHit => ({
  id: 'article_1',
  kind: 'article',
  typeIds: ['devicetype_1'],
  locale: 'en',
  title: { text: 'Calibrate the scanner', marks: [[0, 9]] },
  snippet: { text: '… to calibrate it, hold <b>both</b> keys', marks: [[5, 14]] },
  publishedAt: '2026-11-22T10:00:00.000Z',
  ...changes,
});

const BODY = [
  '# Before you begin',
  'Switch it **off** & on, see [the site](https://vendor.example/s1 "site").',
  '## Steps',
  '1. Hold both keys\n2. Wait\n   - until it is green',
  '| key | does |\n|---|---|\n| A | `start` |',
  '> Never *open* it.',
  '```\nreset --all\n```',
].join('\n\n');

export const articlePage = (changes: Partial<ArticlePage> = {}): ArticlePage => ({
  id: 'article_1',
  kind: 'article',
  typeIds: ['devicetype_1'],
  locale: 'en',
  locales: ['en'],
  title: 'Calibrate the scanner',
  body: BODY,
  transcript: '',
  videoUrl: null,
  version: 2,
  publishedAt: '2026-11-22T10:00:00.000Z',
  ...changes,
});

/** At an address that answers nothing: what a page shows whose policy lets no video in. */
export const videoPage = (changes: Partial<ArticlePage> = {}): ArticlePage =>
  articlePage({
    kind: 'video',
    body: 'How it is **done**.',
    transcript: 'First we switch it off.',
    videoUrl: 'https://127.0.0.1:9/calibrate.mp4',
    ...changes,
  });

export const articleContent = (changes: Partial<ArticleContent> = {}): ArticleContent => ({
  kind: 'article',
  typeIds: ['devicetype_1'],
  texts: {
    en: { title: 'Calibrate the scanner', body: BODY, transcript: '' },
    fa: { title: 'تنظیم اسکنر', body: 'دستگاه را **خاموش** کنید.', transcript: '' },
  },
  videoUrl: null,
  ...changes,
});

export const draftedArticle = (changes: Partial<Article> = {}): Article => ({
  id: 'article_1',
  state: 'published',
  version: 2,
  drafted: true,
  content: articleContent(),
  revision: 5,
  updatedAt: '2026-11-22T10:00:00.000Z',
  publishedAt: '2026-11-21T10:00:00.000Z',
  withdrawnReason: null,
  ...changes,
});

export const articleVersions = (): ArticleVersion[] =>
  [2, 1].map((version) => ({
    version,
    publishedAt: `2026-11-2${version}T10:00:00.000Z`,
    publishedBy: 'Mina',
    content: articleContent(),
  }));
