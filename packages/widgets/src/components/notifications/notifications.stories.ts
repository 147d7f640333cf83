import '../../define/notifications.ts';
import type { Loadable } from '@callweave/sdk';
import type { Notification } from '@callweave/sdk/protocol';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { consents, legalNotice, notification } from '../../testing/notification-fixtures.ts';
import { onDesk } from '../../testing/story.ts';
import type { CwNotifications } from './notifications.ts';

const meta: Meta<CwNotifications> = { title: 'Notifications', component: 'cw-notifications' };
export default meta;

type Story = StoryObj<CwNotifications>;

const story = (list: () => Loadable<readonly Notification[]>): Story => ({
  render: () =>
    onDesk(
      (desk) => {
        desk.values.notifications.set(list());
        desk.answer('notifications.consents', () => consents());
      },
      (desk) => html`<cw-notifications .desk=${desk}></cw-notifications>`,
    ),
  play: async ({ canvasElement }) => {
    const element = canvasElement.querySelector('cw-notifications');
    await element?.updateComplete;
    element?.shadowRoot?.querySelector<HTMLElement>('#bell')?.click();
  },
});

export const Unread: Story = story(() => ({
  status: 'ready',
  value: [legalNotice(), notification(), notification({ state: 'read', category: 'service-terms' })],
}));
export const Empty: Story = story(() => ({ status: 'ready', value: [] }));
export const Loading: Story = story(() => ({ status: 'loading' }));
export const Failed: Story = story(() => ({ status: 'failed', error: new Error('offline') }));
