import '../../define/knowledge-base.ts';
import { expect } from 'chai';
import { articleHit, articlePage, printerType, videoPage } from '../../testing/article-fixtures.ts';
import { createFakeDesk } from '../../testing/fake-desk.ts';
import {
  expectAccessibleEverywhere,
  expectNoInlineStyles,
  inside,
  mount,
  settled,
  textOf,
  unmountAll,
} from '../../testing/mount.ts';

/** Waits until something that comes from elsewhere is there. */
async function until(element: Element, ready: () => boolean): Promise<void> {
  for (let round = 0; round < 200 && !ready(); round++) {
    await new Promise((resolve) => setTimeout(resolve, 25));
    await settled(element);
  }
  expect(ready()).to.equal(true);
}

describe('cw-knowledge-base', () => {
  let desk: ReturnType<typeof createFakeDesk>;
  beforeEach(() => {
    desk = createFakeDesk();
    desk.values.deviceTypes.set({ status: 'ready', value: [printerType] });
    desk.answer('articles.search', () => ({ articles: [articleHit()], more: false }));
    desk.answer('articles.read', () => articlePage());
  });
  afterEach(unmountAll);

  const type = (element: Element, query: string) => {
    const input = inside<HTMLInputElement>(element, '#query');
    input.value = query;
    input.dispatchEvent(new Event('input'));
  };
  const hrefs = (element: Element) =>
    [...(element.shadowRoot?.querySelectorAll('a') ?? [])].map((link) => link.getAttribute('href'));
  const prose = (element: Element) => inside(element, '.prose');

  it('searches while one types, once for the last word; marks are elements, and markup in a text stays text', async () => {
    const element = await mount('cw-knowledge-base', desk);
    const before = desk.given('articles.search').length;
    for (const word of ['c', 'ca', 'calib']) {
      type(element, word);
      await settled(element);
    }
    await until(element, () => desk.given('articles.search').length === before + 1);
    expect(desk.given('articles.search').at(-1)).to.deep.equal([
      { query: 'calib', locale: 'en', limit: 20, offset: 0 },
    ]);
    const marks = [...(element.shadowRoot?.querySelectorAll('mark') ?? [])].map(({ textContent }) => textContent);
    expect(marks).to.deep.equal(['Calibrate', 'calibrate']);
    expect(textOf(element)).to.include('hold <b>both</b> keys');
  });

  it('an answer that was overtaken is dropped', async () => {
    const answers: ((found: unknown) => void)[] = [];
    desk.answer('articles.search', () => new Promise((resolve) => answers.push(resolve)));
    const element = await mount('cw-knowledge-base', desk);
    type(element, 'scanner');
    await until(element, () => answers.length === 2);
    answers[1]?.({ articles: [articleHit({ title: { text: 'Second', marks: [] } })], more: false });
    answers[0]?.({ articles: [articleHit({ title: { text: 'First', marks: [] } })], more: false });
    await settled(element);
    expect(textOf(element)).to.include('Second').and.not.include('First');
  });

  it('by device type and kind, and further pages', async () => {
    desk.answer('articles.search', ({ offset }: never) => ({
      articles: [articleHit({ id: `article_${String(offset)}` })],
      more: offset === 0,
    }));
    const element = await mount('cw-knowledge-base', desk);
    for (const [selector, value] of [
      ['#type', printerType.id],
      ['#kind', 'video'],
    ] as const) {
      const select = inside<HTMLSelectElement>(element, selector);
      select.value = value;
      select.dispatchEvent(new Event('change'));
      await settled(element);
    }
    expect(desk.given('articles.search').at(-1)?.[0]).to.include({ typeId: printerType.id, kind: 'video' });
    inside(element, '[data-action=more]').click();
    await settled(element);
    expect(element.shadowRoot?.querySelectorAll('[data-article]').length).to.equal(2);
  });

  it('an article is drawn as elements, is read with the keyboard, and one comes back to where one was', async () => {
    const element = await mount('cw-knowledge-base', desk);
    inside(element, '[data-article]').click();
    await until(element, () => element.shadowRoot?.querySelector('.prose h4') !== null);
    expect(prose(element).querySelector('h4')?.textContent).to.equal('Before you begin');
    expect(prose(element).querySelector('h5')?.textContent).to.equal('Steps');
    expect(prose(element).querySelector('p')?.textContent).to.equal('Switch it off & on, see the site.');
    expect(prose(element).querySelectorAll('ol > li').length).to.equal(2);
    expect(prose(element).querySelectorAll('td').length).to.equal(2);
    expect(prose(element).querySelector('pre')?.textContent).to.equal('reset --all');
    const link = inside<HTMLAnchorElement>(element, '.prose a');
    expect([link.href, link.rel, link.target]).to.deep.equal([
      'https://vendor.example/s1',
      'noopener noreferrer',
      '_blank',
    ]);
    expect(element.shadowRoot?.activeElement?.localName).to.equal('h3');
    inside(element, '[data-action=back]').click();
    await settled(element);
    await until(element, () => element.shadowRoot?.activeElement?.getAttribute('data-article') === 'article_1');
  });

  it('a video that cannot be played here is still a link; what is said in it can be read', async () => {
    desk.answer('articles.read', () => videoPage());
    const element = await mount('cw-knowledge-base', desk);
    const seen: HTMLVideoElement[] = [];
    const observer = new MutationObserver((changes) => {
      for (const node of changes.flatMap(({ addedNodes }) => [...addedNodes]))
        if (node instanceof HTMLVideoElement) seen.push(node);
    });
    observer.observe(element.shadowRoot as ShadowRoot, { childList: true, subtree: true });
    inside(element, '[data-article]').click();
    await until(element, () => seen.length === 1);
    expect(seen[0]?.controls).to.equal(true);
    // Nothing is at its address, so the browser gives up by itself.
    await until(element, () => element.shadowRoot?.querySelector('video') === null);
    observer.disconnect();
    expect(textOf(element)).to.include('cannot be played').and.include('First we switch it off.');
    expect(hrefs(element)).to.include('https://127.0.0.1:9/calibrate.mp4');
    desk.answer('articles.read', () => videoPage({ videoUrl: 'javascript:alert(1)//a.mp4' }));
    desk.values.articleChanges.set(1);
    await settled(element);
    expect(hrefs(element)).to.deep.equal([]);
    desk.answer('articles.read', () => videoPage({ videoUrl: 'https://videos.example/watch?v=1' }));
    desk.values.articleChanges.set(2);
    await settled(element);
    expect(element.shadowRoot?.querySelector('video') === null).to.equal(true);
    expect(hrefs(element)).to.deep.equal(['https://videos.example/watch?v=1']);
  });

  it('what is taken back leaves the page at once; empty, failed and offline say so', async () => {
    const element = await mount('cw-knowledge-base', desk, { articleId: 'article_1' });
    expect(textOf(element)).to.include('Calibrate the scanner');
    desk.fail('articles.read', 'not-found');
    desk.values.articleChanges.set(1);
    await settled(element);
    expect(textOf(element)).to.include('can no longer be read').and.not.include('Calibrate');
    desk.answer('articles.search', () => ({ articles: [], more: false }));
    inside(element, '[data-action=back]').click();
    await settled(element);
    expect(textOf(element)).to.include('Nothing has been published yet');
    desk.values.connection.set('offline');
    desk.fail('articles.search', 'unavailable');
    desk.values.articleChanges.set(2);
    await settled(element);
    expect(textOf(element)).to.include('You are offline');
    inside(element, '[role=alert]');
  });

  it('is accessible in both directions, in list and article, without inline styles', async () => {
    const element = await mount('cw-knowledge-base', desk);
    await expectAccessibleEverywhere(element);
    inside(element, '[data-article]').click();
    await until(element, () => element.shadowRoot?.querySelector('.prose h4') !== null);
    await expectAccessibleEverywhere(element);
    expectNoInlineStyles(element);
    (element.parentElement as HTMLElement).lang = 'fa';
    element.requestUpdate();
    await settled(element);
    expect(textOf(element)).to.include('راهنما و آموزش').and.include('این متن به انگلیسی است');
  });
});
