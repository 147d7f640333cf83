import type { Article, ArticleContent, ArticleHit } from '@callweave/sdk/protocol';
import { expect, it } from 'vitest';
import { createDeviceDesk } from '../devices/testing/device-desk.ts';
import { findChainBreak } from '../evidence/ledger.ts';
import { describeStores } from '../store/testing.ts';

const text = (title: string, body = 'Some words.', transcript = '') => ({ title, body, transcript });
const content = (changes: Partial<ArticleContent> = {}): ArticleContent => ({
  kind: 'article',
  typeIds: [],
  texts: { en: text('How to begin') },
  videoUrl: null,
  ...changes,
});

describeStores('articles', (makeStore) => {
  async function stage() {
    const store = await makeStore();
    const desk = await createDeviceDesk(store);
    const technician = await desk.as('technician');
    const ok = async (method: string, path: string, body?: unknown) => {
      const answer = await technician(method, path, body);
      if (answer.status !== 200) throw new Error(`${path}: ${answer.text}`);
      return answer.body;
    };
    const act = (action: string, { id, revision }: Article, more: object = {}): Promise<Article> =>
      ok('POST', `/article-drafts/${id}/${action}`, { revision, ...more });
    const published = async (changes: Partial<ArticleContent>) =>
      act('publish', await ok('POST', '/article-drafts', content(changes)));
    return { store, desk, technician, ok, act, published };
  }

  it('a buyer reads what is published, general or about their types; anything else is as if it were not there', async () => {
    const { desk, ok, published, act } = await stage();
    const mine = await desk.type();
    const other = await desk.type({ model: 'S2' });
    const customer = await desk.customer();
    await desk.device({ customerId: customer.id, typeId: mine.id, serial: 'A1' });
    const general = await published({});
    const own = await published({ typeIds: [mine.id, other.id], texts: { en: text('About S1 begin') } });
    const foreign = await published({ typeIds: [other.id], texts: { en: text('About S2 begin') } });
    const draft: Article = await ok('POST', '/article-drafts', content({ texts: { en: text('Draft begin') } }));
    const buyer = await desk.asBuyer(customer.id);
    const seen = async (send: typeof buyer, query = '') =>
      (await send('GET', `/articles${query}`)).body.articles.map(({ id }: ArticleHit) => id).sort();
    for (const query of ['', '?query=begin']) {
      expect(await seen(buyer, query)).toEqual([general.id, own.id].sort());
      expect(await seen(await desk.asBuyer((await desk.customer()).id), query)).toEqual([general.id]);
      // An account without a customer owns nothing.
      expect(await seen(await desk.as('buyer'), query)).toEqual([general.id]);
      for (const role of ['agent', 'supervisor', 'technician', 'manager'] as const)
        expect(await seen(await desk.as(role), query)).toEqual([general.id, own.id, foreign.id].sort());
      if (query === '') continue;
    }
    expect(await seen(buyer, `?typeId=${mine.id}`)).toEqual([own.id]);
    expect(await seen(buyer, `?typeId=${other.id}&query=S2`)).toEqual([]);
    const missing = await buyer('GET', '/articles/article_none');
    for (const { id } of [foreign, draft]) {
      const answer = await buyer('GET', `/articles/${id}`);
      expect(answer.code).toBe('not-found');
      expect(answer.body.error.message).toBe(missing.body.error.message.replace('article_none', id));
    }
    expect((await buyer('GET', `/articles/${own.id}`)).body).toMatchObject({ title: 'About S1 begin', version: 1 });
    for (const path of ['/article-drafts', `/article-drafts/${own.id}`, `/article-drafts/${own.id}/versions`])
      for (const send of [buyer, await desk.as('agent')]) expect((await send('GET', path)).code).toBe('not-allowed');
    await act('withdraw', general, { reason: 'wrong' });
    expect((await buyer('GET', `/articles/${general.id}`)).code).toBe('not-found');
    expect(await seen(buyer)).toEqual([own.id]);
  });

  it('each publication is a new version, which never changes; an old one is restored as a draft', async () => {
    const { store, desk, technician, ok, act, published } = await stage();
    const first = await published({});
    expect(first).toMatchObject({ state: 'published', version: 1, drafted: false });
    expect((await technician('POST', `/article-drafts/${first.id}/publish`, { revision: first.revision })).code).toBe(
      'article-state',
    );
    const texts = { en: text('How to go on'), fa: text('ادامه') };
    const saved: Article = await ok('PUT', `/article-drafts/${first.id}`, {
      revision: first.revision,
      content: content({ texts }),
    });
    expect(saved).toMatchObject({ state: 'published', version: 1, drafted: true });
    // What is read and found is still the published one.
    const read = async (locale = 'en') =>
      (await (await desk.as('agent'))('GET', `/articles/${first.id}?locale=${locale}`)).body;
    const found = async (query: string) =>
      (await (await desk.as('agent'))('GET', `/articles?query=${encodeURIComponent(query)}`)).body.articles.length;
    expect((await read()).title).toBe('How to begin');
    expect([await found('begin'), await found('ادامه')]).toEqual([1, 0]);
    const stale = await technician('PUT', `/article-drafts/${first.id}`, {
      revision: first.revision,
      content: content(),
    });
    expect(stale.code).toBe('conflict');
    const second = await act('publish', saved);
    expect(await read('fa')).toMatchObject({ title: 'ادامه', locale: 'fa', locales: ['fa', 'en'], version: 2 });
    // Czech is not there: English is what is read instead.
    expect(await read('cs')).toMatchObject({ title: 'How to go on', locale: 'en' });
    expect([await found('begin'), await found('ادامه')]).toEqual([0, 1]);
    const restored = await act('restore', second, { version: 1 });
    expect(restored).toMatchObject({ drafted: true, version: 2, content: content() });
    const third = await act('publish', restored);
    const { versions } = await ok('GET', `/article-drafts/${first.id}/versions`);
    expect(
      versions.map(({ version, content: { texts } }: { version: number; content: ArticleContent }) => [
        version,
        texts.en?.title,
      ]),
    ).toEqual([
      [3, 'How to begin'],
      [2, 'How to go on'],
      [1, 'How to begin'],
    ]);
    expect(versions[0].publishedBy).toBe('The technician');
    const withdrawn = await act('withdraw', third, { reason: 'superseded' });
    expect(withdrawn).toMatchObject({ state: 'withdrawn', withdrawnReason: 'superseded' });
    expect(await act('publish', withdrawn)).toMatchObject({ state: 'published', version: 4, withdrawnReason: null });
    expect((await technician('DELETE', `/article-drafts/${first.id}`)).code).toBe('article-state');
    const ledger = await store.db.selectFrom('ledger').selectAll().orderBy('seq').execute();
    expect(findChainBreak(ledger)).toBeUndefined();
    const own = ledger.filter(({ subject }) => subject === `article:${first.id}`);
    expect(own.map(({ action }) => action)).toEqual(
      ['drafted', 'published', 'saved', 'published', 'restored', 'published', 'withdrawn', 'published'].map(
        (action) => `article.${action}`,
      ),
    );
  });

  it('a dropped draft leaves what is published; one that never was goes away', async () => {
    const { technician, ok, published } = await stage();
    const article = await published({});
    await ok('PUT', `/article-drafts/${article.id}`, {
      revision: article.revision,
      content: content({ texts: { en: text('Other') } }),
    });
    await ok('DELETE', `/article-drafts/${article.id}`);
    expect(await ok('GET', `/article-drafts/${article.id}`)).toMatchObject({ drafted: false, content: content() });
    const draft: Article = await ok('POST', '/article-drafts', content());
    await ok('DELETE', `/article-drafts/${draft.id}`);
    expect((await technician('GET', `/article-drafts/${draft.id}`)).code).toBe('not-found');
    expect((await ok('GET', '/article-drafts?query=begin')).articles).toHaveLength(1);
  });

  it('videos are at allowed hosts alone; what is not complete is not published', async () => {
    const store = await makeStore();
    const { createTestDesk } = await import('../testing/desk.ts');
    const desk = await createTestDesk(store, { devicePortal: { articles: { videoHosts: ['Videos.example'] } } });
    const manager = await desk.as('manager');
    const video = (videoUrl: string | null) => content({ kind: 'video', videoUrl });
    for (const bad of [
      'https://elsewhere.example/a.mp4',
      'https://videos.example.evil.example/a.mp4',
      'https://videos.example:8443/a.mp4',
      'https://elsewhere.example/https://videos.example/a.mp4',
    ])
      expect((await manager('POST', '/article-drafts', video(bad))).code).toBe('video-host');
    for (const bad of ['http://videos.example/a.mp4', 'javascript:alert(1)', 'https://me@videos.example/a.mp4'])
      expect((await manager('POST', '/article-drafts', video(bad))).code).toBe('invalid-input');
    const { body: empty } = await manager('POST', '/article-drafts', video(null));
    const publish = ({ id, revision }: Article) => manager('POST', `/article-drafts/${id}/publish`, { revision });
    expect((await publish(empty)).code).toBe('article-incomplete');
    const { body: blank } = await manager('POST', '/article-drafts', content({ texts: { en: text('Title', '') } }));
    expect((await publish(blank)).code).toBe('article-incomplete');
    const { body: good } = await manager('POST', '/article-drafts', video('https://videos.example/a.mp4'));
    expect((await publish(good)).body.state).toBe('published');
    expect((await manager('POST', '/article-drafts', content({ typeIds: ['type_none'] }))).code).toBe(
      'unknown-device-type',
    );
    expect((await manager('POST', '/article-drafts', content({ texts: {} }))).code).toBe('invalid-input');
    const { body } = await manager('GET', '/articles?kind=video');
    expect(body.articles).toHaveLength(1);
    expect((await manager('GET', '/articles?kind=article')).body.articles).toHaveLength(0);
  });
});
