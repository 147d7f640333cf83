import '../../define/article-editor.ts';
import type { Article } from '@callweave/sdk/protocol';
import { expect } from 'chai';
import { articleContent, articleVersions, draftedArticle, printerType } from '../../testing/article-fixtures.ts';
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

describe('cw-article-editor', () => {
  let desk: ReturnType<typeof createFakeDesk>;
  beforeEach(() => {
    desk = createFakeDesk();
    desk.values.deviceTypes.set({ status: 'ready', value: [printerType] });
  });
  afterEach(unmountAll);

  const show = async (...present: Article[]) => {
    desk.values.articleDrafts.set({ status: 'ready', value: present });
    return mount('cw-article-editor', desk);
  };
  const press = async (element: Element, ...selectors: string[]) => {
    for (const selector of selectors) {
      inside(element, selector).click();
      await settled(element);
    }
  };
  const write = async (element: Element, selector: string, value: string, event = 'input') => {
    const field = inside<HTMLInputElement>(element, selector);
    field.value = value;
    field.dispatchEvent(new Event(event));
    await settled(element);
  };

  it('writes an article in two languages, keeps each, and publishes the revision that was saved', async () => {
    const saved = draftedArticle({ id: 'article_9', state: 'draft', version: 0, revision: 1 });
    desk.answer('articleDrafts.create', () => saved);
    desk.answer('articleDrafts.publish', () => ({ ...saved, state: 'published', version: 1, drafted: false }));
    const element = await show();
    expect(textOf(element)).to.include('Nothing is written yet');
    await press(element, '[data-action=write]');
    await press(element, '[data-action=save]');
    expect(inside(element, '.field-error').textContent).to.include('title');
    await write(element, '#heading', 'Begin');
    await write(element, '#body', 'Some **bold** words');
    await write(element, '#language', 'fa', 'change');
    await write(element, '#heading', 'آغاز');
    await press(element, `[data-type=${printerType.id}]`, '[data-action=publish]');
    expect(desk.given('articleDrafts.publish')).to.deep.equal([]);
    await press(element, '[data-action=publish-now]');
    expect(desk.given('articleDrafts.create')).to.deep.equal([
      [
        {
          kind: 'article',
          typeIds: [printerType.id],
          texts: {
            fa: { title: 'آغاز', body: '', transcript: '' },
            en: { title: 'Begin', body: 'Some **bold** words', transcript: '' },
          },
          videoUrl: null,
        },
      ],
    ]);
    expect(desk.given('articleDrafts.publish')).to.deep.equal([[saved]]);
    expect(inside(element, '[role=status]').textContent).to.include('version 1');
  });

  it('what was typed stays when a command fails, and the failure is said', async () => {
    const element = await show(draftedArticle());
    await press(element, '[data-article]');
    await write(element, '#heading', 'Another title');
    desk.fail('articleDrafts.save', 'conflict');
    await press(element, '[data-action=save]');
    inside(element, '[role=alert]');
    expect(inside<HTMLInputElement>(element, '#heading').value).to.equal('Another title');
    expect(desk.given('articleDrafts.save')[0]?.[0]).to.include({ id: 'article_1', revision: 5 });
  });

  it('withdraws with a reason, drops a draft after asking, restores an old version', async () => {
    const article = draftedArticle();
    desk.answer('articleDrafts.versions', articleVersions);
    desk.answer('articleDrafts.restore', () => draftedArticle({ revision: 6 }));
    desk.answer('articleDrafts.withdraw', () => draftedArticle({ state: 'withdrawn', revision: 7 }));
    const element = await show(article);
    await press(element, '[data-article]');
    inside<HTMLDetailsElement>(element, '#versions').open = true;
    await new Promise((resolve) => setTimeout(resolve, 50));
    await settled(element);
    await press(element, '[data-restore="1"]');
    expect(desk.given('articleDrafts.restore')).to.deep.equal([[article, 1]]);
    await press(element, '[data-action=withdraw]');
    inside<HTMLInputElement>(element, '#reason').value = 'superseded';
    await press(element, '[data-action=withdraw-now]');
    expect(desk.given('articleDrafts.withdraw')[0]?.[1]).to.equal('superseded');
    await press(element, '[data-action=discard]', '[data-action=keep]');
    expect(desk.given('articleDrafts.discard')).to.deep.equal([]);
    await press(element, '[data-action=discard]', '[data-action=discard-now]');
    expect(desk.given('articleDrafts.discard')).to.deep.equal([['article_1']]);
    inside(element, '[data-article]');
  });

  it('the list says what stands where, and is searched', async () => {
    const element = await show(
      draftedArticle(),
      draftedArticle({ id: 'article_2', state: 'withdrawn', drafted: false, content: articleContent({ typeIds: [] }) }),
    );
    expect(textOf(element)).to.include('unpublished changes').and.include('withdrawn').and.include('general');
    desk.answer('articleDrafts.find', () => []);
    inside<HTMLInputElement>(element, '#query').value = 'x';
    inside(element, '#query').dispatchEvent(new Event('input'));
    for (let round = 0; round < 100 && !textOf(element).includes('Nothing was found'); round++) {
      await new Promise((resolve) => setTimeout(resolve, 25));
      await settled(element);
    }
    expect(textOf(element)).to.include('Nothing was found for “x”');
    expect(desk.given('articleDrafts.find')).to.deep.equal([['x']]);
  });

  it('is accessible in both directions, in list and form, without inline styles', async () => {
    const element = await show(
      draftedArticle({ content: articleContent({ kind: 'video', videoUrl: 'https://videos.example/a.mp4' }) }),
    );
    await expectAccessibleEverywhere(element);
    await press(element, '[data-article]', '[data-action=withdraw]');
    await expectAccessibleEverywhere(element);
    expectNoInlineStyles(element);
  });
});
