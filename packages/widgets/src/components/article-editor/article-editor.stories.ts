import '../../define/article-editor.ts';
import type { Article } from '@callweave/sdk/protocol';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { articleContent, draftedArticle, printerType } from '../../testing/article-fixtures.ts';
import { inside, settled } from '../../testing/mount.ts';
import { onDesk } from '../../testing/story.ts';
import type { CwArticleEditor } from './article-editor.ts';

const meta: Meta<CwArticleEditor> = { title: 'Article editor', component: 'cw-article-editor' };
export default meta;

type Story = StoryObj<CwArticleEditor>;

const story = (present: readonly Article[] | undefined, ...clicks: string[]): Story => ({
  render: () =>
    onDesk(
      (desk) => {
        desk.values.deviceTypes.set({ status: 'ready', value: [printerType] });
        if (present) desk.values.articleDrafts.set({ status: 'ready', value: present });
      },
      (desk) => html`<cw-article-editor .desk=${desk}></cw-article-editor>`,
    ),
  play: async ({ canvasElement }) => {
    const element = canvasElement.querySelector('cw-article-editor');
    if (!element || clicks.length === 0) return;
    await settled(element);
    for (const click of clicks) {
      inside(element, click).click();
      await settled(element);
    }
  },
});

export const Loading: Story = story(undefined);
export const Empty: Story = story([]);
export const List: Story = story([
  draftedArticle(),
  draftedArticle({ id: 'article_2', state: 'draft', version: 0, content: articleContent({ typeIds: [] }) }),
  draftedArticle({ id: 'article_3', state: 'withdrawn', drafted: false }),
]);
export const Writing: Story = story([draftedArticle()], '[data-article]');
export const WritingVideo: Story = story(
  [draftedArticle({ content: articleContent({ kind: 'video', videoUrl: 'https://videos.example/a.mp4' }) })],
  '[data-article]',
);
export const Publishing: Story = story([draftedArticle()], '[data-article]', '[data-action=publish]');
export const Withdrawing: Story = story([draftedArticle()], '[data-article]', '[data-action=withdraw]');
