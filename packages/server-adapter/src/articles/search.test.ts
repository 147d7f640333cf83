import type { ArticleHit } from '@callweave/sdk/protocol';
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import type { Store } from '../store/store.ts';
import { describeStores } from '../store/testing.ts';
import { createTestDesk } from '../testing/desk.ts';
import { GENERAL } from './article-rows.ts';
import { articleQuery } from './find-articles.ts';
import { searchTerms, searchWords } from './search-words.ts';

interface Written {
  readonly title: string;
  readonly body?: string;
  readonly transcript?: string;
  readonly locale?: 'en' | 'fa' | 'cs';
}

describeStores('search of articles', (makeStore, dialect) => {
  async function stage() {
    const store = await makeStore();
    const desk = await createTestDesk(store);
    const technician = await desk.as('technician');
    return {
      async publish({ title, body = 'Nothing more.', transcript = '', locale = 'en' }: Written): Promise<void> {
        const texts = { [locale]: { title, body, transcript } };
        const draft = await technician('POST', '/article-drafts', {
          kind: 'article',
          typeIds: [],
          texts,
          videoUrl: null,
        });
        const done = await technician('POST', `/article-drafts/${draft.body.id}/publish`, {
          revision: draft.body.revision,
        });
        if (done.status !== 200) throw new Error(done.text);
      },
      async find(query: string, more = ''): Promise<ArticleHit[]> {
        const answer = await technician('GET', `/articles?query=${encodeURIComponent(query)}${more}`);
        if (answer.status !== 200) throw new Error(answer.text);
        return answer.body.articles;
      },
    };
  }

  it('finds however it is typed: ye and kaf, joiners, diacritics, digits, case', async () => {
    const { publish, find } = await stage();
    await publish({ title: 'راه‌اندازی نرم‌افزار کیف‌پول', body: 'نسخهٔ ۱۲ را می‌گیرید؛ مُدَرِّس', locale: 'fa' });
    await publish({ title: 'Příliš žluťoučký kůň', body: 'Firmware V2 upgrade', locale: 'cs' });
    const titles = async (query: string) => (await find(query)).map(({ title }) => title.text);
    const persian = ['راه‌اندازی نرم‌افزار کیف‌پول'];
    for (const query of [
      'نرم‌افزار',
      'نرم افزار',
      'نرمافزار',
      'نرمافز',
      'كيف‌پول',
      'كيفپول',
      'نسخه 12',
      'نسخه ١٢',
      'نسخهٔ ۱۲',
      'میگیرید',
      'مي‌گيريد',
      'مدرس',
      'راه‌اندازي   نرم',
      'راه اندازی',
    ])
      expect([query, await titles(query)]).toEqual([query, persian]);
    for (const query of ['prilis zlutoucky', 'PŘÍLIŠ', 'kun', 'firmware v2', 'FIRM', 'upgrade kůň'])
      expect([query, await titles(query)]).toEqual([query, ['Příliš žluťoučký kůň']]);
    for (const query of ['نرم‌افزار2', 'kone', 'ware', 'firmware سلام', '"', '*', "' or 1=1 --", '& | !', '(', 'NOT'])
      expect([query, await titles(query)]).toEqual([query, []]);
    expect(await titles('')).toHaveLength(2);
  });

  it('words of operators and quotes are words', async () => {
    const { publish, find } = await stage();
    await publish({ title: 'AND OR NOT near', body: 'it\'s "quoted" title_words:x a-b 50% <script>' });
    for (const query of [
      'and',
      'NOT near',
      'or',
      "it's",
      '"quoted"',
      'title_words:x',
      'a-b',
      '50%',
      '<script>',
      "s' q",
    ])
      expect([query, (await find(query)).length]).toEqual([query, 1]);
  });

  it('what has all words in its title comes first, then the newest; pages follow each other', async () => {
    const { publish, find } = await stage();
    await publish({ title: 'Printer setup one' });
    await publish({ title: 'Old', body: 'the printer and its setup' });
    await publish({ title: 'Printer', body: 'setup, all of it' });
    await publish({ title: 'Setup of a printer, two' });
    await publish({ title: 'Spoken', transcript: 'now the printers, after set-up or setup' });
    const order = ['Setup of a printer, two', 'Printer setup one', 'Spoken', 'Printer', 'Old'];
    expect((await find('setup print')).map(({ title }) => title.text)).toEqual(order);
    const pages = [
      ...(await find('setup print', '&limit=2')),
      ...(await find('setup print', '&limit=2&offset=2')),
      ...(await find('setup print', '&limit=2&offset=4')),
    ];
    expect(pages.map(({ title }) => title.text)).toEqual(order);
  });

  it('marks are places in plain text', async () => {
    const { publish, find } = await stage();
    const body = `${'filler words '.repeat(30)}\n\n## The **Calibration**\n\nSee [calibrating](https://x.example) <b>now</b>.`;
    await publish({ title: 'A calibration guide', body });
    const [hit] = await find('calib');
    const marked = ({ text, marks }: ArticleHit['title']) => marks.map(([from, to]) => text.slice(from, to));
    expect(marked(hit!.title)).toEqual(['calibration']);
    expect(marked(hit!.snippet)).toEqual(['Calibration', 'calibrating']);
    expect(hit!.snippet.text.startsWith('… ')).toBe(true);
    expect(hit!.snippet.text).not.toContain('https');
    expect(hit!.snippet.text.length).toBeLessThan(200);
  });

  it('a text is shown in the language in which it was found, otherwise in the reader’s', async () => {
    const store = await makeStore();
    const desk = await createTestDesk(store);
    const technician = await desk.as('technician');
    const say = (title: string) => ({ title, body: 'x', transcript: '' });
    const { body } = await technician('POST', '/article-drafts', {
      kind: 'article',
      typeIds: [],
      texts: { en: say('Scanner wallet'), fa: say('پویشگر wallet'), cs: say('Skener') },
      videoUrl: null,
    });
    await technician('POST', `/article-drafts/${body.id}/publish`, { revision: body.revision });
    const found = async (query: string, locale: string) =>
      (await technician('GET', `/articles?locale=${locale}&query=${encodeURIComponent(query)}`)).body.articles.map(
        ({ locale }: ArticleHit) => locale,
      );
    expect(await found('wallet', 'fa')).toEqual(['fa']);
    expect(await found('wallet', 'cs')).toEqual(['en']);
    expect(await found('skener', 'fa')).toEqual(['cs']);
    expect(await found('', 'cs')).toEqual(['cs']);
  });

  it('among 5,000 articles the index answers, for a buyer as well', async () => {
    const store = await makeStore();
    await fill(store, 5000);
    const search = { scope: 'published', terms: searchTerms('rare17'), offset: 0, limit: 10 } as const;
    const buyer = { ...search, visibleTypes: ['type_1'] };
    const plans = await Promise.all(
      [search, buyer, { ...search, scope: 'working' as const }].map(async (each) => plan(store, each)),
    );
    for (const each of plans)
      expect(each).toMatch(
        dialect === 'sqlite' ? /article_words VIRTUAL TABLE INDEX/ : /Index Scan.* article_texts_words/,
      );
    const list = await plan(store, { ...search, terms: [] });
    expect(list).toMatch(dialect === 'sqlite' ? /INDEX articles_by_time/ : /Index.*Scan.*articles_by_time/);
    const { rows } = await articleQuery(dialect, buyer).execute(store.db);
    // Every hundredth holds the word; half of them are general, the others about this type or about another.
    expect(rows.map(({ id }) => id)).toEqual(
      Array.from({ length: 50 }, (_, index) => index * 100 + 17)
        .filter((index) => typeOf(index) !== 'type_2')
        .map((index) => idOf(index))
        .sort()
        .reverse()
        .slice(0, 10),
    );
  });
});

