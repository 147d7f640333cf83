import '../../define/device-admin.ts';
import type { Device } from '@callweave/sdk/protocol';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { deviceInEachState, deviceType } from '../../testing/device-fixtures.ts';
import { onDesk } from '../../testing/story.ts';
import type { CwDeviceAdmin } from './device-admin.ts';

const meta: Meta<CwDeviceAdmin> = { title: 'Device admin', component: 'cw-device-admin' };
export default meta;

type Story = StoryObj<CwDeviceAdmin>;

const story = (list: () => readonly Device[], more = false): Story => ({
  render: () =>
    onDesk(
      (desk) => {
        desk.values.deviceTypes.set({ status: 'ready', value: list().length > 0 ? [deviceType()] : [] });
        desk.answer('devices.search', () => ({ devices: list(), more }));
      },
      (desk) => html`<cw-device-admin .desk=${desk}></cw-device-admin>`,
    ),
});

export const Everything: Story = story(deviceInEachState, true);
export const Nothing: Story = story(() => []);
