import '../../define/device-admin.ts';
import type { Device } from '@callweave/sdk/protocol';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { deviceInEachState, deviceType } from '../../testing/device-fixtures.ts';
import { sara } from '../../testing/fixtures.ts';
import { inside, settled } from '../../testing/mount.ts';
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
        desk.answer('customers.find', () => [sara]);
        desk.answer('devices.search', () => ({ devices: list(), more }));
      },
      (desk) => html`<cw-device-admin .desk=${desk}></cw-device-admin>`,
    ),
});

export const Everything: Story = story(deviceInEachState, true);
export const Nothing: Story = story(() => []);
export const EnteringOne: Story = {
  ...story(deviceInEachState),
  play: async ({ canvasElement }) => {
    const admin = canvasElement.querySelector('cw-device-admin')!;
    await settled(admin);
    const entry = inside(admin, 'cw-new-device');
    await settled(entry);
    const search = inside<HTMLInputElement>(entry, '#customer');
    search.value = 'سارا';
    search.dispatchEvent(new Event('input'));
    while (!entry.shadowRoot?.querySelector('[data-customer]'))
      await new Promise((resolve) => requestAnimationFrame(resolve));
    inside(entry, '[data-customer]').click();
    await settled(entry);
  },
};
