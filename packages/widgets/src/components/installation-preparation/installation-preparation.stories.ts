import '../../define/installation-preparation.ts';
import type { Installation } from '@callweave/sdk/protocol';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { confirmedInstallation, installation } from '../../testing/installation-fixtures.ts';
import { inside, settled } from '../../testing/mount.ts';
import { onDesk } from '../../testing/story.ts';
import type { CwInstallationPreparation } from './installation-preparation.ts';

const meta: Meta<CwInstallationPreparation> = {
  title: 'Installation preparation',
  component: 'cw-installation-preparation',
};
export default meta;

type Story = StoryObj<CwInstallationPreparation>;

const story = (present: readonly Installation[] | undefined, click?: string): Story => ({
  render: () =>
    onDesk(
      (desk) => {
        if (present) desk.values.installations.set({ status: 'ready', value: present });
      },
      (desk) => html`<cw-installation-preparation .desk=${desk} device-id="device_1"></cw-installation-preparation>`,
    ),
  play: async ({ canvasElement }) => {
    const element = canvasElement.querySelector('cw-installation-preparation');
    if (!element || click === undefined) return;
    await settled(element);
    inside(element, click).click();
  },
});

export const Loading: Story = story(undefined);
export const New: Story = story([]);
export const WaitsForTheBuyer: Story = story([installation()]);
export const TakingBack: Story = story([installation()], '[data-action="ask"]');
export const Confirmed: Story = story([confirmedInstallation()]);
