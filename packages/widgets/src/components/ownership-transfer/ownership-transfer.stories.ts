import '../../define/ownership-transfer.ts';
import type { Transfer } from '@callweave/sdk/protocol';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { device } from '../../testing/device-fixtures.ts';
import { transfer, transferDesk } from '../../testing/transfer-of-ownership-fixtures.ts';
import type { CwOwnershipTransfer } from './ownership-transfer.ts';

const meta: Meta<CwOwnershipTransfer> = { title: 'Ownership transfer', component: 'cw-ownership-transfer' };
export default meta;

type Story = StoryObj<CwOwnershipTransfer>;

const story = (present?: readonly Transfer[]): Story => ({
  render: () => {
    const desk = transferDesk((made) => {
      made.values.devices.set({ status: 'ready', value: [device({ id: 'device_free' })] });
      if (present) made.own.set({ status: 'ready', value: present });
    });
    return html`<cw-ownership-transfer .desk=${desk}></cw-ownership-transfer>`;
  },
});

export const Loading: Story = story();
export const None: Story = story([]);
export const ToConfirm: Story = story([transfer()]);
export const WaitsForNewOwner: Story = story([transfer({ state: 'confirmed' })]);
export const WaitsForReview: Story = story([transfer({ state: 'accepted' })]);
export const Ended: Story = story([
  transfer({ id: 'transfer_4', state: 'approved' }),
  transfer({
    id: 'transfer_3',
    state: 'rejected',
    decided: { at: '2026-11-24T09:00:00.000Z', by: 'Hamid', reason: 'Another serial number' },
  }),
  transfer({ id: 'transfer_2', state: 'expired' }),
]);