const idOf = (index: number) => `article_${String(index).padStart(5, '0')}`;
const typeOf = (index: number) => [GENERAL, 'type_1', GENERAL, 'type_2'][Math.floor(index / 100) % 4] as string;

/** A text of usual length, of words that others have as well. */
const wordsOf = (index: number) =>
  Array.from({ length: 150 }, (_, place) => `w${(index * 7 + place * place) % 3000}`).join(' ');

/** Published articles, as rows: what is tried is the question, not how they came to be. */
async function fill(store: Store, count: number): Promise<void> {
  const at = '2026-11-22T10:00:00.000Z';
  const indices = Array.from({ length: count }, (_, index) => index);
  await store.write(async (tx) => {
    for (let from = 0; from < count; from += 250) {
      const portion = indices.slice(from, from + 250);
      await tx.db
        .insertInto('articles')
        .values(
          portion.map((index) => ({
            id: idOf(index),
            state: 'published' as const,
            version: 1,
            content: '{}',
            drafted: 0 as const,
            revision: 1,
            created_at: at,
            created_by: 'x',
            updated_at: at,
            published_at: at,
            published_kind: 'article',
            withdrawn_reason: null,
          })),
        )
        .execute();
      await tx.db
        .insertInto('article_types')
        .values(portion.map((index) => ({ article_id: idOf(index), type_id: typeOf(index) })))
        .execute();
      for (const scope of ['published', 'working'] as const)
        await tx.db
          .insertInto('article_texts')
          .values(
            portion.map((index) => ({
              number: index * 2 + (scope === 'working' ? 1 : 0),
              article_id: idOf(index),
              scope,
              locale: 'en',
              title_words: searchWords(`Title ${index}`),
              words: searchWords(`Title ${index} rare${index % 100}x ${wordsOf(index)}`),
            })),
          )
          .execute();
    }
  });
  await store.write((tx) => sql.raw('analyze').execute(tx.db));
}

async function plan(store: Store, search: Parameters<typeof articleQuery>[1]): Promise<string> {
  const explain = store.dialect === 'sqlite' ? sql`explain query plan ` : sql`explain `;
  const { rows } = await sql<Record<string, unknown>>`${explain}${articleQuery(store.dialect, search)}`.execute(
    store.db,
  );
  return rows.map((row) => String(row['detail'] ?? row['QUERY PLAN'])).join('\n');
}
