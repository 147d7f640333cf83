import '../../define/transfer-acceptance.ts';
import type { TransferOffer } from '@callweave/sdk/protocol';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { transferDesk, transferOffer } from '../../testing/transfer-of-ownership-fixtures.ts';
import type { CwTransferAcceptance } from './transfer-acceptance.ts';

const meta: Meta<CwTransferAcceptance> = { title: 'Transfer acceptance', component: 'cw-transfer-acceptance' };
export default meta;

type Story = StoryObj<CwTransferAcceptance>;

const story = (offer?: TransferOffer): Story => ({
  render: () => {
    const desk = transferDesk((made) =>
      offer ? made.answer('transfers.offer', () => offer) : made.fail('transfers.offer', 'not-found'),
    );
    return html`<cw-transfer-acceptance .desk=${desk} token="the-token"></cw-transfer-acceptance>`;
  },
});

export const ToAccept: Story = story(transferOffer());
export const Accepted: Story = story(transferOffer({ state: 'accepted' }));
export const Approved: Story = story(transferOffer({ state: 'approved' }));
export const Withdrawn: Story = story(transferOffer({ state: 'withdrawn' }));
export const LinkOfNothing: Story = story();
