import '../../define/device-list.ts';
import type { Device } from '@callweave/sdk/protocol';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { device, deviceInEachState } from '../../testing/device-fixtures.ts';
import type { FakeDesk } from '../../testing/fake-desk.ts';
import { onDesk } from '../../testing/story.ts';
import type { CwDeviceList } from './device-list.ts';

const meta: Meta<CwDeviceList> = { title: 'Device list', component: 'cw-device-list', args: { openable: true } };
export default meta;

type Story = StoryObj<CwDeviceList>;

const story = (list: () => readonly Device[], prepare: (desk: FakeDesk) => void = () => {}): Story => ({
  render: ({ openable }) =>
    onDesk(
      (desk) => {
        desk.values.devices.set({ status: 'ready', value: list() });
        prepare(desk);
      },
      (desk) => html`<cw-device-list .desk=${desk} ?openable=${openable}></cw-device-list>`,
    ),
});

export const EveryState: Story = story(deviceInEachState);
export const One: Story = story(() => [device()]);
export const FiveHundred: Story = story(() => Array.from({ length: 500 }, () => device()));
export const Empty: Story = story(() => []);
export const Loading: Story = story(
  () => [],
  (desk) => desk.values.devices.set({ status: 'loading' }),
);
export const Failed: Story = story(
  () => [],
  (desk) => desk.values.devices.set({ status: 'failed', error: new Error('offline') }),
);
