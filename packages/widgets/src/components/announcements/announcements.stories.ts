import '../../define/announcements.ts';
import type { Loadable } from '@callweave/sdk';
import type { Announcement } from '@callweave/sdk/protocol';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { deviceType } from '../../testing/device-fixtures.ts';
import { announcement, published, recipients } from '../../testing/notification-fixtures.ts';
import { onDesk } from '../../testing/story.ts';
import type { CwAnnouncements } from './announcements.ts';

const meta: Meta<CwAnnouncements> = { title: 'Announcements', component: 'cw-announcements' };
export default meta;

type Story = StoryObj<CwAnnouncements>;

const story = (list: () => Loadable<readonly Announcement[]>): Story => ({
  render: () =>
    onDesk(
      (desk) => {
        desk.values.announcements.set(list());
        desk.values.deviceTypes.set({
          status: 'ready',
          value: [
            deviceType(),
            deviceType({ id: 'devicetype_2', model: 'Z9', names: { en: 'Laser', fa: 'لیزر', cs: 'Laser' } }),
          ],
        });
        desk.answer('announcements.recipients', () => ({ recipients: recipients(), more: true }));
        desk.answer('announcements.reach', () => ({ recipients: 1200, sms: 700, whatsapp: 400, withoutMessage: 100 }));
      },
      (desk) => html`<cw-announcements .desk=${desk}></cw-announcements>`,
    ),
});

export const EveryState: Story = story(() => ({
  status: 'ready',
  value: [
    announcement(),
    announcement({ state: 'scheduled', publishAt: '2026-12-01T08:00:00.000Z' }),
    published(),
    { ...published(), id: 'announcement_withdrawn', state: 'withdrawn', withdrawnReason: 'wrong text' },
  ],
}));
export const Writing: Story = {
  ...story(() => ({ status: 'ready', value: [] })),
  play: async ({ canvasElement }) => {
    const element = canvasElement.querySelector('cw-announcements');
    await element?.updateComplete;
    element?.shadowRoot?.querySelector<HTMLElement>('[data-action=write]')?.click();
  },
};
export const WhoHasGotIt: Story = {
  ...story(() => ({ status: 'ready', value: [published()] })),
  play: async ({ canvasElement }) => {
    const element = canvasElement.querySelector('cw-announcements');
    await element?.updateComplete;
    element?.shadowRoot?.querySelector<HTMLElement>('[data-action=recipients]')?.click();
  },
};
export const Publishing: Story = {
  ...story(() => ({ status: 'ready', value: [announcement()] })),
  play: async ({ canvasElement }) => {
    const element = canvasElement.querySelector('cw-announcements');
    await element?.updateComplete;
    element?.shadowRoot?.querySelector<HTMLElement>('[data-action=publish]')?.click();
  },
};
export const Empty: Story = story(() => ({ status: 'ready', value: [] }));
export const Loading: Story = story(() => ({ status: 'loading' }));
export const Failed: Story = story(() => ({ status: 'failed', error: new Error('offline') }));
