import '../../define/knowledge-base.ts';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { articleHit, articlePage, printerType, videoPage } from '../../testing/article-fixtures.ts';
import type { FakeDesk } from '../../testing/fake-desk.ts';
import { onDesk } from '../../testing/story.ts';
import type { CwKnowledgeBase } from './knowledge-base.ts';

const meta: Meta<CwKnowledgeBase> = { title: 'Knowledge base', component: 'cw-knowledge-base' };
export default meta;

type Story = StoryObj<CwKnowledgeBase>;

const story = (prepare: (desk: FakeDesk) => void, articleId = ''): Story => ({
  render: () =>
    onDesk(
      (desk) => {
        desk.values.deviceTypes.set({ status: 'ready', value: [printerType] });
        prepare(desk);
      },
      (desk) => html`<cw-knowledge-base .desk=${desk} .articleId=${articleId}></cw-knowledge-base>`,
    ),
});

export const Found: Story = story((desk) =>
  desk.answer('articles.search', () => ({
    articles: [articleHit(), articleHit({ id: 'article_2', kind: 'video' })],
    more: true,
  })),
);
export const Empty: Story = story((desk) => desk.answer('articles.search', () => ({ articles: [], more: false })));
export const Loading: Story = story((desk) => desk.answer('articles.search', () => new Promise(() => {})));
export const Failed: Story = story((desk) => desk.fail('articles.search', 'unavailable'));
export const Offline: Story = story((desk) => {
  desk.values.connection.set('offline');
  desk.answer('articles.search', () => ({ articles: [articleHit()], more: false }));
});
export const Article: Story = story((desk) => desk.answer('articles.read', () => articlePage()), 'article_1');
export const Video: Story = story((desk) => desk.answer('articles.read', () => videoPage()), 'article_1');
export const TakenBack: Story = story((desk) => desk.fail('articles.read', 'not-found'), 'article_1');
