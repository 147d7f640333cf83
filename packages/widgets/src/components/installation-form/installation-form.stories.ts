import '../../define/installation-form.ts';
import type { Installation } from '@callweave/sdk/protocol';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { confirmedInstallation, installation } from '../../testing/installation-fixtures.ts';
import { inside, settled } from '../../testing/mount.ts';
import { onDesk } from '../../testing/story.ts';
import type { CwInstallationForm } from './installation-form.ts';

const meta: Meta<CwInstallationForm> = { title: 'Installation form', component: 'cw-installation-form' };
export default meta;

type Story = StoryObj<CwInstallationForm>;

const story = (present: readonly Installation[] | undefined, ...clicks: string[]): Story => ({
  render: () =>
    onDesk(
      (desk) => {
        if (present) desk.values.installations.set({ status: 'ready', value: present });
      },
      (desk) => html`<cw-installation-form .desk=${desk}></cw-installation-form>`,
    ),
  play: async ({ canvasElement }) => {
    const element = canvasElement.querySelector('cw-installation-form');
    if (!element || clicks.length === 0) return;
    await settled(element);
    for (const click of clicks) {
      inside(element, click).click();
      await settled(element);
    }
  },
});

export const Loading: Story = story(undefined);
export const NoneToConfirm: Story = story([]);
export const Waiting: Story = story([installation()]);
export const NotAllTicked: Story = story([installation()], '[data-item="item_1"]', '[data-action="review"]');
export const ReadingTheText: Story = story(
  [installation()],
  '[data-item="item_1"]',
  '[data-item="item_2"]',
  '[data-item="all"]',
  '[data-action="review"]',
);
export const Confirmed: Story = story([confirmedInstallation()]);
export const Several: Story = story([installation(), confirmedInstallation({ id: 'inst_0' })]);
