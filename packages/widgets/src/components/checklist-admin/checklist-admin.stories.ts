import '../../define/checklist-admin.ts';
import type { Checklist } from '@callweave/sdk/protocol';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { checklist, scannerType } from '../../testing/installation-fixtures.ts';
import { inside, settled } from '../../testing/mount.ts';
import { onDesk } from '../../testing/story.ts';
import type { CwChecklistAdmin } from './checklist-admin.ts';

const meta: Meta<CwChecklistAdmin> = { title: 'Checklist admin', component: 'cw-checklist-admin' };
export default meta;

type Story = StoryObj<CwChecklistAdmin>;

const story = (present: readonly Checklist[], ...clicks: string[]): Story => ({
  render: () =>
    onDesk(
      (desk) => {
        desk.answer('installations.checklists', () => present);
        desk.answer('installations.deviceTypes', () => [scannerType]);
      },
      (desk) => html`<cw-checklist-admin .desk=${desk}></cw-checklist-admin>`,
    ),
  play: async ({ canvasElement }) => {
    const element = canvasElement.querySelector('cw-checklist-admin');
    if (!element || clicks.length === 0) return;
    await settled(element);
    for (const click of clicks) {
      inside(element, click).click();
      await settled(element);
    }
  },
});

export const Empty: Story = story([]);
export const Published: Story = story([checklist()]);
export const WithDraft: Story = story([
  checklist(),
  checklist({ id: 'checklist_2', version: 3, state: 'draft', publishedAt: null }),
]);
export const BlankItem: Story = story([checklist()], '[data-action="add"]', '[data-action="save"]');
export const Publishing: Story = story([checklist()], '[data-action="ask"]');
